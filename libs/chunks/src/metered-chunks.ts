/** A store whose traffic is counted. */
import type { ChunkId, Digest } from "@goliath/protocols/nouns";
import type { ReadOptions } from "./chunk-store.ts";
import { ForwardedChunks } from "./forwarded-chunks.ts";

/** Since the store was made. Calls count when they end. */
export interface ChunkTraffic {
  reads: number;
  readBytes: number;
  readsFailed: number;
  writes: number;
  writtenBytes: number;
  writesFailed: number;
}

export class MeteredChunks extends ForwardedChunks {
  readonly #traffic: ChunkTraffic = {
    reads: 0,
    readBytes: 0,
    readsFailed: 0,
    writes: 0,
    writtenBytes: 0,
    writesFailed: 0,
  };

  traffic(): ChunkTraffic {
    return { ...this.#traffic };
  }

  override async read(id: ChunkId, options?: ReadOptions): Promise<Uint8Array> {
    try {
      const bytes = await super.read(id, options);
      this.#traffic.reads++;
      this.#traffic.readBytes += bytes.length;
      return bytes;
    } catch (thrown) {
      this.#traffic.readsFailed++;
      throw thrown;
    }
  }

  override async write(chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array }): Promise<void> {
    try {
      await super.write(chunk);
      this.#traffic.writes++;
      this.#traffic.writtenBytes += chunk.bytes.length;
    } catch (thrown) {
      this.#traffic.writesFailed++;
      throw thrown;
    }
  }
}
