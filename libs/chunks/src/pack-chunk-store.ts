/** Chunks that came without a file: a keeper's, and what `put` copies in. */
import { randomBytes } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Database } from "better-sqlite3";
import {
  Listeners,
  makeDirectoryDurably,
  syncDirectory,
  systemClock,
  type Clock,
  type Disk,
} from "@goliath/kit";
import { CHUNK_BYTES_MAX, digestOf, equalBytes, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import { missingChunk, reboundChunk, rottenChunk, throwIfAborted } from "./chunk-errors.ts";
import { endOf, normalizeRuns, runBetween } from "./chunk-runs.ts";
import type {
  ChunkStore,
  HoldingsChange,
  NewChunk,
  ReadOptions,
  RoomReservation,
  SpaceKeeper,
  StoreSpace,
} from "./chunk-store.ts";
import { PackAppendQueue } from "./pack-append-queue.ts";
import { openPackCatalogue } from "./open-pack-catalogue.ts";
import { PackCatalogue } from "./pack-catalogue.ts";
import type { PackedChunk, PackUsage } from "./pack-catalogue.ts";
import { compactPacks } from "./pack-compaction.ts";
import { PACK_HEADER_BYTES, RECORD_HEADER_BYTES } from "./pack-format.ts";
import { recoverPacks, type PackRecovery } from "./pack-recovery.ts";
import { scrubPack, type Pace, type ScrubbedPack } from "./pack-scrub.ts";
import { PackReads } from "./pack-reads.ts";
import { PackSpace, type PackRoom } from "./pack-space.ts";
import { packPath, PackWriter } from "./pack-writer.ts";
import { Underway } from "./underway.ts";

/** Large enough that a keeper of 10 TB has 40,000 files, small enough to be compacted in a second. */
const PACK_BYTES_DEFAULT = 256 * 1024 * 1024;
/** Space left to others, and to the catalogue so that it can always drop and compact. */
const FREE_BYTES_DEFAULT = 64 * 1024 * 1024;
/** Bytes written with one sync, in packs that are longer than that. */
const GROUP_BYTES_MAX = 16 * 1024 * 1024;
/** Chunks dropped in one transaction: some milliseconds in which nothing else runs. */
const DROP_CHUNKS_MAX = 2048;

export interface PackChunkStoreInit {
  disk: Disk;
  /** Made when absent; holds `packs.db` and `pack-<n>.pack`. One process at a time. */
  directory: string;
  /** A pack this long is closed and the next one begun. */
  packBytesMax?: number;
  /** All packs together; a write beyond it is refused as `full`. */
  capacityBytes?: number;
  /**
   * Of the capacity, what only compaction uses, which copies a pack before it deletes it; without
   * it compaction goes beyond the capacity for a moment. As long as a pack is right.
   */
  spareBytes?: number;
  /** Free bytes of the disk below which a write is refused as `full`. */
  freeBytesMin?: number;
  clock?: Clock;
  /** Unguessable bytes; the system's unless a test wants the same packs again. */
  random?: (bytes: number) => Uint8Array;
}

export interface PackWork {
  signal?: AbortSignal;
  /** Called before or after each piece of work, with its bytes; it goes on when it resolves. */
  pace?: Pace;
}

export interface PackChunkStore extends ChunkStore, SpaceKeeper {
  /** What opening found and mended. */
  readonly recovery: PackRecovery;
  usage(): PackUsage;
  /** Frees dropped space, copying at most about 1 GiB; returns what is used then. Call it again. */
  compact(options?: PackWork): Promise<PackUsage>;
  /**
   * Hashes anew the pack for which that is longest ago, if it is before `beforeMs`, milliseconds
   * since 1970. What has rotted is held no longer and told to `onProblem`.
   */
  scrub(options: PackWork & { beforeMs: number }): Promise<ScrubbedPack | undefined>;
  /** Told of a chunk that cannot be shown. It is not offered any more; writing it anew mends it. */
  onProblem(listener: (problem: PackProblem) => void): () => void;
}

export interface PackProblem {
  /** Its bytes are wrong or gone, or the disk has failed to read them for long. */
  kind: "rotten" | "unreadable";
  id: ChunkId;
  /** The pack. */
  path: string;
}

/** Throws `locked` when another process has it open, `unsupported` when a newer one wrote it. */
export async function openPackChunkStore(init: PackChunkStoreInit): Promise<PackChunkStore> {
  const { disk, directory, packBytesMax = PACK_BYTES_DEFAULT, random = randomBytes } = init;
  await using opening = new AsyncDisposableStack();
  try {
    await makeDirectoryDurably(directory, { disk });
    const db = opening.adopt(await openPackCatalogue(init), (opened) => void opened.close());
    const catalogue = new PackCatalogue(db);
    const recovery = await recoverPacks({ disk, directory, db, catalogue });
    const packs = catalogue.packs();
    const newest = packs.at(-1);
    const next = recovery.lastPack + 1;
    const writer = opening.use(new PackWriter({ disk, directory, packBytesMax, random, next }));
    if (newest && newest.bytes < packBytesMax) await writer.resume(newest.pack, newest.bytes);
    await syncDirectory(disk, directory);
    const store = new DiskPackChunkStore(init, { db, catalogue, writer, recovery });
    opening.move();
    return store;
  } catch (thrown) {
    throw GoliathError.from(thrown);
  }
}

interface PackParts {
  db: Database;
  catalogue: PackCatalogue;
  writer: PackWriter;
  recovery: PackRecovery;
}

class DiskPackChunkStore implements PackChunkStore {
  readonly recovery: PackRecovery;
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #clock: Clock;
  readonly #db: Database;
  readonly #catalogue: PackCatalogue;
  readonly #writer: PackWriter;
  readonly #queue: PackAppendQueue;
  readonly #space: PackSpace;
  readonly #reads: PackReads;
  readonly #changes = new Listeners<HoldingsChange>();
  readonly #problems = new Listeners<PackProblem>();
  readonly #underway = new Underway();
  /** Writes that wait, so that the same chunk is not written twice. */
  readonly #writing = new Map<ChunkId, { digest: Digest; done: Promise<void> }>();
  #compacting: Promise<void> | undefined;
  #closed = false;

  constructor(init: PackChunkStoreInit, { db, catalogue, writer, recovery }: PackParts) {
    this.recovery = recovery;
    this.#disk = init.disk;
    this.#directory = init.directory;
    const { packBytesMax = PACK_BYTES_DEFAULT, clock = systemClock } = init;
    this.#clock = clock;
    this.#db = db;
    this.#catalogue = catalogue;
    this.#writer = writer;
    this.#space = new PackSpace({
      disk: init.disk,
      directory: init.directory,
      capacityBytes: init.capacityBytes ?? Infinity,
      freeBytesMin: init.freeBytesMin ?? FREE_BYTES_DEFAULT,
      spareBytes: init.spareBytes ?? 0,
      usedBytes: () => this.#usedBytes(),
      headerBytes: () => (writer.active ? 0 : PACK_HEADER_BYTES),
    });
    this.#queue = new PackAppendQueue({
      db,
      catalogue,
      writer,
      space: this.#space,
      groupBytesMax: Math.min(GROUP_BYTES_MAX, packBytesMax),
      onAdded: (added) => this.#changes.emit({ added, removed: [] }),
    });
    const { disk, directory } = init;
    this.#reads = new PackReads({ disk, directory, clock, catalogue });
  }

  has(id: ChunkId): boolean {
    return this.#open().held.has(id);
  }

  held(runs: readonly ChunkRun[]): ChunkRun[] {
    return this.#open().held.within(runs);
  }

  digests(runs: readonly ChunkRun[]): Uint8Array {
    const catalogue = this.#open();
    const missing = catalogue.held.firstMissing(runs);
    if (missing !== undefined) throw missingChunk(missing);
    return new Uint8Array(Buffer.concat(runs.map((run) => catalogue.digests(run))));
  }

  find(digest: Digest): ChunkId | undefined {
    return this.#open().find(digest);
  }

  runs(from: ChunkId, limit: number): ChunkRun[] {
    return this.#open().held.runs(from, limit);
  }

  usage(): PackUsage {
    return this.#open().usage();
  }

  onChange(listener: (change: HoldingsChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }

  onProblem(listener: (problem: PackProblem) => void): () => void {
    return this.#problems.subscribe(listener);
  }

  async read(id: ChunkId, { signal }: ReadOptions = {}): Promise<Uint8Array> {
    throwIfAborted(signal);
    const chunk = this.#open().get(id);
    if (!chunk) throw missingChunk(id);
    const { bytes, fault } = await this.#underway.track(this.#reads.read(chunk));
    if (bytes && equalBytes(digestOf(bytes), chunk.digest)) return bytes;
    throw this.#lost(chunk, fault === undefined ? "rotten" : "unreadable");
  }

  write(chunk: NewChunk): Promise<void> {
    return this.#write(chunk);
  }

  async space(): Promise<StoreSpace> {
    this.#open();
    return this.#space.space();
  }

  async reserve({ chunks, bytes }: { chunks: number; bytes: number }): Promise<RoomReservation> {
    this.#open();
    const room = await this.#space.reserve(bytes + chunks * RECORD_HEADER_BYTES);
    return {
      write: (chunk) => this.#write(chunk, room),
      [Symbol.dispose]: () => this.#space.release(room),
    };
  }

  async drop(runs: readonly ChunkRun[]): Promise<void> {
    await this.#underway.track(this.#drop(normalizeRuns(runs))).catch(rethrow);
  }

  async compact(work: PackWork = {}): Promise<PackUsage> {
    this.#open();
    this.#compacting ??= this.#compact(work).finally(() => (this.#compacting = undefined));
    await this.#underway.track(this.#compacting).catch(rethrow);
    return this.usage();
  }

  async scrub({
    beforeMs,
    ...work
  }: PackWork & { beforeMs: number }): Promise<ScrubbedPack | undefined> {
    const pack = this.#open().stalestPack({ nowMs: this.#clock.nowMs(), beforeMs });
    if (pack === undefined) return undefined;
    return this.#underway.track(this.#scrub(pack, work)).catch(rethrow);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#underway.settled();
    await this.#writer[Symbol.asyncDispose]();
    await this.#reads[Symbol.asyncDispose]();
    this.#db.close();
  }

  async #write(chunk: NewChunk, room?: PackRoom): Promise<void> {
    const { id, digest, bytes } = chunk;
    if (bytes.length > CHUNK_BYTES_MAX) {
      throw new GoliathError("too-large", `a chunk has at most ${CHUNK_BYTES_MAX} bytes`);
    }
    const present = this.#writing.get(id) ?? this.#open().get(id);
    if (present && !equalBytes(present.digest, digest)) throw reboundChunk(id);
    if (present && "done" in present) return present.done;
    if (this.has(id)) return;
    const commit = (chunks: readonly PackedChunk[]) => this.#catalogue.add(chunks);
    const done = this.#queue.append({ records: [chunk], commit, room });
    this.#writing.set(id, { digest, done });
    await this.#underway.track(done).finally(() => this.#writing.delete(id));
  }

  /** Hidden in one step, then forgotten in many: what was written anew meanwhile stays. */
  async #drop(runs: readonly ChunkRun[]): Promise<void> {
    const catalogue = this.#open();
    const removed = this.#db.transaction(() => catalogue.disown(runs))();
    if (removed.length > 0) this.#changes.emit({ added: [], removed });
    await this.#forgetHidden(runs);
    // Commits are not synced one by one, and whoever ordered this counts on it.
    this.#open();
    this.#db.pragma("wal_checkpoint(PASSIVE)");
  }

  async #forgetHidden(runs: readonly ChunkRun[]): Promise<void> {
    const catalogue = this.#open();
    for (const run of runs) {
      for (let from: number = run.first; ;) {
        const rest = runBetween(from, endOf(run));
        const chunks = this.#open().chunksIn(rest, DROP_CHUNKS_MAX);
        const hidden = chunks.filter(({ id }) => !catalogue.held.has(id));
        this.#db.transaction(() => catalogue.remove(hidden))();
        const last = chunks.at(-1);
        if (!last || chunks.length < DROP_CHUNKS_MAX) break;
        from = last.id + 1;
        await nextTurn();
      }
    }
  }

  async #compact({ signal, pace }: PackWork): Promise<void> {
    await compactPacks({
      disk: this.#disk,
      directory: this.#directory,
      db: this.#db,
      catalogue: this.#catalogue,
      writer: this.#writer,
      queue: this.#queue,
      readRaw: async (chunk) => (await this.#reads.attempt(chunk)).bytes,
      forget: (pack) => this.#reads.forget(pack),
      hasRoom: (bytes) => this.#space.hasRoomToCopy(bytes),
      pace,
      signal,
    });
  }

  async #scrub(pack: number, { signal, pace }: PackWork): Promise<ScrubbedPack> {
    const found = await scrubPack(pack, {
      db: this.#db,
      catalogue: this.#catalogue,
      read: (chunk) => this.#reads.attempt(chunk),
      onLost: (chunk, kind) => void this.#lost(chunk, kind),
      onAdded: (added) => this.#changes.emit({ added, removed: [] }),
      pace,
      wait: (ms, stop) => this.#clock.sleep(ms, stop),
      signal,
    });
    this.#catalogue.setScrubbed(pack, Math.floor(this.#clock.nowMs()));
    return found;
  }

  /** The record stays; the chunk is offered again once it has been read or written anew. */
  #lost(chunk: PackedChunk, kind: PackProblem["kind"]): GoliathError {
    const path = packPath(this.#directory, chunk.pack);
    const removed = this.#catalogue.disown([{ first: chunk.id, count: 1 }]);
    if (removed.length > 0) this.#changes.emit({ added: [], removed });
    this.#problems.emit({ kind, id: chunk.id, path });
    return rottenChunk(chunk.id, path);
  }

  /** Of all packs on the disk: the one that is written to may be longer than is known yet. */
  #usedBytes(): number {
    const { active, litterBytes } = this.#writer;
    const known = this.#catalogue.usage().bytes + litterBytes;
    return active ? known - this.#catalogue.packBytes(active.pack) + active.end : known;
  }

  #open(): PackCatalogue {
    if (this.#closed) throw new GoliathError("closed", "the chunk store is closed");
    return this.#catalogue;
  }
}

function rethrow(thrown: unknown): never {
  throw GoliathError.from(thrown);
}
