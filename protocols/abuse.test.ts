/**
 * Both ends of every protocol against a peer that keeps to nothing: they answer, or end the stream,
 * with one of our errors; they hold no more than their bounds; whatever runs ends with the stream.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHUNKS_BOUNDS, ChunksClient, serveChunks, type ChunksService } from "./chunks/exports.ts";
import { SERVED_AT_ONCE_MAX } from "./chunks/bounds.ts";
import { encodeRequest } from "./chunks/chunks-wire.ts";
import { FEED_BOUNDS, FeedClient, serveFeed, type FeedService } from "./feed/exports.ts";
import { FeedRequest } from "./feed/generated/feed.js";
import { SUBSCRIPTIONS_MAX } from "./feed/service.ts";
import { HOLDINGS_CALLS_MAX } from "./holdings/bounds.ts";
import { connectHoldings, HOLDINGS_BOUNDS, serveHoldings } from "./holdings/exports.ts";
import { INDEX_BOUNDS, IndexClient, serveIndex } from "./index/exports.ts";
import { IndexRequest } from "./index/generated/index.js";
import {
  GoliathError,
  parsePath,
  type ChunkId,
  type DirId,
  type Revision,
} from "./nouns/exports.ts";
import { greet, HANDSHAKE_BOUNDS, welcome } from "./pass/exports.ts";
import { openStreamPair } from "./testing/frame-pair.ts";
import { mutated } from "./testing/mutations.ts";
import { createStubIndex } from "./testing/stub-index.ts";
import { testKey } from "./testing/test-keys.ts";
import { readVectors } from "./testing/vectors.ts";
import { CALLS_IN_FLIGHT_MAX, REQUEST_BYTES_HELD_MAX } from "./wire/calls.ts";
import { encodeFrame, FrameStream, type FrameBounds } from "./wire/exports.ts";

/** Few: every run opens a stream. */
const RUNS = 60;
/** Bytes of a stream in memory that are on their way each way. */
const ON_THE_WAY_BYTES = 256 * 1024;

/** What runs in a service that answers nothing until it is told to stop. */
class Busy {
  running = 0;
  most = 0;

  readonly wait = (_: unknown, options: { signal?: AbortSignal } = {}): Promise<never> =>
    this.#until(options.signal ?? (_ as { signal?: AbortSignal } | undefined)?.signal);

  async *follow(_: unknown, { signal }: { signal: AbortSignal }): AsyncGenerator<never> {
    yield await this.#until(signal);
  }

  async #until(signal: AbortSignal | undefined): Promise<never> {
    this.most = Math.max(this.most, ++this.running);
    try {
      await new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
      throw new Error("never");
    } finally {
      this.running--;
    }
  }
}

interface End {
  bounds: FrameBounds;
  /** Runs one end until it is over, with services that wait when `busy`, else that refuse. */
  run: (frames: FrameStream, busy?: Busy) => Promise<unknown>;
  /** Whose vectors it is fed with, and which of their messages. */
  vectors: string;
  messages: RegExp;
  /** Calls in progress at most; undefined for ends that are not called. */
  callsMax?: number;
}

const refuse = (): never => {
  throw new GoliathError("unsupported", "not in this test");
};
const chunksOf = (wait: ChunksService["read"]): ChunksService => {
  const all = wait as never;
  return { read: wait, has: all, page: all, push: all };
};
const feedOf = (busy?: Busy): FeedService => ({
  follow: (request, options) => busy?.follow(request, options) ?? noEvents(),
  revocations: (options) => busy?.follow(undefined, options) ?? noEvents(),
});
async function* noEvents(): AsyncGenerator<never> {}

/** Everything a client may ask, at once; each call settles when the stream is over. */
function askAll(calls: (() => Promise<unknown>)[]): Promise<unknown> {
  return Promise.all(
    calls.map((call) =>
      call().catch((error: unknown) => expect(error).toBeInstanceOf(GoliathError)),
    ),
  );
}

const path = parsePath("/a");
const runs = [{ first: 1 as ChunkId, count: 3 }];
const dir = 1 as DirId;
const digest = new Uint8Array(32) as never;

const ENDS: Record<string, End> = {
  "the index": {
    bounds: INDEX_BOUNDS,
    run: (frames, busy) => {
      const names = Object.keys(createStubIndex({}));
      const waits = Object.fromEntries(names.map((name) => [name, busy?.wait]));
      return serveIndex(frames, createStubIndex(busy ? (waits as never) : {}));
    },
    vectors: "index",
    messages: /^IndexRequest$/u,
    callsMax: CALLS_IN_FLIGHT_MAX,
  },
  "the index's client": {
    bounds: INDEX_BOUNDS,
    run: async (frames) => {
      const client = new IndexClient(frames);
      await askAll([
        () => client.drive(),
        () => client.resolve({ paths: [path, path] }),
        () => client.list({ where: { dir } }),
        () => client.pathOf({ dir }),
        () => client.search({ text: "a" }),
        () => client.digests({ runs }),
        () => client.holders({ runs }),
        () => client.allocate({ count: 1 }),
        () => client.log({ limit: 3 }),
        () => client.peers(),
        () => client.members(),
        () => client.renewPass(),
      ]);
      await client.closed;
    },
    vectors: "index",
    messages: /Reply$/u,
  },
  "the feed": {
    bounds: FEED_BOUNDS,
    run: (frames, busy) => serveFeed(frames, feedOf(busy)),
    vectors: "feed",
    messages: /^FeedRequest$/u,
    callsMax: SUBSCRIPTIONS_MAX,
  },
  "the feed's client": {
    bounds: FEED_BOUNDS,
    run: async (frames) => {
      const client = new FeedClient(frames);
      const { signal } = new AbortController();
      const request = { dir, from: 0 as Revision, generation: 1 };
      await askAll([
        () => Array.fromAsync(client.follow(request, { signal })),
        () => Array.fromAsync(client.revocations({ signal })),
      ]);
      await client.close();
      await client.closed;
    },
    vectors: "feed",
    messages: /^(event|revocations|end)$/u,
  },
  "the index's end of holdings": {
    bounds: HOLDINGS_BOUNDS,
    run: (frames, busy) => {
      const wait = (busy?.wait ?? refuse) as never;
      const service = { begin: wait, report: wait, heartbeat: wait };
      return serveHoldings(frames, {
        service,
        onHolder: (holder) => {
          const proof = holder.prove({ runs, sums: new Uint8Array(96), leases: [] });
          proof.catch((error: unknown) => expect(error).toBeInstanceOf(GoliathError));
        },
      });
    },
    vectors: "holdings",
    messages: /./u,
    callsMax: HOLDINGS_CALLS_MAX,
  },
  "a peer's end of holdings": {
    bounds: HOLDINGS_BOUNDS,
    run: async (frames, busy) => {
      const client = connectHoldings(frames, { holder: { prove: busy?.wait ?? refuse } });
      const beat = { addresses: [], name: "", capacityBytes: 0, freeBytes: 0, load: 0 };
      await askAll([() => client.begin({ session: "s" }), () => client.heartbeat(beat)]);
      await client.closed;
    },
    vectors: "holdings",
    messages: /./u,
    callsMax: HOLDINGS_CALLS_MAX,
  },
  "a peer that serves chunks": {
    bounds: CHUNKS_BOUNDS,
    run: (frames, busy) => serveChunks(frames, chunksOf(busy?.wait ?? refuse)),
    vectors: "chunks",
    messages: /^request$/u,
    callsMax: SERVED_AT_ONCE_MAX,
  },
  "a peer that fetches chunks": {
    bounds: CHUNKS_BOUNDS,
    run: async (frames) => {
      const client = new ChunksClient(frames);
      const id = 1 as ChunkId;
      await askAll([
        () => client.read({ id }),
        () => client.read({ id, offset: 1, length: 1 }),
        () => client.has({ runs }),
        () => client.page({ root: digest, pageIndex: 0 }),
        () => client.push({ id, digest, bytes: new Uint8Array(1) }),
      ]);
      await client.closed;
    },
    vectors: "chunks",
    messages: /^reply$/u,
  },
  "who welcomes": {
    bounds: HANDSHAKE_BOUNDS,
    run: async (frames) => {
      await welcome(frames, async () => ({}));
      await readOn(frames);
    },
    vectors: "pass",
    messages: /^hello$/u,
  },
  "who greets": {
    bounds: HANDSHAKE_BOUNDS,
    run: async (frames) => {
      await greet(frames, { drive: testKey(1).drive, name: "" });
      await readOn(frames);
    },
    vectors: "pass",
    messages: /^welcome$/u,
  },
};

/** What follows a handshake: a protocol that reads. Else more than a window of frames waits for ever. */
async function readOn(frames: FrameStream): Promise<void> {
  while (await frames.next()) continue;
}

async function samplesOf({ vectors, messages }: End): Promise<Uint8Array[]> {
  const files = ["valid", "invalid"].map((name) =>
    readVectors(new URL(`${vectors}/vectors/${name}.txt`, import.meta.url)),
  );
  const all = (await Promise.all(files)).flat().filter(({ message }) => messages.test(message));
  expect(all).not.toEqual([]);
  return all.map(({ bytes }) => bytes);
}

/** Runs an end against bytes, and returns what it ended with. Fails for an error not ours. */
async function against(
  { run, bounds }: End,
  sends: (stream: Awaited<ReturnType<typeof openStreamPair>>[0]) => Promise<void>,
  busy?: Busy,
): Promise<GoliathError | undefined> {
  const [ours, theirs] = openStreamPair();
  // As every network does with the stream of a handler that returned, or threw.
  const ended = run(new FrameStream(theirs, bounds), busy).then(
    () => theirs.close().then(() => undefined),
    (error: unknown) => {
      expect(error).toBeInstanceOf(GoliathError);
      theirs.abort(error as GoliathError);
      return error as GoliathError;
    },
  );
  const drained = Array.fromAsync(ours).catch(() => undefined);
  await sends(ours).catch((error: unknown) => expect(error).toBeInstanceOf(GoliathError));
  await ours.close();
  const error = await ended;
  await drained;
  return error;
}

describe.each(Object.entries(ENDS))("%s", (_, end) => {
  it("answers or ends the stream, whatever the frames, in any order and number", async () => {
    const samples = await samplesOf(end);
    const header = fc.oneof(
      fc.constantFrom(...samples),
      mutated(samples),
      fc.uint8Array({ maxLength: 50 }),
    );
    const payload = fc.uint8Array({ maxLength: end.bounds.payloadBytesMax && 70 });
    const frame = fc.tuple(header, payload, fc.integer({ min: 1, max: 3 }));
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 6 }), async (frames) => {
        await against(end, async (stream) => {
          for (const [head, body, times] of frames) {
            for (let i = 0; i < times; i++) {
              await stream.send(Buffer.concat(encodeFrame(head, body)));
            }
          }
        });
      }),
      { numRuns: RUNS },
    );
  });

  it("ends with the stream wherever that is cut, also when it came byte by byte", async () => {
    const samples = await samplesOf(end);
    const frames = samples.slice(0, 3).map((sample) => Buffer.concat(encodeFrame(sample)));
    const bytes = Buffer.concat(frames).subarray(0, 120);
    for (let length = 0; length <= bytes.length; length += 3) {
      await against(end, async (stream) => {
        for (const byte of bytes.subarray(0, length)) await stream.send(Uint8Array.of(byte));
      });
    }
  });

  it("refuses lengths beyond its bounds before they come", async () => {
    const { headerBytesMax, payloadBytesMax } = end.bounds;
    for (const [header, payload] of [
      [headerBytesMax + 1, 0],
      [0, payloadBytesMax + 1],
      [0xffffffff, 0xffffffff],
    ] as const) {
      const prefix = Buffer.alloc(8);
      prefix.writeUInt32BE(header, 0);
      prefix.writeUInt32BE(payload, 4);
      let open = true;
      const sent = against(end, async (stream) => {
        await stream.send(prefix);
        // It is not waited for: the other side has hung up.
        while (open) await stream.send(new Uint8Array(1)).then(turn, () => (open = false));
      });
      await sent;
      expect(open).toBe(false);
    }
  });
});

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Calls as many as anybody likes, each with a number of its own. */
const FLOODS: Record<string, (call: number) => Uint8Array> = {
  "the index": (call) => IndexRequest.encode({ call, list: { dir: 1, sums: false } }),
  "the feed": (call) => FeedRequest.encode({ subscription: call, revocations: {} }),
  "a peer that serves chunks": (call) =>
    encodeRequest({ call, ask: "read", want: { id: 1 as ChunkId } }),
};

describe("a flood of calls that are never answered", () => {
  it.each(Object.entries(FLOODS))(
    "at %s runs no more than may, and ends with it",
    async (name, encode) => {
      const end = ENDS[name] as End;
      const busy = new Busy();
      await against(
        end,
        async (stream) => {
          // As much as the other side takes, up to ten times what it may have under way.
          for (let call = 1; call <= 10 * CALLS_IN_FLIGHT_MAX; call++) {
            void stream.send(Buffer.concat(encodeFrame(encode(call)))).catch(() => undefined);
          }
          while (busy.running < (end.callsMax ?? 0)) await turn();
          for (let i = 0; i < 20; i++) await turn();
          expect(busy.most).toBe(end.callsMax);
          stream.abort(new Error("enough"));
        },
        busy,
      );
      expect(busy.running).toBe(0);
    },
  );

  it("takes no more bytes of large requests than it may hold", async () => {
    const end = ENDS["the index"] as End;
    const busy = new Busy();
    const after = "n".repeat(255);
    const request = (call: number): Uint8Array => {
      const paths = Array.from({ length: 1000 }, () => `/${after}/${after}/${after}`);
      return IndexRequest.encode({ call, resolve: { paths, sums: false } });
    };
    let taken = 0;
    await against(
      end,
      async (stream) => {
        let stalled = false;
        for (let call = 1; !stalled; call++) {
          const frame = Buffer.concat(encodeFrame(request(call)));
          const sent = stream.send(frame).then(() => (taken += frame.length));
          let waits = 0;
          const settled = sent.then(() => true);
          for (let done = false; !done && waits < 200; waits++) {
            done = await Promise.race([settled, turn().then(() => false)]);
          }
          sent.catch(() => undefined);
          stalled = waits === 200;
          expect(taken).toBeLessThan(2 * REQUEST_BYTES_HELD_MAX);
        }
        stream.abort(new Error("enough"));
      },
      busy,
    );
    expect(taken).toBeGreaterThan(REQUEST_BYTES_HELD_MAX / 2);
    expect(taken).toBeLessThan(
      REQUEST_BYTES_HELD_MAX + ON_THE_WAY_BYTES + 2 * INDEX_BOUNDS.headerBytesMax,
    );
    expect(busy.running).toBe(0);
  });
});
