/** A pack store on a real disk for the tests of a keeper, and chunks that follow from their ids. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openPackChunkStore, type NewChunk, type PackChunkStore } from "@goliath/chunks";
import { systemDisk, type Clock, type Disk } from "@goliath/kit";
import { digestOf, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";

export const KEPT_CHUNK_BYTES = 1000;
/** With its record's header. */
export const KEPT_RECORD_BYTES = KEPT_CHUNK_BYTES + 64;

export function keptChunk(id: number, bytes = Buffer.alloc(KEPT_CHUNK_BYTES, `${id}:`)): NewChunk {
  return { id: id as ChunkId, digest: digestOf(bytes), bytes };
}

export function runOf(first: number, count: number): ChunkRun {
  return { first: first as ChunkId, count };
}

/** The digests of chunks that follow from their ids. */
export function sumsOf(runs: readonly ChunkRun[]): Uint8Array {
  const sums = runs.flatMap(({ first, count }) =>
    Array.from({ length: count }, (_, at) => keptChunk(first + at).digest),
  );
  return Buffer.concat(sums);
}

export interface KeptStore extends AsyncDisposable {
  store: PackChunkStore;
  directory: string;
}

export async function openKeptStore({
  clock,
  records = 1000,
  disk = systemDisk,
  directory: given,
}: {
  clock: Clock;
  /** How many chunks it has room for. */
  records?: number;
  disk?: Disk;
  /** One that was there before; a new one when absent. */
  directory?: string;
}): Promise<KeptStore> {
  const directory = given ?? (await mkdtemp(join(tmpdir(), "goliath-kept-")));
  const store = await openPackChunkStore({
    disk,
    directory,
    clock,
    capacityBytes: 32 + records * KEPT_RECORD_BYTES,
    freeBytesMin: 0,
  });
  return {
    store,
    directory,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    },
  };
}
