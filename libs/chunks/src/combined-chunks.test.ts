import { describe, expect, it } from "vitest";
import { combineChunkReaders } from "./combined-chunks.ts";
import { describeChunkReader, testChunk } from "./compliance.ts";
import type { HoldingsChange } from "./chunk-store.ts";
import { FaultyChunks } from "./faulty-chunks.ts";
import { MemoryChunkStore } from "./memory-chunk-store.ts";
import { GoliathError, type ChunkId } from "@goliath/protocols/nouns";

/** Odd chunks in one store, even in another, every third in both. */
describeChunkReader("CombinedChunks", async (chunks) => {
  const stores = [new MemoryChunkStore(), new MemoryChunkStore()] as const;
  for (const [i, chunk] of chunks.entries()) {
    await stores[i % 2 === 0 ? 0 : 1].write(chunk);
    if (i % 3 === 0) await stores[1].write(chunk);
  }
  return { reader: combineChunkReaders(stores), [Symbol.asyncDispose]: async () => undefined };
});

describe("combineChunkReaders", () => {
  it("reads from the next reader when one fails", async () => {
    const [first, second] = [new MemoryChunkStore(), new MemoryChunkStore()];
    await first.write(testChunk(1));
    await second.write(testChunk(1));
    const faulty = new FaultyChunks(first);
    faulty.fail("read", { code: "corrupt", count: 2 });
    const combined = combineChunkReaders([faulty, second]);
    expect(await combined.read(1 as ChunkId)).toEqual(testChunk(1).bytes);
    await second.drop([{ first: 1 as ChunkId, count: 1 }]);
    await expect(combined.read(1 as ChunkId)).rejects.toMatchObject({ code: "corrupt" });
  });

  it("tells of a chunk when the first copy comes and when the last one goes", async () => {
    const [first, second] = [new MemoryChunkStore(), new MemoryChunkStore()];
    const changes: HoldingsChange[] = [];
    const stop = combineChunkReaders([first, second]).onChange((change) => changes.push(change));
    const run = { first: 1 as ChunkId, count: 1 };
    await first.write(testChunk(1));
    await second.write(testChunk(1));
    await first.drop([run]);
    expect(changes).toEqual([{ added: [run], removed: [] }]);
    await second.drop([run]);
    expect(changes[1]).toEqual({ added: [], removed: [run] });
    stop();
    await second.write(testChunk(1));
    expect(changes).toHaveLength(2);
  });

  it("tells of what changes while another reader is closed already", async () => {
    const [first, second] = [new MemoryChunkStore(), new MemoryChunkStore()];
    const changes: HoldingsChange[] = [];
    const closed = Object.assign(Object.create(second) as MemoryChunkStore, {
      held: () => {
        throw new GoliathError("closed", "the store is closed");
      },
      onChange: () => () => undefined,
    });
    combineChunkReaders([first, closed]).onChange((change) => changes.push(change));
    await first.write(testChunk(1));
    expect(changes).toEqual([{ added: [{ first: 1, count: 1 }], removed: [] }]);
  });

  it("pages interleaved runs whole, however small the limit", async () => {
    const stores = [new MemoryChunkStore(), new MemoryChunkStore()] as const;
    for (let id = 0; id < 40; id++)
      if (id % 10 !== 9) await stores[id % 2 ? 0 : 1].write(testChunk(id));
    const wanted = [0, 10, 20, 30].map((first) => ({ first, count: 9 }));
    for (const limit of [1, 2, 3, 4, 5]) {
      expect(combineChunkReaders(stores).runs(0 as ChunkId, limit)).toEqual(wanted.slice(0, limit));
    }
  });
});
