import { describe, expect, it } from "vitest";
import type { ChunkId } from "@goliath/protocols/nouns";
import { combineChunkReaders } from "./combined-chunks.ts";
import { describeChunkStore, testChunk } from "./compliance.ts";
import { FaultyChunks } from "./faulty-chunks.ts";
import { MemoryChunkStore } from "./memory-chunk-store.ts";
import { MeteredChunks } from "./metered-chunks.ts";

describeChunkStore("MeteredChunks", async () => new MeteredChunks(new MemoryChunkStore()));
describeChunkStore("FaultyChunks", async () => new FaultyChunks(new MemoryChunkStore()));

describe("MeteredChunks", () => {
  it("traffic counts calls and bytes, failed ones apart", async () => {
    const metered = new MeteredChunks(new MemoryChunkStore());
    await metered.write(testChunk(1));
    await metered.read(1 as ChunkId);
    await metered.read(1 as ChunkId);
    await expect(metered.read(2 as ChunkId)).rejects.toMatchObject({ code: "missing" });
    const bytes = testChunk(1).bytes.length;
    expect(metered.traffic()).toEqual({
      reads: 2,
      readBytes: 2 * bytes,
      readsFailed: 1,
      writes: 1,
      writtenBytes: bytes,
      writesFailed: 0,
    });
  });

  it("write over a reader is unsupported", async () => {
    const metered = new MeteredChunks(combineChunkReaders([]));
    await expect(metered.write(testChunk(1))).rejects.toMatchObject({ code: "unsupported" });
    expect(metered.traffic().writesFailed).toBe(1);
  });
});

describe("FaultyChunks", () => {
  it("fail makes just so many calls fail, with nothing done", async () => {
    const faulty = new FaultyChunks(new MemoryChunkStore());
    faulty.fail("write", { code: "full", count: 2 });
    for (let i = 0; i < 2; i++) {
      await expect(faulty.write(testChunk(1))).rejects.toMatchObject({ code: "full" });
    }
    expect(faulty.has(1 as ChunkId)).toBe(false);
    await faulty.write(testChunk(1));
    expect(faulty.has(1 as ChunkId)).toBe(true);
  });

  it("fails by chance as the given randomness says", async () => {
    const draws = [0.9, 0.1, 0.5];
    const random = () => draws.shift() ?? 1;
    const faulty = new FaultyChunks(new MemoryChunkStore(), { random, rate: 0.5, code: "busy" });
    await faulty.write(testChunk(1));
    await expect(faulty.read(1 as ChunkId)).rejects.toMatchObject({ code: "busy" });
    expect(await faulty.read(1 as ChunkId)).toEqual(testChunk(1).bytes);
  });
});
