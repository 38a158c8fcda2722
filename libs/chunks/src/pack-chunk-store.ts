/** Chunks that came without a file: a keeper's, and what `put` copies in. */
import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { join } from "node:path";
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
import { isBrokenCatalogue, openCatalogue } from "./catalogue.ts";
import { missingChunk, reboundChunk, rottenChunk, throwIfAborted } from "./chunk-errors.ts";
import { normalizeRuns } from "./chunk-runs.ts";
import type { ChunkStore, HoldingsChange, ReadOptions } from "./chunk-store.ts";
import { FileHandles } from "./file-handles.ts";
import { readFully } from "./hash-file.ts";
import { PackAppendQueue } from "./pack-append-queue.ts";
import { PackCatalogue, PACKS_FORMAT, PACKS_SCHEMA } from "./pack-catalogue.ts";
import type { PackedChunk, PackUsage } from "./pack-catalogue.ts";
import { compactPacks } from "./pack-compaction.ts";
import { RECORD_HEADER_BYTES } from "./pack-format.ts";
import { recoverPacks, type PackRecovery } from "./pack-recovery.ts";
import { packPath, PackWriter } from "./pack-writer.ts";
import { Underway } from "./underway.ts";

/** Large enough that a keeper of 10 TB has 40,000 files, small enough to be compacted in a second. */
const PACK_BYTES_DEFAULT = 256 * 1024 * 1024;
/** Space left to others, and to the catalogue so that it can always drop and compact. */
const FREE_BYTES_DEFAULT = 64 * 1024 * 1024;
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
  /** Free bytes of the disk below which a write is refused as `full`. */
  freeBytesMin?: number;
  clock?: Clock;
  /** Unguessable bytes; the system's unless a test wants the same packs again. */
  random?: (bytes: number) => Uint8Array;
}

export interface PackChunkStore extends ChunkStore {
  /** What opening found and mended. */
  readonly recovery: PackRecovery;
  usage(): PackUsage;
  /** Frees dropped space, copying at most about 1 GiB; returns what is used then. Call it again. */
  compact(options?: { signal?: AbortSignal }): Promise<PackUsage>;
  /** Told of a chunk whose bytes are wrong. It is not offered any more; writing it anew mends it. */
  onProblem(listener: (problem: PackProblem) => void): () => void;
}

export interface PackProblem {
  kind: "rotten";
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

/** A broken catalogue is put aside: the packs tell all that it knew but what was dropped. */
async function openPackCatalogue({ disk, directory }: PackChunkStoreInit): Promise<Database> {
  const file = join(directory, "packs.db");
  const catalogue = {
    disk,
    file,
    format: PACKS_FORMAT,
    schema: PACKS_SCHEMA,
    durability: "normal",
  } as const;
  try {
    return openCatalogue(catalogue);
  } catch (thrown) {
    if (!isBrokenCatalogue(thrown)) throw thrown;
    await disk.rename(file, `${file}.broken`);
    await Promise.all(["-wal", "-shm"].map((suffix) => disk.rm(file + suffix, { force: true })));
    return openCatalogue(catalogue);
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
  readonly #capacityBytes: number;
  readonly #freeBytesMin: number;
  readonly #db: Database;
  readonly #catalogue: PackCatalogue;
  readonly #writer: PackWriter;
  readonly #queue: PackAppendQueue;
  readonly #handles: FileHandles;
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
    this.#capacityBytes = init.capacityBytes ?? Infinity;
    this.#freeBytesMin = init.freeBytesMin ?? FREE_BYTES_DEFAULT;
    this.#db = db;
    this.#catalogue = catalogue;
    this.#writer = writer;
    this.#queue = new PackAppendQueue({
      db,
      catalogue,
      writer,
      checkRoom: (bytes) => this.#checkRoom(bytes),
      onAdded: (added) => this.#changes.emit({ added, removed: [] }),
    });
    this.#handles = new FileHandles({
      disk: init.disk,
      clock: init.clock ?? systemClock,
      flags: constants.O_RDONLY,
    });
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
    const bytes = await this.#underway.track(this.#readRaw(chunk));
    if (equalBytes(digestOf(bytes), chunk.digest)) return bytes;
    throw this.#rotten(chunk);
  }

  async write(chunk: { id: ChunkId; digest: Digest; bytes: Uint8Array }): Promise<void> {
    const { id, digest, bytes } = chunk;
    if (bytes.length > CHUNK_BYTES_MAX) {
      throw new GoliathError("too-large", `a chunk has at most ${CHUNK_BYTES_MAX} bytes`);
    }
    const present = this.#writing.get(id) ?? this.#open().get(id);
    if (present && !equalBytes(present.digest, digest)) throw reboundChunk(id);
    if (present && "done" in present) return present.done;
    if (this.has(id)) return;
    const commit = (chunks: readonly PackedChunk[]) => this.#catalogue.add(chunks);
    const done = this.#queue.append({ records: [chunk], commit });
    this.#writing.set(id, { digest, done });
    await this.#underway.track(done).finally(() => this.#writing.delete(id));
  }

  async drop(runs: readonly ChunkRun[]): Promise<void> {
    await this.#underway.track(this.#drop(runs)).catch(rethrow);
  }

  async compact({ signal }: { signal?: AbortSignal } = {}): Promise<PackUsage> {
    this.#open();
    this.#compacting ??= this.#compact(signal).finally(() => (this.#compacting = undefined));
    await this.#underway.track(this.#compacting).catch(rethrow);
    return this.usage();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#underway.settled();
    await this.#writer[Symbol.asyncDispose]();
    await this.#handles[Symbol.asyncDispose]();
    this.#db.close();
  }

  async #drop(runs: readonly ChunkRun[]): Promise<void> {
    for (const run of normalizeRuns(runs)) {
      for (;;) {
        const chunks = this.#open().chunksIn(run, DROP_CHUNKS_MAX);
        const removed = this.#db.transaction(() => this.#catalogue.remove(chunks))();
        if (removed.length > 0) this.#changes.emit({ added: [], removed });
        if (chunks.length < DROP_CHUNKS_MAX) break;
        await nextTurn();
      }
    }
  }

  async #compact(signal: AbortSignal | undefined): Promise<void> {
    await compactPacks({
      disk: this.#disk,
      directory: this.#directory,
      db: this.#db,
      catalogue: this.#catalogue,
      writer: this.#writer,
      queue: this.#queue,
      readRaw: (chunk) => this.#readRaw(chunk),
      forget: (pack) => this.#handles.forget(pack),
      signal,
    });
  }

  /** The chunk's bytes, unchecked. A pack that compaction deletes meanwhile is followed once. */
  async #readRaw(chunk: PackedChunk): Promise<Uint8Array> {
    const file = { key: chunk.pack, path: packPath(this.#directory, chunk.pack) };
    const buffer = Buffer.allocUnsafeSlow(chunk.length);
    try {
      const start = chunk.offset + RECORD_HEADER_BYTES;
      const bytes = await this.#handles.use(file, (handle) => readFully(handle, buffer, start));
      if (bytes) return bytes;
    } catch (thrown) {
      const now = this.#catalogue.get(chunk.id);
      if (!now) throw missingChunk(chunk.id, thrown);
      if (now.pack !== chunk.pack) return this.#readRaw(now);
      if (!isUnreadable(thrown)) throw GoliathError.from(thrown);
    }
    throw this.#rotten(chunk);
  }

  /** The record stays; the chunk is offered again once it has been written anew. */
  #rotten(chunk: PackedChunk): GoliathError {
    const path = packPath(this.#directory, chunk.pack);
    const removed = this.#catalogue.disown([{ first: chunk.id, count: 1 }]);
    if (removed.length > 0) this.#changes.emit({ added: [], removed });
    this.#problems.emit({ kind: "rotten", id: chunk.id, path });
    return rottenChunk(chunk.id, path);
  }

  async #checkRoom(bytes: number): Promise<void> {
    if (this.#catalogue.usage().bytes + bytes > this.#capacityBytes) {
      throw new GoliathError("full", "the capacity given to this store is used up");
    }
    const { bavail, bsize } = await this.#disk.statfs(this.#directory);
    if (bavail * bsize - bytes < this.#freeBytesMin) {
      throw new GoliathError("full", "the disk is full: free some space");
    }
  }

  #open(): PackCatalogue {
    if (this.#closed) throw new GoliathError("closed", "the chunk store is closed");
    return this.#catalogue;
  }
}

function rethrow(thrown: unknown): never {
  throw GoliathError.from(thrown);
}

/** The disk has lost the bytes, or somebody deleted the pack: as bad as wrong bytes. */
function isUnreadable(thrown: unknown): boolean {
  return thrown instanceof Error && "code" in thrown && /^(EIO|ENOENT)$/u.test(String(thrown.code));
}
