import { describe, expect, it } from "vitest";
import {
  GoliathError,
  ROOT_DIR,
  type DirId,
  type DirEntry,
  type Revision,
} from "../nouns/exports.ts";
import { openFramePair, testPeer } from "../testing/frame-pair.ts";
import { checkGarbageFrames } from "../testing/garbage-frames.ts";
import type { FrameStream } from "../wire/exports.ts";
import { FEED_BOUNDS, FEED_WINDOW_BYTES } from "./bounds.ts";
import { FeedClient } from "./feed-client.ts";
import { FeedMessage, FeedRequest } from "./generated/feed.js";
import { serveFeed } from "./serve-feed.ts";
import {
  SUBSCRIPTIONS_MAX,
  type FeedEvent,
  type FeedService,
  type FollowRequest,
} from "./service.ts";

const request: FollowRequest = { dir: ROOT_DIR, from: 3 as Revision, generation: 1, sums: false };
const reached = (revision: number): FeedEvent => ({
  kind: "reached",
  revision: revision as Revision,
});

/** Resolves when the signal aborts. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function openFeed(service: Partial<FeedService>) {
  const [opener, answerer] = openFramePair(FEED_BOUNDS);
  const faults: GoliathError[] = [];
  const served = serveFeed(
    answerer,
    {
      async *follow() {},
      async *revocations() {},
      ...service,
    },
    { onFault: (fault) => faults.push(fault) },
  );
  const client = new FeedClient(opener);
  return {
    client,
    faults,
    served,
    async [Symbol.asyncDispose]() {
      await client.close();
      await served;
      await client.closed;
    },
  };
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const never = new AbortController().signal;

describe("FeedClient", () => {
  it("follow yields what the index tells, to the end", async () => {
    const entry: DirEntry = {
      kind: "dir",
      revision: 4 as Revision,
      dir: 9 as DirId,
      files: 1,
      bytes: 2,
    };
    const events: FeedEvent[] = [
      {
        kind: "changes",
        revision: 4 as Revision,
        at: 17,
        changes: [
          { dir: ROOT_DIR, name: "gone", entry: undefined },
          { dir: ROOT_DIR, name: "made", entry },
        ],
        last: true,
      },
      reached(6),
      { kind: "lost", revision: 7 as Revision },
    ];
    const asked: FollowRequest[] = [];
    await using feed = await openFeed({
      async *follow(one) {
        asked.push(one);
        yield* events;
      },
    });
    expect(await collect(feed.client.follow(request, { signal: never }))).toEqual(events);
    expect(asked).toEqual([request]);
  });

  it("revocations come whole, then as they are added", async () => {
    const peers = Array.from({ length: 2500 }, (_, i) => testPeer(i % 256));
    await using feed = await openFeed({
      async *revocations() {
        yield { peers };
        yield { peers: [] };
        yield { peers: [testPeer(1)] };
      },
    });
    const lists = await collect(feed.client.revocations({ signal: never }));
    expect(lists.flatMap((list) => list.peers)).toEqual([...peers, testPeer(1)]);
  });

  it("throws what ended the subscription, and goes on with the others", async () => {
    await using feed = await openFeed({
      async *follow({ dir }) {
        yield reached(4);
        if (dir === ROOT_DIR) throw new GoliathError("forbidden", "no");
        throw new TypeError("a fault");
      },
    });
    const refused = feed.client.follow(request, { signal: never });
    expect((await refused.next()).value).toEqual(reached(4));
    await expect(refused.next()).rejects.toMatchObject({ code: "forbidden" });
    const faulty = collect(feed.client.follow({ ...request, dir: 2 as DirId }, { signal: never }));
    await expect(faulty).rejects.toMatchObject({ code: "internal" });
    expect(feed.faults).toHaveLength(1);
  });

  it("ends at the abort of its signal, and the index hears of it", async () => {
    const stopped = Promise.withResolvers<void>();
    await using feed = await openFeed({
      async *follow(_, { signal }) {
        yield reached(4);
        await aborted(signal);
        stopped.resolve();
      },
    });
    const control = new AbortController();
    const events = feed.client.follow(request, { signal: control.signal });
    expect((await events.next()).value).toEqual(reached(4));
    const next = events.next();
    control.abort();
    expect(await next).toEqual({ done: true, value: undefined });
    await stopped.promise;
    expect(await collect(feed.client.follow(request, { signal: control.signal }))).toEqual([]);
  });

  it("unsubscribes when the follower leaves its loop", async () => {
    const stopped = Promise.withResolvers<void>();
    await using feed = await openFeed({
      async *follow(_, { signal }) {
        yield reached(4);
        await aborted(signal);
        stopped.resolve();
      },
    });
    for await (const event of feed.client.follow(request, { signal: never })) {
      expect(event).toEqual(reached(4));
      break;
    }
    await stopped.promise;
  });

  it("stalls only the subscription whose follower is slow", async () => {
    let told = 0;
    const total = 20;
    const changes = Array.from({ length: 1000 }, (_, i) => {
      return { dir: ROOT_DIR, name: `${i}-${"n".repeat(50)}`, entry: undefined };
    });
    await using feed = await openFeed({
      async *follow({ dir }) {
        if (dir !== ROOT_DIR) return yield* Array.from({ length: 3000 }, (_, i) => reached(i));
        for (let i = 0; i < total; i++, told++) {
          yield { kind: "changes", revision: i as Revision, at: 0, changes, last: true };
        }
      },
    });
    const slow = feed.client.follow(request, { signal: never });
    await slow.next();
    const quick = await collect(
      feed.client.follow({ ...request, dir: 2 as DirId }, { signal: never }),
    );
    expect(quick).toHaveLength(3000);
    expect(told).toBeLessThan(total / 2);
    const rest = await collect(slow);
    expect(rest.at(-1)).toMatchObject({ revision: total - 1, last: true });
    expect(told).toBe(total);
  });

  it("carries as many subscriptions as may be, and one more once one has ended", async () => {
    const ends = new Map<number, () => void>();
    await using feed = await openFeed({
      async *follow({ dir }, { signal }) {
        yield reached(dir);
        await Promise.race([aborted(signal), new Promise<void>((end) => ends.set(dir, end))]);
      },
    });
    const open = (dir: number) =>
      feed.client.follow({ ...request, dir: dir as DirId }, { signal: never });
    const all = Array.from({ length: SUBSCRIPTIONS_MAX }, (_, i) => open(i));
    expect(await Promise.all(all.map((one) => one.next()))).toHaveLength(SUBSCRIPTIONS_MAX);
    await expect(open(999).next()).rejects.toMatchObject({ code: "busy" });
    ends.get(7)?.();
    expect(await all[7]?.next()).toEqual({ done: true, value: undefined });
    expect((await open(1000).next()).value).toEqual(reached(1000));
  });

  it("ends every subscription with closed when the stream breaks", async () => {
    const feed = await openFeed({
      async *follow(_, { signal }) {
        yield reached(4);
        await aborted(signal);
      },
    });
    const events = feed.client.follow(request, { signal: never });
    await events.next();
    const next = events.next();
    feed.client.abort(new GoliathError("closed", "gone"));
    await expect(next).rejects.toMatchObject({ code: "closed" });
    await feed.client.closed;
    const late = feed.client.follow(request, { signal: never }).next();
    await expect(late).rejects.toMatchObject({ code: "closed" });
    await feed.served.catch(() => undefined);
  });

  it("refuses an index that sends beyond the window", async () => {
    const [opener, index] = openFramePair(FEED_BOUNDS);
    const client = new FeedClient(opener);
    const next = client.follow(request, { signal: never }).next();
    await index.next();
    const changes = [{ dir: 1, name: "n".repeat(200) }];
    const message = FeedMessage.encode({
      subscription: 1,
      changes: { revision: 1, at: 0, changes, last: true },
    });
    const sends = Math.ceil(FEED_WINDOW_BYTES / message.length) + 1;
    for (let i = 0; i < sends; i++) await index.send(message).catch(() => undefined);
    expect(await next).toMatchObject({ done: false });
    await client.closed;
    await expect(index.next()).rejects.toMatchObject({ code: "closed" });
  });

  it("refuses an event of a kind it does not know with unsupported", async () => {
    const [opener, index] = openFramePair(FEED_BOUNDS);
    const next = new FeedClient(opener).follow(request, { signal: never }).next();
    await index.next();
    await index.send(FeedMessage.encode({ subscription: 1 }));
    await expect(next).rejects.toMatchObject({ code: "unsupported" });
  });
});

describe("serveFeed", () => {
  it.each<[string, Partial<FeedRequest>[]]>([
    [
      "is used twice",
      [
        { subscription: 5, revocations: {} },
        { subscription: 5, revocations: {} },
      ],
    ],
    [
      "goes back",
      [
        { subscription: 5, revocations: {} },
        { subscription: 4, revocations: {} },
      ],
    ],
  ])("breaks the stream when a number %s", async (_, requests) => {
    const [follower, index] = openFramePair(FEED_BOUNDS);
    const service: FeedService = { async *follow() {}, async *revocations() {} };
    const served = serveFeed(index, service);
    for (const one of requests) await follower.send(FeedRequest.encode(one));
    await expect(served).rejects.toMatchObject({ code: "bad-request" });
  });

  it("answers or ends the stream, whatever the frames", async () => {
    const service: FeedService = { async *follow() {}, async *revocations() {} };
    const serve = (frames: FrameStream) => serveFeed(frames, service);
    await expect(checkGarbageFrames(serve, FEED_BOUNDS)).resolves.toBeUndefined();
  });

  it("ends a request it does not know with unsupported", async () => {
    const [follower, index] = openFramePair(FEED_BOUNDS);
    const served = serveFeed(index, { async *follow() {}, async *revocations() {} });
    await follower.send(FeedRequest.encode({ subscription: 1 }));
    const frame = await follower.next();
    const { end } = FeedMessage.decode(frame?.header ?? new Uint8Array());
    expect(end?.status).toBe(29);
    await follower.close();
    await served;
  });

  it("ignores credit and stop of a subscription that has ended", async () => {
    const [follower, index] = openFramePair(FEED_BOUNDS);
    const served = serveFeed(index, { async *follow() {}, async *revocations() {} });
    await follower.send(FeedRequest.encode({ subscription: 1, stop: {} }));
    await follower.send(FeedRequest.encode({ subscription: 1, credit: { bytes: 5 } }));
    await follower.close();
    await served;
    expect(await follower.next()).toBeUndefined();
  });
});
