/** Puts bytes into the peer's own store under leased ids, ready to be committed. */
import type { ChunkStore } from "@goliath/chunks";
import { mapBounded } from "@goliath/kit";
import type { Lease } from "@goliath/protocols/index";
import {
  digestOf,
  type ChunkId,
  type Digest,
  type Extent,
  type LeaseId,
} from "@goliath/protocols/nouns";
import type { FreshChunks } from "../publish/chunk-plan.ts";
import type { Publisher } from "../publish/publisher.ts";

/** Chunks written at once: their fsyncs are grouped. */
const WRITES_AT_ONCE = 8;
/** Ids leased at a time when the length is not known before. */
const LEASE_CHUNKS = 256;

export interface StoredChunks {
  extents: Extent[];
  /** All digests, 32 bytes each. */
  sums: Uint8Array;
  size: number;
}

export interface StoreOptions {
  signal: AbortSignal;
  /** Told of each chunk's bytes as they are taken. */
  onBytes?: (bytes: number) => void;
}

export interface ChunkWriterInit {
  store: ChunkStore;
  publisher: Publisher;
  /** Told of each chunk that is on disk. */
  onStored?: ((id: ChunkId, bytes: number) => void) | undefined;
}

interface Noted {
  extents: Extent[];
  sums: Digest[];
  size: number;
}

/** One commit's worth of stored chunks: its leases are held until disposed of. */
export class ChunkWriter implements Disposable {
  readonly #store: ChunkStore;
  readonly #publisher: Publisher;
  readonly #onStored: ((id: ChunkId, bytes: number) => void) | undefined;
  readonly #held: Disposable[] = [];
  readonly #fresh: { lease: LeaseId; first: ChunkId; written: Digest[] }[] = [];
  #lease: (Lease & { used: number }) | undefined;
  #kept = false;

  constructor({ store, publisher, onStored }: ChunkWriterInit) {
    this.#onStored = onStored;
    this.#store = store;
    this.#publisher = publisher;
  }

  /** All that was stored, with its digests, as the commit needs it. */
  get fresh(): FreshChunks[] {
    return this.#fresh.map(({ lease, first, written }) => ({
      lease,
      first,
      count: written.length,
      sums: Buffer.concat(written),
    }));
  }

  /** Stores the chunks of one file, each of them full but the last. */
  async store(chunks: AsyncIterable<Uint8Array>, options: StoreOptions): Promise<StoredChunks> {
    const stored = { extents: [] as Extent[], sums: [] as Digest[], size: 0 };
    await mapBounded(
      this.#named(chunks, { ...options, stored }),
      WRITES_AT_ONCE,
      async (chunk) => {
        await this.#store.write(chunk);
        this.#onStored?.(chunk.id, chunk.bytes.length);
      },
      { signal: options.signal },
    );
    return { ...stored, sums: Buffer.concat(stored.sums) };
  }

  /** Gives each chunk its id, in order, and notes it as part of the file. */
  async *#named(
    chunks: AsyncIterable<Uint8Array>,
    { signal, onBytes, stored }: StoreOptions & { stored: Noted },
  ): AsyncGenerator<{ id: ChunkId; digest: Digest; bytes: Uint8Array }> {
    for await (const bytes of chunks) {
      signal.throwIfAborted();
      const digest = digestOf(bytes);
      const id = await this.#take(digest, signal);
      stored.sums.push(digest);
      stored.size += bytes.length;
      appendChunk(stored.extents, { id, length: bytes.length });
      yield { id, digest, bytes };
      onBytes?.(bytes.length);
    }
  }

  /** A commit that uses what is stored is on its way: it stays, whatever becomes of the answer. */
  keep(): void {
    this.#kept = true;
  }

  /** The commit was refused. */
  giveUp(): void {
    this.#kept = false;
  }

  /** After a failure: the ids will never be used, unless a commit may have happened. */
  async discard(): Promise<void> {
    if (this.#kept) return;
    await this.#store.drop(this.fresh.map(({ first, count }) => ({ first, count })));
  }

  [Symbol.dispose](): void {
    for (const held of this.#held) held[Symbol.dispose]();
  }

  async #take(digest: Digest, signal: AbortSignal): Promise<ChunkId> {
    let lease = this.#lease;
    if (!lease || lease.used === lease.count) {
      const held = await this.#publisher.leaseChunks(LEASE_CHUNKS, { signal });
      this.#held.push(held);
      const [taken] = held.leases;
      if (!taken) throw new RangeError("no ids were leased");
      lease = { ...taken, used: 0 };
      this.#lease = lease;
      this.#fresh.push({ lease: taken.lease, first: taken.first, written: [] });
    }
    this.#fresh.at(-1)?.written.push(digest);
    return (lease.first + lease.used++) as ChunkId;
  }
}

function appendChunk(extents: Extent[], { id, length }: { id: ChunkId; length: number }): void {
  const last = extents.at(-1);
  if (last && last.first + last.count === id) {
    last.count++;
    last.bytes += length;
  } else extents.push({ first: id, count: 1, bytes: length });
}
