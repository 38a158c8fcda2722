import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewChunk } from "@goliath/chunks";
import { ManualClock, RateLimiter, silentLog, systemDisk, type Disk } from "@goliath/kit";
import type { CopyOrder } from "@goliath/protocols/holdings";
import {
  digestOf,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { ChunkNeed, FetchOptions } from "../parts.ts";
import type { DrainFlag } from "./drain-flag.ts";
import { Keeper } from "./keeper.ts";
import {
  KEPT_CHUNK_BYTES,
  KEPT_RECORD_BYTES,
  keptChunk,
  openKeptStore,
  runOf,
  sumsOf,
  type KeptStore,
} from "./testing/kept-store.ts";

const [ANN, BOB] = ["ann", "bob"] as PeerId[] as [PeerId, PeerId];
const MINUTE_MS = 60_000;
const FROM_START = 0 as ChunkId;

let clock: ManualClock;
let kept: KeptStore;
let keeper: Keeper;
let drain: { isSet: boolean };
/** Who the swarm is: each test says what it has. */
let fetch: (need: ChunkNeed, options: FetchOptions) => Promise<Uint8Array>;
beforeEach(async () => {
  clock = new ManualClock();
  drain = { isSet: false };
  fetch = async ({ id }) => keptChunk(id).bytes;
  await openKeeper();
});
afterEach(() => closeKeeper());

async function closeKeeper(): Promise<void> {
  keeper[Symbol.dispose]();
  await kept[Symbol.asyncDispose]();
}

async function openKeeper({
  records = 1000,
  capacityBytes = 1,
  disk = systemDisk,
  directory,
}: {
  records?: number;
  capacityBytes?: number;
  disk?: Disk;
  directory?: string;
} = {}): Promise<void> {
  kept = await openKeptStore({ clock, records, disk, ...(directory && { directory }) });
  keeper = new Keeper({
    store: kept.store,
    capacityBytes,
    labels: ["region=eu"],
    drain: drain as DrainFlag,
    fetcher: { fetch: (need, options = {}) => fetch(need, options) },
    download: new RateLimiter({ clock }),
    clock,
    log: silentLog,
  });
}

/** On the same disk. */
async function reopenKeeper({ records }: { records: number }): Promise<void> {
  keeper[Symbol.dispose]();
  await kept.store[Symbol.asyncDispose]();
  const { directory } = kept;
  await openKeeper({ records, directory });
}

const held = (): ChunkRun[] => kept.store.runs(FROM_START, 100);
const refused = (work: Promise<unknown>, code: string) =>
  expect(work).rejects.toMatchObject({ code });

function announce(runs: ChunkRun[], { writer = ANN, bytes = 0 } = {}): Promise<void> {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  return keeper.announce({
    runs,
    writer,
    bytes: bytes || count * KEPT_CHUNK_BYTES,
    expiresInMs: MINUTE_MS,
  });
}

function copyOf(runs: ChunkRun[]): CopyOrder {
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  return {
    runs,
    sums: sumsOf(runs),
    bytes: count * KEPT_CHUNK_BYTES,
    expiresInMs: MINUTE_MS,
  };
}

describe("Keeper push", () => {
  it("takes what was announced from whom it was announced, and nothing else", async () => {
    await refused(keeper.push(ANN, keptChunk(1)), "forbidden");
    await announce([runOf(1, 3)]);
    await refused(keeper.push(BOB, keptChunk(1)), "forbidden");
    await refused(keeper.push(ANN, keptChunk(4)), "forbidden");
    await keeper.push(ANN, keptChunk(2));
    expect(held()).toEqual([runOf(2, 1)]);
  });

  it("refuses bytes that do not match their digest, and the same id again with others", async () => {
    await announce([runOf(1, 2)], { bytes: 9 * KEPT_CHUNK_BYTES });
    const { bytes } = keptChunk(7);
    await refused(keeper.push(ANN, { ...keptChunk(1), bytes }), "corrupt");
    await keeper.push(ANN, keptChunk(1));
    await refused(
      keeper.push(ANN, { id: 1 as ChunkId, digest: digestOf(bytes), bytes }),
      "forbidden",
    );
    // An answer that was lost: the writer pushes the same again.
    await keeper.push(ANN, keptChunk(1));
    expect(Buffer.compare(await kept.store.read(1 as ChunkId), keptChunk(1).bytes)).toBe(0);
  });

  it("takes no more bytes than were announced", async () => {
    await announce([runOf(1, 3)], { bytes: 2 * KEPT_CHUNK_BYTES });
    await keeper.push(ANN, keptChunk(1));
    await keeper.push(ANN, keptChunk(2));
    await refused(keeper.push(ANN, keptChunk(3)), "full");
  });

  it("sets room apart for a while, for one writer's chunks once", async () => {
    await closeKeeper();
    await openKeeper({ records: 4 });
    await announce([runOf(1, 3)]);
    await refused(announce([runOf(11, 2)], { writer: BOB }), "full");
    // Asked again for the same chunks, it does not set apart twice as much.
    await announce([runOf(1, 3)]);
    expect(await keeper.pledge()).toMatchObject({ freeBytes: KEPT_RECORD_BYTES });
    await keeper.push(ANN, keptChunk(1));
    await clock.advance(MINUTE_MS);
    await refused(keeper.push(ANN, keptChunk(2)), "forbidden");
    await announce([runOf(11, 3)], { writer: BOB });
    await Promise.all([11, 12, 13].map((id) => keeper.push(BOB, keptChunk(id))));
    expect(held()).toEqual([runOf(1, 1), runOf(11, 3)]);
    expect(await keeper.pledge()).toMatchObject({
      freeBytes: 0,
      keeper: { usedBytes: 32 + 4 * KEPT_RECORD_BYTES, labels: ["region=eu"], draining: false },
    });
  });

  it("is held only when it is on the disk", async () => {
    const synced = Promise.withResolvers<void>();
    const syncing = Promise.withResolvers<void>();
    await closeKeeper();
    await openKeeper({ disk: holdingSyncs(async () => (syncing.resolve(), synced.promise)) });
    await announce([runOf(1, 1)]);
    const pushed = keeper.push(ANN, keptChunk(1));
    await syncing.promise;
    expect(held()).toEqual([]);
    synced.resolve();
    await pushed;
    expect(held()).toEqual([runOf(1, 1)]);
  });

  it("is bounded in how many writers it expects", async () => {
    for (let id = 0; id < 256; id++) await announce([runOf(2 * id, 1)]);
    await refused(announce([runOf(1001, 1)]), "busy");
    await clock.advance(MINUTE_MS);
    await announce([runOf(1001, 1)]);
  });
});

/** The machine's disk, whose syncs of packs wait. */
function holdingSyncs(wait: () => Promise<void>): Disk {
  return {
    ...systemDisk,
    open: async (...args) => {
      const file = await systemDisk.open(...args);
      const datasync = file.datasync.bind(file);
      file.datasync = async () => {
        await wait();
        await datasync();
      };
      return file;
    },
  };
}

describe("Keeper copy", () => {
  it("fetches what it lacks, under the digests of the order", async () => {
    const asked: ChunkNeed[] = [];
    fetch = async (need) => {
      asked.push(need);
      return keptChunk(need.id).bytes;
    };
    await kept.store.write(keptChunk(2));
    await keeper.copy(copyOf([runOf(1, 3), runOf(9, 1)]));
    expect(asked.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([1, 3, 9]);
    expect(held()).toEqual([runOf(1, 3), runOf(9, 1)]);
    asked.length = 0;
    await keeper.copy(copyOf([runOf(1, 3)]));
    expect(asked).toEqual([]);
  });

  it("goes on past what nobody has, and says so in the end", async () => {
    fetch = async ({ id }) => {
      if (id === 2) throw new GoliathError("no-holder", "nobody has it");
      return keptChunk(id).bytes;
    };
    await refused(keeper.copy(copyOf([runOf(1, 40)])), "no-holder");
    expect(held()).toEqual([runOf(1, 1), runOf(3, 38)]);
  });

  it("refuses what it has no room for before it fetches anything", async () => {
    await closeKeeper();
    await openKeeper({ records: 3 });
    fetch = () => Promise.reject(new Error("nothing is to be fetched"));
    await refused(keeper.copy(copyOf([runOf(1, 4)])), "full");
    expect(await keeper.pledge()).toMatchObject({ freeBytes: 3 * KEPT_RECORD_BYTES });
  });

  it("refuses other bytes for an id that it keeps", async () => {
    await kept.store.write(keptChunk(1, Buffer.from("others")));
    await refused(keeper.copy(copyOf([runOf(1, 2)])), "conflict");
    expect(held()).toEqual([runOf(1, 1)]);
  });

  it("stops when its time is over and when its stream ends, and keeps what came", async () => {
    const stop = new AbortController();
    const waiting = Promise.withResolvers<void>();
    fetch = async ({ id }, { signal }) => {
      if (id !== 1) {
        waiting.resolve();
        await clock.sleep(10 * MINUTE_MS, signal);
      }
      return keptChunk(id).bytes;
    };
    const late = refused(keeper.copy(copyOf([runOf(1, 2)])), "timeout");
    await waiting.promise;
    await expect.poll(held).toEqual([runOf(1, 1)]);
    await clock.advance(MINUTE_MS);
    await late;
    const ended = keeper.copy(copyOf([runOf(1, 2)]), { signal: stop.signal });
    stop.abort(new GoliathError("closed", "the stream ended"));
    await refused(ended, "closed");
    expect(held()).toEqual([runOf(1, 1)]);
    expect((await kept.store.space()).reservedBytes).toBe(0);
  });

  it("works on so many orders and chunks at once, and no more", async () => {
    const going = Promise.withResolvers<void>();
    let [now, most] = [0, 0];
    fetch = async ({ id }) => {
      most = Math.max(most, ++now);
      await going.promise;
      now--;
      return keptChunk(id).bytes;
    };
    const orders = Array.from({ length: 8 }, (_, at) => keeper.copy(copyOf([runOf(100 * at, 20)])));
    await refused(keeper.copy(copyOf([runOf(5000, 1)])), "busy");
    await expect.poll(() => now).toBe(16);
    going.resolve();
    await Promise.all(orders);
    expect(most).toBe(16);
  });
});

describe("Keeper with a pledge that was lowered", () => {
  it("keeps what it has, takes nothing, and takes again once enough was dropped", async () => {
    for (const id of [1, 2, 3, 4]) await kept.store.write(keptChunk(id));
    await reopenKeeper({ records: 2 });
    expect(held()).toEqual([runOf(1, 4)]);
    expect(await keeper.pledge()).toMatchObject({ freeBytes: 0 });
    await refused(announce([runOf(11, 1)]), "full");
    await refused(keeper.copy(copyOf([runOf(11, 1)])), "full");
    await keeper.drop({ runs: [runOf(1, 3)] });
    await kept.store.compact();
    await announce([runOf(11, 1)]);
    await keeper.push(ANN, keptChunk(11));
    expect(held()).toEqual([runOf(4, 1), runOf(11, 1)]);
  });
});

describe("Keeper drop", () => {
  it("hides chunks in the turn in which it is ordered", async () => {
    for (const id of [1, 2, 3]) await kept.store.write(keptChunk(id));
    const dropped = keeper.drop({ runs: [runOf(2, 9)] });
    expect(held()).toEqual([runOf(1, 1)]);
    await dropped;
  });
});

describe("Keeper that keeps nothing", () => {
  const order = copyOf([runOf(1, 1)]);
  const chunk: NewChunk = keptChunk(1);

  it("drops, and does nothing else, without a pledge", async () => {
    await closeKeeper();
    await openKeeper({ capacityBytes: 0 });
    await refused(announce([runOf(1, 1)]), "unsupported");
    await refused(keeper.copy(order), "unsupported");
    await refused(keeper.push(ANN, chunk), "forbidden");
    expect(await keeper.pledge()).toEqual({ capacityBytes: 0, freeBytes: 0 });
    await kept.store.write(chunk);
    await keeper.drop({ runs: [runOf(1, 1)] });
    expect(held()).toEqual([]);
  });

  it("takes nothing new while it is drained, but what was announced before", async () => {
    await announce([runOf(1, 1)]);
    drain.isSet = true;
    await refused(announce([runOf(2, 1)]), "busy");
    await refused(keeper.copy(order), "busy");
    await keeper.push(ANN, chunk);
    expect(await keeper.pledge()).toMatchObject({ keeper: { draining: true } });
  });
});
