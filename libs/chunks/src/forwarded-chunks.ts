/** A store that hands everything on: the ground decorators stand on. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import type {
  ChunkReader,
  ChunkStore,
  HoldingsChange,
  ReadOptions,
  SmallLimits,
} from "./chunk-store.ts";

/** What can be decorated: a store, or a reader, over which `write` and `drop` are `unsupported`. */
export type Decorated = ChunkReader & Partial<ChunkStore>;

export class ForwardedChunks implements ChunkStore {
  readonly #inner: Decorated;

  constructor(inner: Decorated) {
    this.#inner = inner;
  }

  has(id: ChunkId): boolean {
    return this.#inner.has(id);
  }

  held(runs: readonly ChunkRun[]): ChunkRun[] {
    return this.#inner.held(runs);
  }

  read(id: ChunkId, options?: ReadOptions): Promise<Uint8Array> {
    return this.#inner.read(id, options);
  }

  async readSmall(
    ids: readonly ChunkId[],
    limits: SmallLimits,
  ): Promise<(Uint8Array | undefined)[]> {
    return (await this.#inner.readSmall?.(ids, limits)) ?? [];
  }

  digests(runs: readonly ChunkRun[]): Uint8Array {
    return this.#inner.digests(runs);
  }

  find(digest: Digest): ChunkId | undefined {
    return this.#inner.find(digest);
  }

  runs(from: ChunkId, limit: number): ChunkRun[] {
    return this.#inner.runs(from, limit);
  }

  onChange(listener: (change: HoldingsChange) => void): () => void {
    return this.#inner.onChange(listener);
  }

  async write(chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array }): Promise<void> {
    if (!this.#inner.write) throw readOnly();
    await this.#inner.write(chunk);
  }

  async drop(runs: readonly ChunkRun[]): Promise<void> {
    if (!this.#inner.drop) throw readOnly();
    await this.#inner.drop(runs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]?.();
  }
}

function readOnly(): GoliathError {
  return new GoliathError("unsupported", "these chunks can only be read");
}
