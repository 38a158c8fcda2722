/** Takes chunks from this disk where the same bytes are held under any id, else from the swarm. */
import type { ChunkReader } from "@goliath/chunks";
import { digestOf, equalBytes } from "@goliath/protocols/nouns";
import type { ChunkFetcher, ChunkNeed, FetchOptions } from "../parts.ts";

export class LocalFirst implements ChunkFetcher {
  readonly #chunks: ChunkReader;
  readonly #swarm: ChunkFetcher;

  constructor({ chunks, swarm }: { chunks: ChunkReader; swarm: ChunkFetcher }) {
    this.#chunks = chunks;
    this.#swarm = swarm;
  }

  async fetch(need: ChunkNeed, options: FetchOptions = {}): Promise<Uint8Array> {
    return (await this.#local(need)) ?? (await this.#swarm.fetch(need, options));
  }

  /** What is here under any id is read from here; the others are asked for together. */
  async fetchSmall(
    needs: readonly ChunkNeed[],
    options: { signal: AbortSignal },
  ): Promise<(Uint8Array | undefined)[]> {
    const local = await Promise.all(needs.map((need) => this.#local(need)));
    const lacking = needs.filter((_, at) => local[at] === undefined);
    if (lacking.length === 0 || !this.#swarm.fetchSmall) return local;
    const fetched = await this.#swarm.fetchSmall(lacking, options);
    const byId = new Map(lacking.map(({ id }, at) => [id, fetched[at]]));
    return needs.map(({ id }, at) => local[at] ?? byId.get(id));
  }

  async #local({ id, digest }: ChunkNeed): Promise<Uint8Array | undefined> {
    const held = this.#chunks.has(id) ? id : this.#chunks.find(digest);
    if (held === undefined) return undefined;
    const bytes = await this.#chunks.read(held).catch(() => undefined);
    return bytes && equalBytes(digestOf(bytes), digest) ? bytes : undefined;
  }
}
