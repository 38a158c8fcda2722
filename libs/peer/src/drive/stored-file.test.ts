import { describe, expect, it } from "vitest";
import { MemoryChunkStore, type ChunkStore } from "@goliath/chunks";
import type { ChunkId } from "@goliath/protocols/nouns";
import type { Publisher } from "../publish/publisher.ts";
import { ChunkWriter } from "./stored-file.ts";

const CHUNK_BYTES = 1024;

/** Leases ids from 1 on. */
const publisher = {
  leaseChunks: async (count: number) => ({
    leases: [{ lease: 1, first: 1 as ChunkId, count }],
    [Symbol.dispose]: () => undefined,
  }),
} as unknown as Publisher;

async function* chunks(count: number, between: () => Promise<void>): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    yield Buffer.alloc(CHUNK_BYTES, `chunk ${i}`);
    await between();
  }
}

const turns = async (): Promise<void> => {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe("ChunkWriter", () => {
  const { signal } = new AbortController();

  it("store writes every chunk under ids in order", async () => {
    const store = new MemoryChunkStore();
    using writer = new ChunkWriter({ store, publisher });
    const { extents, size } = await writer.store(chunks(20, turns), { signal });
    expect([extents, size]).toEqual([
      [{ first: 1, count: 20, bytes: 20 * CHUNK_BYTES }],
      20 * CHUNK_BYTES,
    ]);
    expect(store.runs(0 as ChunkId, 10)).toEqual([{ first: 1, count: 20 }]);
  });

  it("store fails when one write failed while the next bytes were waited for", async () => {
    const failing = {
      write: ({ id }: { id: number }) =>
        id === 2 ? Promise.reject(new Error("the disk is full")) : Promise.resolve(),
    } as unknown as ChunkStore;
    using writer = new ChunkWriter({ store: failing, publisher });
    await expect(writer.store(chunks(5, turns), { signal })).rejects.toThrow("the disk is full");
  });
});
