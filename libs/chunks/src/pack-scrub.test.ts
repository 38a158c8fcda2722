import { mkdtemp, open, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ManualClock, systemDisk } from "@goliath/kit";
import { diskError, seeded, SimulatedDisk } from "@goliath/kit/simulated-disk";
import { equalBytes, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import type { HoldingsChange } from "./chunk-store.ts";
import { testChunk } from "./compliance.ts";
import { openPackChunkStore, type PackChunkStore, type PackProblem } from "./pack-chunk-store.ts";
import { PACK_HEADER_BYTES, RECORD_HEADER_BYTES } from "./pack-format.ts";
import type { ScrubbedPack } from "./pack-scrub.ts";
import { packPath } from "./pack-writer.ts";
import { FAULTS_MS_MIN } from "./read-faults.ts";

const RECORD_BYTES = 1000 + RECORD_HEADER_BYTES;
const PACK_RECORDS = 4;
const START_MS = 1_000_000;
const chunk = (id: number) => testChunk(id, Buffer.alloc(1000, `${id}:`));
const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });

let directory: string;
let clock: ManualClock;
let store: PackChunkStore;
let problems: PackProblem[];
let changes: HoldingsChange[];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "goliath-scrub-"));
  clock = new ManualClock({ nowMs: START_MS });
  await openStore();
  // Two full packs and half of a third.
  for (let id = 0; id < 10; id++) await store.write(chunk(id));
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

async function openStore(): Promise<void> {
  const packBytesMax = PACK_RECORDS * RECORD_BYTES;
  store = await openPackChunkStore({ disk: systemDisk, directory, packBytesMax, clock });
  [problems, changes] = [[], []];
  store.onProblem((problem) => problems.push(problem));
  store.onChange((change) => changes.push(change));
}

/** Turns one byte of a chunk, as a disk does in years. */
async function rot(id: number): Promise<void> {
  const pack = 1 + Math.floor(id / PACK_RECORDS);
  const at = PACK_HEADER_BYTES + (id % PACK_RECORDS) * RECORD_BYTES + RECORD_HEADER_BYTES + 500;
  const file = await open(packPath(directory, pack), "r+");
  await file.write(Buffer.from([0xff]), 0, 1, at);
  await file.close();
}

const scrub = (beforeMs = clock.nowMs()) => store.scrub({ beforeMs });

/** Goes through all packs once more, and tells what was found in this one. */
async function scrubAll(pack: number) {
  await clock.advance(10);
  const all = [await scrub(), await scrub(), await scrub()];
  return all.find((one) => one?.pack === pack);
}

describe("PackChunkStore scrub", () => {
  it("goes through all packs, then begins with the one hashed longest ago", async () => {
    const order: (number | undefined)[] = [];
    for (let turn = 0; turn < 5; turn++) {
      order.push((await scrub(START_MS + 2))?.pack);
      await clock.advance(1);
    }
    // The first two were hashed before the time that is asked for.
    expect(order).toEqual([1, 2, 3, 1, 2]);
    await store[Symbol.asyncDispose]();
    await openStore();
    expect(await scrub(START_MS + 2)).toBeUndefined();
    expect((await scrub(START_MS + 4))?.pack).toBe(3);
  });

  it("finds what has rotted, which is held no longer and told", async () => {
    await rot(5);
    expect(await scrub()).toMatchObject({ pack: 1, chunks: 4, rotten: 0 });
    expect(await scrub()).toEqual({
      pack: 2,
      chunks: 4,
      bytes: 4 * RECORD_BYTES,
      rotten: 1,
      unreadable: 0,
      mended: 0,
    });
    expect(problems).toEqual([{ kind: "rotten", id: 5, path: packPath(directory, 2) }]);
    expect(changes.at(-1)).toEqual({ added: [], removed: [run(5, 1)] });
    await expect(store.read(5 as ChunkId)).rejects.toMatchObject({ code: "corrupt" });
    await store.write(chunk(5));
    expect(store.runs(0 as ChunkId, 9)).toEqual([run(0, 10)]);
  });

  it("forgets what is wrong at a second look, so that its room comes back", async () => {
    await rot(5);
    const before = store.usage().live;
    expect(await scrubAll(2)).toMatchObject({ rotten: 1 });
    expect(store.usage().live).toBe(before);
    expect(await scrubAll(2)).toMatchObject({ rotten: 0, mended: 0 });
    expect(store.usage().live).toBe(before - RECORD_BYTES);
  });

  it("holds again what the disk could not read for a while", async () => {
    await rename(packPath(directory, 2), packPath(directory, 99));
    expect(await scrubAll(2)).toMatchObject({ rotten: 4, mended: 0 });
    expect(store.runs(0 as ChunkId, 9)).toEqual([run(0, 4), run(8, 2)]);
    expect(await scrubAll(2)).toMatchObject({ rotten: 0, mended: 0 });
    await rename(packPath(directory, 99), packPath(directory, 2));
    expect(await scrubAll(2)).toMatchObject({ rotten: 0, mended: 4 });
    expect(store.runs(0 as ChunkId, 9)).toEqual([run(0, 10)]);
  });

  it("keeps nobody waiting while it is paced, and ends when it is told to", async () => {
    const stop = new AbortController();
    const paced = Promise.withResolvers<void>();
    const scrubbing = store.scrub({
      beforeMs: clock.nowMs(),
      signal: stop.signal,
      pace: (_bytes, signal) => {
        paced.resolve();
        return clock.sleep(1_000_000, signal);
      },
    });
    const aborted = expect(scrubbing).rejects.toMatchObject({ code: "aborted" });
    await paced.promise;
    await store.read(1 as ChunkId);
    await store.write(chunk(10));
    await store.drop([run(0, 4)]);
    await store.compact();
    stop.abort();
    await aborted;
    expect(store.runs(0 as ChunkId, 9)).toEqual([run(4, 7)]);
  });
});

describe("PackChunkStore scrub on a disk that fails", () => {
  const ID = 5 as ChunkId;
  let disk: SimulatedDisk;
  let isFailing: boolean;

  beforeEach(async () => {
    await store[Symbol.asyncDispose]();
    disk = new SimulatedDisk({ clock, random: seeded(1) });
    isFailing = true;
    const init = { disk: disk.process(), directory: "/packs", freeBytesMin: 0, clock };
    store = await openPackChunkStore(init);
    [problems, changes] = [[], []];
    await store.write(chunk(ID));
    store.onProblem((problem) => problems.push(problem));
    store.onChange((change) => changes.push(change));
    disk.before = (call) => {
      if (call.call === "read" && isFailing) throw diskError("EIO", call);
    };
  });

  /** Scrubs, with the time that it waits for; after the first attempt to read, `act` comes. */
  async function scrubbed(act: () => void = () => undefined) {
    await clock.advance(10);
    let result: ScrubbedPack | undefined;
    void scrub().then((found) => (result = found));
    for (let turn = 0; !result && turn < 10; turn++) {
      await clock.advance(FAULTS_MS_MIN / 3);
      act();
    }
    return result;
  }

  it("waits for one that comes back, and gives up nothing", async () => {
    const found = await scrubbed(() => (isFailing = false));
    expect(found).toMatchObject({ chunks: 1, rotten: 0, unreadable: 0 });
    expect([problems, changes]).toEqual([[], []]);
    expect(store.has(ID)).toBe(true);
  });

  it("holds no longer what it cannot read for long, and again once it can", async () => {
    expect(await scrubbed()).toMatchObject({ rotten: 0, unreadable: 1 });
    expect(problems).toMatchObject([{ kind: "unreadable", id: ID }]);
    expect(store.has(ID)).toBe(false);
    isFailing = false;
    expect(await scrubbed()).toMatchObject({ chunks: 1, mended: 1 });
    expect(equalBytes(await store.read(ID), chunk(ID).bytes)).toBe(true);
  });
});
