import { describe, expect, it } from "vitest";
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  type Trial,
} from "@goliath/kit/simulated-disk";
import { equalBytes, hasCode, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import { testChunk } from "./compliance.ts";
import { openPackChunkStore, type PackChunkStore } from "./pack-chunk-store.ts";
import { RECORD_HEADER_BYTES } from "./pack-format.ts";

const DIRECTORY = "/home/peer/packs";
const chunk = (value: number) => testChunk(value, Buffer.alloc(3000, `${value}:`));
const id = (value: number) => value as ChunkId;
const run = (first: number, count: number): ChunkRun => ({ first: id(first), count });
/** Three records a pack. */
const PACK_BYTES = 3 * (3000 + RECORD_HEADER_BYTES);
const CHUNKS = 8;

interface World extends Trial {
  /** Chunks whose write has returned, and that nobody has begun to drop. */
  acknowledged: Set<number>;
  /** Chunks whose drop has returned, and that nobody has begun to write again. */
  dropped: Set<number>;
}

function open({ disk, clock }: Trial, freeBytesMin = 0): Promise<PackChunkStore> {
  let nonce = 0;
  return openPackChunkStore({
    disk: disk.process(),
    directory: DIRECTORY,
    packBytesMax: PACK_BYTES,
    freeBytesMin,
    clock,
    random: (bytes) => new Uint8Array(bytes).fill(++nonce + disk.calls),
  });
}

async function prepare(trial: Trial): Promise<World> {
  trial.disk.makeDirectory("/home/peer");
  trial.disk.syncAll();
  return { ...trial, acknowledged: new Set(), dropped: new Set() };
}

/** Writes, drops, writes again what was dropped, compacts, and closes. */
async function work(world: World): Promise<void> {
  await using store = await open(world);
  const write = async (value: number): Promise<void> => {
    world.dropped.delete(value);
    await store.write(chunk(value));
    world.acknowledged.add(value);
  };
  await write(0);
  await Promise.all(Array.from({ length: CHUNKS - 1 }, (_, i) => write(i + 1)));
  for (const value of [1, 2, 3]) world.acknowledged.delete(value);
  await store.drop([run(1, 3)]);
  for (const value of [1, 2, 3]) world.dropped.add(value);
  await store.compact();
  await write(2);
}

/** All that was acknowledged is there or gone, and all that is said to be there is readable and right. */
async function expectWhole(world: World): Promise<void> {
  await using store = await open(world);
  for (const value of world.acknowledged) {
    expect(store.has(id(value)), `chunk ${value} was acknowledged`).toBe(true);
  }
  for (const value of world.dropped) {
    expect(store.has(id(value)), `chunk ${value} was dropped`).toBe(false);
  }
  for (const { first, count } of store.runs(id(0), 100)) {
    for (let value = first; value < first + count; value++) {
      const bytes = await store.read(id(value));
      expect(equalBytes(bytes, chunk(value).bytes), `bytes of chunk ${value}`).toBe(true);
    }
  }
  // It goes on as if nothing had been.
  await store.write(chunk(CHUNKS));
  expect(equalBytes(await store.read(id(CHUNKS)), chunk(CHUNKS).bytes)).toBe(true);
}

describe("PackChunkStore", () => {
  it("has all that was acknowledged after a power cut at any moment", async () => {
    const trials = await crashAtEveryCall({
      seeds: [1, 2, 3, 4, 5, 6],
      prepare,
      work,
      check: expectWhole,
    });
    expect(trials).toBeGreaterThan(200);
  });

  it("has all that was acknowledged after a power cut while it mends another's traces", async () => {
    const trials = await crashAtEveryCall({
      seeds: [1, 2],
      prepare: async (trial) => {
        const world = await prepare(trial);
        let left = 20 + (trial.seed % 3);
        trial.disk.before = () => {
          if (left-- === 0) trial.disk.crash();
        };
        const { crashed } = trial.disk;
        await Promise.race([work(world).catch(() => undefined), crashed]);
        trial.disk.before = () => undefined;
        return world;
      },
      work: async (world) => {
        await using _store = await open(world);
      },
      check: expectWhole,
    });
    expect(trials).toBeGreaterThan(10);
  });

  it("says full when the disk is full, from any moment on, and goes on when it is not", async () => {
    await fillAtEveryCall({
      seeds: [1],
      prepare,
      work,
      check: async (world, { error }) => {
        if (error !== undefined) expect(error).toMatchObject({ code: "full" });
        world.disk.leave(2 ** 40);
        await expectWhole(world);
      },
    });
  });

  it("loses nothing when any call fails, once, nor when the power is cut then", async () => {
    await breakEveryCall({
      seeds: [1, 2, 3],
      prepare,
      work,
      check: async (world, { error }) => {
        if (error !== undefined)
          expect(hasCode(error, "disk-fault", "corrupt"), String(error)).toBe(true);
        if (world.seed > 1) world.disk.crash();
        await expectWhole(world);
      },
    });
  });
});
