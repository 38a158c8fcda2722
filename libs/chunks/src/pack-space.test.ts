import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemDisk } from "@goliath/kit";
import { hasCode, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import { testChunk } from "./compliance.ts";
import { openPackChunkStore, type PackChunkStore } from "./pack-chunk-store.ts";
import { PACK_HEADER_BYTES, RECORD_HEADER_BYTES } from "./pack-format.ts";

const CHUNK_BYTES = 1000;
const RECORD_BYTES = CHUNK_BYTES + RECORD_HEADER_BYTES;
const chunk = (id: number) => testChunk(id, Buffer.alloc(CHUNK_BYTES, `${id}:`));
const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });

let directory: string;
let store: PackChunkStore;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "goliath-space-"));
});
afterEach(async () => {
  await store[Symbol.asyncDispose]();
  await rm(directory, { recursive: true });
});

/** Room for so many records in one pack, and for compaction beside it. */
async function open(records: number, { spareBytes = 0, packRecords = 1000 } = {}): Promise<void> {
  store = await openPackChunkStore({
    disk: systemDisk,
    directory,
    packBytesMax: packRecords * RECORD_BYTES,
    capacityBytes: PACK_HEADER_BYTES + records * RECORD_BYTES + spareBytes,
    spareBytes,
    freeBytesMin: 0,
  });
}

async function bytesOnDisk(): Promise<number> {
  const packs = (await readdir(directory)).filter((name) => name.endsWith(".pack"));
  // One may be deleted meanwhile.
  const sizes = packs.map((name) => stat(join(directory, name)).catch(() => ({ size: 0 })));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

/** Whether the write was taken; it may be refused as full only. */
async function takes(write: Promise<void>): Promise<boolean> {
  return write.then(
    () => true,
    (error: unknown) => {
      if (hasCode(error, "full")) return false;
      throw error;
    },
  );
}

describe("PackChunkStore room", () => {
  it("that is reserved goes to nobody else, and comes back when it is not used", async () => {
    await open(4);
    await store.write(chunk(0));
    const room = await store.reserve({ chunks: 2, bytes: 2 * CHUNK_BYTES });
    expect(await store.space()).toMatchObject({ reservedBytes: 2 * RECORD_BYTES });
    await expect(store.reserve({ chunks: 2, bytes: 2 * CHUNK_BYTES })).rejects.toMatchObject({
      code: "full",
    });
    await store.write(chunk(1));
    await expect(store.write(chunk(2))).rejects.toMatchObject({ code: "full" });
    await room.write(chunk(2));
    expect(await store.space()).toEqual({
      usedBytes: await bytesOnDisk(),
      reservedBytes: RECORD_BYTES,
      freeBytes: 0,
    });
    room[Symbol.dispose]();
    expect(await store.space()).toMatchObject({ reservedBytes: 0 });
    await store.write(chunk(3));
    await expect(store.write(chunk(4))).rejects.toMatchObject({ code: "full" });
    expect(store.runs(0 as ChunkId, 9)).toEqual([run(0, 4)]);
  });

  it("beyond a reservation is had only if nobody else was promised it", async () => {
    await open(3);
    using room = await store.reserve({ chunks: 1, bytes: CHUNK_BYTES });
    using other = await store.reserve({ chunks: 2, bytes: 2 * CHUNK_BYTES });
    await room.write(chunk(0));
    await expect(room.write(chunk(1))).rejects.toMatchObject({ code: "full" });
    await Promise.all([other.write(chunk(2)), other.write(chunk(3))]);
    expect(store.held([run(0, 9)])).toEqual([run(0, 1), run(2, 2)]);
  });

  it.each([
    { spare: "as much to spare as a pack takes", spareRecords: 8 },
    { spare: "too little to spare for most packs", spareRecords: 1 },
  ])("is what lies on the disk, to the byte, with $spare", async ({ spareRecords }) => {
    const seed = Number(process.env["SEED"] ?? 20261124);
    const packRecords = 8;
    const capacityBytes = PACK_HEADER_BYTES + (60 + spareRecords) * RECORD_BYTES;
    await open(60, { packRecords, spareBytes: spareRecords * RECORD_BYTES });
    const random = seeded(seed);
    const upTo = (most: number): number => Math.floor(random() * most);
    const check = async (what: string): Promise<void> => {
      const bytes = await bytesOnDisk();
      expect(bytes, `seed ${seed}: within the capacity after ${what}`).toBeLessThanOrEqual(
        capacityBytes,
      );
    };
    let refused = 0;
    for (let turn = 0, id = 0; turn < 60; turn++) {
      using room = await store
        .reserve({ chunks: 2, bytes: 2 * CHUNK_BYTES })
        .catch(() => undefined);
      const writes = Array.from({ length: 1 + upTo(12) }, () => store.write(chunk(id++)));
      if (room) writes.push(room.write(chunk(id++)), room.write(chunk(id++)));
      const taken = await Promise.all(writes.map(takes));
      refused += taken.filter((one) => !one).length;
      // What was promised is kept, however many others want the room.
      if (room) expect(taken.slice(-2), `seed ${seed}, turn ${turn}`).toEqual([true, true]);
      await check("writes");
      if (random() < 0.6) await store.drop([run(upTo(id), 1 + upTo(20))]);
      if (random() < 0.5) await store.compact({ pace: () => check("a step of compaction") });
      const { usedBytes } = await store.space();
      expect(usedBytes, `seed ${seed}, turn ${turn}`).toBe(await bytesOnDisk());
    }
    expect(refused, "the store was full at times").toBeGreaterThan(10);
  });
});

/** A small generator, the same for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
