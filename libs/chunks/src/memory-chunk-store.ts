/** A chunk store that forgets everything when the process ends: for tests and simulations. */
import { equalBytes } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import { intersectRuns, normalizeRuns, runsOfIds, subtractRuns } from "./chunk-runs.ts";
import { missingChunk, reboundChunk, throwIfAborted } from "./chunk-errors.ts";
import type { ChunkStore, HoldingsChange, ReadOptions } from "./chunk-store.ts";
import { Listeners } from "@goliath/kit";

export class MemoryChunkStore implements ChunkStore {
  readonly #chunks = new Map<ChunkId, { digest: Digest; bytes: Uint8Array }>();
  /** All ids as runs, made when asked for and thrown away by every change. */
  #runs: ChunkRun[] | undefined;
  readonly #changes = new Listeners<HoldingsChange>();

  has(id: ChunkId): boolean {
    return this.#chunks.has(id);
  }

  held(runs: readonly ChunkRun[]): ChunkRun[] {
    return intersectRuns(normalizeRuns(runs), this.#allRuns());
  }

  async read(id: ChunkId, { signal }: ReadOptions = {}): Promise<Uint8Array> {
    throwIfAborted(signal);
    const chunk = this.#chunks.get(id);
    if (!chunk) throw missingChunk(id);
    return chunk.bytes;
  }

  digests(runs: readonly ChunkRun[]): Uint8Array {
    const [missing] = subtractRuns(normalizeRuns(runs), this.#allRuns());
    if (missing) throw missingChunk(missing.first);
    const sums: Uint8Array[] = [];
    for (const { first, count } of runs) {
      for (let i = 0; i < count; i++) {
        sums.push(this.#chunks.get((first + i) as ChunkId)?.digest ?? new Uint8Array());
      }
    }
    return new Uint8Array(Buffer.concat(sums));
  }

  find(digest: Digest): ChunkId | undefined {
    for (const [id, chunk] of this.#chunks) if (equalBytes(chunk.digest, digest)) return id;
    return undefined;
  }

  runs(from: ChunkId, limit: number): ChunkRun[] {
    const rest = { first: from, count: Number.MAX_SAFE_INTEGER - from };
    return intersectRuns([rest], this.#allRuns()).slice(0, limit);
  }

  onChange(listener: (change: HoldingsChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  async write(chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array }): Promise<void> {
    const present = this.#chunks.get(chunk.id);
    if (present && !equalBytes(present.digest, chunk.digest)) throw reboundChunk(chunk.id);
    if (present) return;
    this.#chunks.set(chunk.id, {
      digest: chunk.digest.slice() as Digest,
      bytes: chunk.bytes.slice(),
    });
    this.#runs = undefined;
    this.#changes.emit({ added: [{ first: chunk.id, count: 1 }], removed: [] });
  }

  async drop(runs: readonly ChunkRun[]): Promise<void> {
    const removed = this.held(runs);
    if (removed.length === 0) return;
    for (const { first, count } of removed) {
      for (let i = 0; i < count; i++) this.#chunks.delete((first + i) as ChunkId);
    }
    this.#runs = undefined;
    this.#changes.emit({ added: [], removed });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#chunks.clear();
    this.#runs = undefined;
  }

  #allRuns(): ChunkRun[] {
    return (this.#runs ??= runsOfIds(this.#chunks.keys()));
  }
}
