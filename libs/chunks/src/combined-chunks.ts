/** Several readers as one: what a peer serves is its packs and all its files in place. */
import { hasCode, type ChunkId, type ChunkRun, type Digest } from "@goliath/protocols/nouns";
import { endOf, intersectRuns, normalizeRuns, subtractRuns, runBetween } from "./chunk-runs.ts";
import { missingChunk } from "./chunk-errors.ts";
import type { ChunkReader, HoldingsChange, ReadOptions, SmallLimits } from "./chunk-store.ts";

/** Asked in this order; the readers remain the caller's, who closes them. */
export function combineChunkReaders(readers: readonly ChunkReader[]): ChunkReader {
  return new CombinedChunks(readers);
}

/** Of readers that are closed one after the other the last may still tell of a change. */
function heldUnlessClosed(reader: ChunkReader, runs: readonly ChunkRun[]): ChunkRun[] {
  try {
    return reader.held(runs);
  } catch (error) {
    if (hasCode(error, "closed")) return [];
    throw error;
  }
}

class CombinedChunks implements ChunkReader {
  readonly #readers: readonly ChunkReader[];

  constructor(readers: readonly ChunkReader[]) {
    this.#readers = readers;
  }

  has(id: ChunkId): boolean {
    return this.#readers.some((reader) => reader.has(id));
  }

  held(runs: readonly ChunkRun[]): ChunkRun[] {
    return normalizeRuns(this.#readers.flatMap((reader) => reader.held(runs)));
  }

  /** When one reader fails, the next that has the chunk is asked; the first error is the answer. */
  async read(id: ChunkId, options: ReadOptions = {}): Promise<Uint8Array> {
    let failure: { thrown: unknown } | undefined;
    for (const reader of this.#readers.filter((reader) => reader.has(id))) {
      try {
        return await reader.read(id, options);
      } catch (thrown) {
        if (options.signal?.aborted) throw thrown;
        failure ??= { thrown };
      }
    }
    throw failure ? failure.thrown : missingChunk(id);
  }

  /** Each reader is asked for what those before it did not give. */
  async readSmall(
    ids: readonly ChunkId[],
    { lengthMax, bytesMax }: SmallLimits,
  ): Promise<(Uint8Array | undefined)[]> {
    const given: (Uint8Array | undefined)[] = ids.map(() => undefined);
    let left = bytesMax;
    for (const reader of this.#readers) {
      const places = [...ids.keys()].filter((at) => given[at] === undefined);
      const wanted = places.map((at) => ids[at] as ChunkId);
      const found = (await reader.readSmall?.(wanted, { lengthMax, bytesMax: left })) ?? [];
      for (const [i, bytes] of found.entries()) {
        const at = places[i];
        if (!bytes || at === undefined) continue;
        given[at] = bytes;
        left -= bytes.length;
      }
    }
    return given;
  }

  digests(runs: readonly ChunkRun[]): Uint8Array {
    const wanted = normalizeRuns(runs);
    const [missing] = subtractRuns(wanted, this.held(wanted));
    if (missing) throw missingChunk(missing.first);
    return new Uint8Array(Buffer.concat(runs.flatMap((run) => this.#digestsOf(run))));
  }

  find(digest: Digest): ChunkId | undefined {
    for (const reader of this.#readers) {
      const id = reader.find(digest);
      if (id !== undefined) return id;
    }
    return undefined;
  }

  runs(from: ChunkId, limit: number): ChunkRun[] {
    let found: ChunkRun[] = [];
    for (let next: number | undefined = from; next !== undefined && found.length <= limit;) {
      const start = next as ChunkId;
      const parts = this.#readers.map((reader) => reader.runs(start, limit));
      // A reader that filled its answer may hold more: only what lies before its end is certain.
      const ends = parts.flatMap((part) => (part.length < limit ? [] : part.slice(-1).map(endOf)));
      const end = Math.min(...ends, Number.MAX_SAFE_INTEGER);
      const certain = intersectRuns(normalizeRuns(parts.flat()), [runBetween(start, end)]);
      found = normalizeRuns([...found, ...certain]);
      next = ends.length > 0 ? end : undefined;
    }
    return found.slice(0, limit);
  }

  onChange(listener: (change: HoldingsChange) => void): () => void {
    const stops = this.#readers.map((reader) =>
      reader.onChange((change) => {
        const others = this.#readers.filter((other) => other !== reader);
        const rest = (runs: ChunkRun[]) =>
          subtractRuns(
            runs,
            normalizeRuns(others.flatMap((other) => heldUnlessClosed(other, runs))),
          );
        const [added, removed] = [rest(change.added), rest(change.removed)];
        if (added.length + removed.length > 0) listener({ added, removed });
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** In order, each part from the first reader that holds it. */
  #digestsOf(run: ChunkRun): Uint8Array[] {
    let rest = normalizeRuns([run]);
    const parts: { first: ChunkId; sums: Uint8Array }[] = [];
    for (const reader of this.#readers) {
      const held = reader.held(rest);
      for (const part of held) parts.push({ first: part.first, sums: reader.digests([part]) });
      rest = subtractRuns(rest, held);
    }
    return parts.toSorted((a, b) => a.first - b.first).map((part) => part.sums);
  }
}
