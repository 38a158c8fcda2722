/** The chunks of files on their way, as a `ChunkReader`: a peer serves each as soon as it has it. */
import {
  intersectRuns,
  normalizeRuns,
  type ChunkReader,
  type HoldingsChange,
} from "@goliath/chunks";
import {
  digestAt,
  GoliathError,
  spansOf,
  type ChunkId,
  type ChunkRun,
  type ChunkSpan,
} from "@goliath/protocols/nouns";
import { isInFolder } from "../share/folder-overlap.ts";
import type { PartialFile } from "./partial-file.ts";

interface Held {
  file: PartialFile;
  span: ChunkSpan;
}

/** Few files are on their way at a time, so they are searched one after the other. */
export class PartialChunks implements ChunkReader {
  readonly #files = new Set<PartialFile>();
  readonly #listeners = new Set<(change: HoldingsChange) => void>();

  /** Serves a file's chunks from now on. */
  add(file: PartialFile): void {
    this.#files.add(file);
    const added = this.#runsOf(file);
    if (added.length > 0) this.#emit({ added, removed: [] });
  }

  /** A chunk of an added file has been written. */
  wrote(id: ChunkId): void {
    this.#emit({ added: [{ first: id, count: 1 }], removed: [] });
  }

  /** Stops serving a file: it is complete and placed, or was given up. */
  remove(file: PartialFile): void {
    this.#files.delete(file);
    const removed = this.#runsOf(file);
    if (removed.length > 0) this.#emit({ added: [], removed });
  }

  /** Bytes of files on their way into a folder that have arrived. */
  heldBytes(folder: string): number {
    const inFolder = [...this.#files].filter(({ path }) => isInFolder(path, folder));
    return inFolder.reduce((sum, { heldBytes }) => sum + heldBytes, 0);
  }

  has(id: ChunkId): boolean {
    return this.#locate(id) !== undefined;
  }

  /** Walks what is on its way here, never the runs: another peer chose how long those are. */
  held(runs: readonly ChunkRun[]): ChunkRun[] {
    const wanted = normalizeRuns(runs);
    return normalizeRuns([...this.#files].flatMap((file) => heldOf(file, wanted)));
  }

  async read(id: ChunkId): Promise<Uint8Array> {
    const held = this.#locate(id);
    const bytes = await held?.file.read(held.span);
    if (!bytes) throw missing(id);
    return bytes;
  }

  digests(runs: readonly ChunkRun[]): Uint8Array {
    const sums: Uint8Array[] = [];
    for (const { first, count } of runs) {
      for (let id = first; id < first + count; id++) {
        const held = this.#locate(id as ChunkId);
        if (!held) throw missing(id as ChunkId);
        sums.push(digestAt(held.file.sums, held.span.index));
      }
    }
    return Buffer.concat(sums);
  }

  /** Reuse by digest is for whole files at rest: searching here would cost every chunk a walk. */
  find(): ChunkId | undefined {
    return undefined;
  }

  runs(from: ChunkId, limit: number): ChunkRun[] {
    const all = [...this.#files].flatMap((file) => this.#runsOf(file));
    return all
      .filter(({ first }) => first >= from)
      .toSorted((a, b) => a.first - b.first)
      .slice(0, limit);
  }

  onChange(listener: (change: HoldingsChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #emit(change: HoldingsChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  #locate(id: ChunkId): Held | undefined {
    for (const file of this.#files) {
      const span = spanOf(file, id);
      if (span && file.has(span)) return { file, span };
    }
    return undefined;
  }

  #runsOf(file: PartialFile): ChunkRun[] {
    const runs: ChunkRun[] = [];
    for (const span of spansOf(file.extents, { chunkBytes: file.chunkBytes })) {
      if (file.has(span)) appendId(runs, span.id);
    }
    return runs;
  }
}

/** What a file has of a normal set of ids. */
function heldOf(file: PartialFile, wanted: readonly ChunkRun[]): ChunkRun[] {
  const found: ChunkRun[] = [];
  let index = 0;
  for (const { first, count } of file.extents) {
    for (const part of intersectRuns(wanted, [{ first, count }])) {
      for (let id: number = part.first; id < part.first + part.count; id++) {
        if (file.has({ index: index + id - first })) appendId(found, id as ChunkId);
      }
    }
    index += count;
  }
  return found;
}

/** Appends an id to ascending runs, lengthening the last where it continues it. */
function appendId(runs: ChunkRun[], id: ChunkId): void {
  const last = runs.at(-1);
  if (last && last.first + last.count === id) last.count++;
  else runs.push({ first: id, count: 1 });
}

function spanOf({ extents, chunkBytes }: PartialFile, id: ChunkId): ChunkSpan | undefined {
  let offset = 0;
  let index = 0;
  for (const { first, count, bytes } of extents) {
    const i = id - first;
    if (i >= 0 && i < count) {
      const length = Math.min(chunkBytes, bytes - i * chunkBytes);
      return { id, index: index + i, offset: offset + i * chunkBytes, length };
    }
    offset += bytes;
    index += count;
  }
  return undefined;
}

function missing(id: ChunkId): GoliathError {
  return new GoliathError("missing", "the chunk is not here", { about: { id } });
}
