import { ManualClock, systemClock } from "@goliath/kit";
import { FEED_CHANGES_MAX, type FeedEvent, type FollowRequest } from "@goliath/protocols/feed";
import type { IndexClient } from "@goliath/protocols/index";
import { parsePath, ROOT_DIR, type DirId, type Revision } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import type { IndexEngine } from "../../engine/engine.ts";
import { openSimulatedIndex } from "../testing/simulated-index.ts";
import type { SimulatedPeer } from "../testing/simulated-peer.ts";
import { CommitFeed, FEED_INTERVAL_MS } from "./commit-feed.ts";

const from = (revision: number, dir: DirId = ROOT_DIR): FollowRequest => ({
  dir,
  from: revision as Revision,
  generation: 0,
});

/** Nobody is revoked. */
const NOBODY = { revoked: () => [], onChange: () => () => undefined };

const mkdir = (peer: SimulatedPeer, client: IndexClient, path: string) =>
  peer.commit(client, [{ op: "mkdir", path: parsePath(path) }]);

/** Names that appeared, in order, until `revision` is reached. */
async function namesUntil(events: AsyncIterable<FeedEvent>, revision: number): Promise<string[]> {
  const names: string[] = [];
  for await (const event of events) {
    if (event.kind === "changes") names.push(...event.changes.map(({ name }) => name));
    const isEnd = event.kind === "changes" ? event.last : true;
    if (!("revision" in event) || (isEnd && event.revision >= revision)) return names;
  }
  return names;
}

describe("CommitFeed", () => {
  it("tells what was before and what comes, and goes on from a cursor", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    await mkdir(peer, client, "/a");
    const stop = new AbortController();
    const feed = await peer.follow();
    const seen = namesUntil(feed.follow(from(0), stop), 3);
    await mkdir(peer, client, "/b");
    await mkdir(peer, client, "/c");
    expect(await seen).toEqual(["a", "b", "c"]);
    expect(await namesUntil(feed.follow(from(2), stop), 3)).toEqual(["c"]);
    stop.abort();
  });

  it("tells all there is of a drive that nobody has committed to since the start", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    const paths = (top: string) =>
      Array.from({ length: FEED_CHANGES_MAX }, (_, i) => `/${top}${i}`);
    for (const top of ["a", "b", "c"]) {
      await peer.commit(
        client,
        paths(top).map((path) => ({ op: "mkdir", path: parsePath(path) })),
      );
    }
    // As an index that has just begun: more than a page was committed before it.
    using feed = new CommitFeed({ engine: index.engine, members: NOBODY, clock: systemClock });
    const stop = new AbortController();
    const names = await namesUntil(feed.follow(from(0), stop), 3);
    expect(names).toHaveLength(3 * FEED_CHANGES_MAX);
    stop.abort();
  });

  it("resets a follower of another generation or of a revision not yet made", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("reader");
    const feed = await peer.follow();
    const { signal } = new AbortController();
    const first = async (request: FollowRequest) =>
      (await feed.follow(request, { signal }).next()).value;
    expect(await first({ ...from(0), generation: 7 })).toEqual({ kind: "reset" });
    expect(await first(from(5))).toEqual({ kind: "reset" });
  });

  it("reads one page for all followers that stand at the same place", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    await mkdir(peer, await peer.connect(), "/a");
    let pages = 0;
    const engine: IndexEngine = {
      ...index.engine,
      changes: (request) => {
        pages++;
        return index.engine.changes(request);
      },
    };
    using feed = new CommitFeed({ engine, members: NOBODY, clock: systemClock });
    const stop = new AbortController();
    const followers = Array.from({ length: 50 }, () => namesUntil(feed.follow(from(0), stop), 1));
    for (const names of await Promise.all(followers)) expect(names).toEqual(["a"]);
    expect(pages).toBe(1);
    stop.abort();
  });

  it("gathers commits that come in a row", async () => {
    const clock = new ManualClock({ nowMs: Date.now() });
    await using index = await openSimulatedIndex({ clock });
    const peer = await index.member("writer");
    const client = await peer.connect();
    using feed = new CommitFeed({ engine: index.engine, members: NOBODY, clock });
    const stop = new AbortController();
    const events = feed.follow(from(0), stop);
    expect((await events.next()).value).toEqual({ kind: "reached", revision: 0 });
    const next = events.next();
    for (const name of ["a", "b", "c"]) await mkdir(peer, client, `/${name}`);
    await clock.whenSleeping();
    await clock.advance(FEED_INTERVAL_MS);
    expect((await next).value).toMatchObject({ kind: "changes", revision: 1 });
    expect((await events.next()).value).toMatchObject({ kind: "changes", revision: 2 });
    stop.abort();
  });

  it("holds little for a follower that does not read, and loses nothing", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    const name = (n: number): string => `${String(n).padStart(3, "0")}${"x".repeat(200)}`;
    const stop = new AbortController();
    const slow = (await peer.follow()).follow(from(0), stop);
    await slow.next();
    const changes = (start: number) =>
      Array.from({ length: 100 }, (_, n) => ({
        op: "mkdir" as const,
        path: parsePath(`/${name(start + n)}`),
      }));
    for (let start = 0; start < 1000; start += 100) await peer.commit(client, changes(start));
    const fast = (await peer.follow()).follow(from(0), stop);
    expect(await namesUntil(fast, 10)).toHaveLength(1000);
    const names = await namesUntil(slow, 10);
    expect(new Set(names).size).toBe(1000);
    stop.abort();
  });

  it("ends its wait when the follower gives up", async () => {
    await using index = await openSimulatedIndex();
    using feed = new CommitFeed({
      engine: index.engine,
      members: NOBODY,
      clock: new ManualClock(),
    });
    const stop = new AbortController();
    const events = feed.follow(from(0), stop);
    await events.next();
    const next = events.next();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it("ends the list of revocations when a peer is readmitted", async () => {
    await using index = await openSimulatedIndex();
    const [peer, other] = [await index.member("reader"), await index.member("reader")];
    await index.server.revoke(peer.peerId);
    const { signal } = new AbortController();
    const told = (await other.follow()).revocations({ signal });
    expect((await told.next()).value).toEqual({ peers: [peer.peerId] });
    await peer.connect({ link: await index.invite("reader") });
    expect((await told.next()).done).toBe(true);
  });
});
