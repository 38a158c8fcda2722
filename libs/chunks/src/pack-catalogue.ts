/** Where each chunk lies in the packs. Everything here can be made again by reading the packs. */
import type { Database, Statement } from "better-sqlite3";
import { equalBytes, DIGEST_BYTES } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import { endOf, runsOfIds } from "./chunk-runs.ts";
import { HELD_RUNS_SCHEMA, HeldRuns } from "./held-runs.ts";
import { RECORD_HEADER_BYTES } from "./pack-format.ts";

export const PACKS_FORMAT = 1;
export const PACKS_SCHEMA = `
  -- bytes: the length that is on disk and known here; live: bytes of records that are in use;
  -- dead: all of it was copied elsewhere, the file only waits to be deleted.
  CREATE TABLE packs (
    pack INTEGER PRIMARY KEY, bytes INTEGER NOT NULL, live INTEGER NOT NULL, dead INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, pack INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
    digest BLOB NOT NULL
  ) STRICT;
  CREATE INDEX chunks_of_pack ON chunks (pack, offset);
  CREATE INDEX chunks_by_digest ON chunks (substr(digest, 1, 8));
  ${HELD_RUNS_SCHEMA}
`;
/**
 * When each pack was last hashed anew, in milliseconds since 1970. Made where it is lacking: a
 * version that does not know it is not misled.
 */
export const SCRUBBED_SCHEMA = `
  CREATE TABLE IF NOT EXISTS scrubbed (pack INTEGER PRIMARY KEY, at INTEGER NOT NULL) STRICT;
`;

/** A chunk's record: `offset` is where its header begins. */
export interface PackedChunk {
  id: ChunkId;
  pack: number;
  offset: number;
  length: number;
  digest: Digest;
}

export interface PackRow {
  pack: number;
  bytes: number;
  live: number;
  dead: 0 | 1;
}

export interface PackUsage {
  /** Bytes of all packs on disk. */
  bytes: number;
  /** Of these, what chunks in use take; compaction can free the rest. */
  live: number;
}

/** Synchronous; what changes belongs inside the caller's transaction. */
export class PackCatalogue {
  readonly held: HeldRuns;
  readonly #byId: Statement<[number], PackedChunk>;
  readonly #inRange: Statement<[number, number, number], PackedChunk>;
  readonly #ofPack: Statement<[number, number, number], PackedChunk>;
  readonly #byDigest: Statement<[Uint8Array], { id: ChunkId; digest: Uint8Array }>;
  readonly #digests: Statement<[number, number], Digest>;
  readonly #insert: Statement<unknown[]>;
  readonly #delete: Statement<[number]>;
  readonly #addLive: Statement<[number, number]>;
  readonly #packs: Statement<[], PackRow>;
  readonly #putPack: Statement<[number, number]>;
  readonly #bury: Statement<[number]>;
  readonly #deletePack: Statement<[number]>;
  readonly #usage: Statement<[], PackUsage>;
  readonly #packBytes: Statement<[number], number>;
  readonly #stalest: Statement<[{ nowMs: number; beforeMs: number }], number>;
  readonly #setScrubbed: Statement<[number, number]>;
  readonly #forgetScrubbed: Statement<[number]>;

  constructor(db: Database) {
    this.held = new HeldRuns(db);
    this.#byId = db.prepare("SELECT * FROM chunks WHERE id = ?");
    this.#inRange = db.prepare("SELECT * FROM chunks WHERE id >= ? AND id < ? ORDER BY id LIMIT ?");
    this.#ofPack = db.prepare(
      "SELECT * FROM chunks WHERE pack = ? AND offset >= ? ORDER BY offset LIMIT ?",
    );
    this.#byDigest = db.prepare("SELECT id, digest FROM chunks WHERE substr(digest, 1, 8) = ?");
    this.#digests = db.prepare<[number, number], Digest>(
      "SELECT digest FROM chunks WHERE id >= ? AND id < ? ORDER BY id",
    );
    this.#digests.pluck();
    this.#insert = db.prepare("INSERT INTO chunks VALUES (?, ?, ?, ?, ?)");
    this.#delete = db.prepare("DELETE FROM chunks WHERE id = ?");
    this.#addLive = db.prepare("UPDATE packs SET live = live + ? WHERE pack = ?");
    this.#packs = db.prepare("SELECT * FROM packs ORDER BY pack");
    this.#putPack = db.prepare(
      `INSERT INTO packs VALUES (?, ?, 0, 0)
       ON CONFLICT (pack) DO UPDATE SET bytes = excluded.bytes`,
    );
    this.#bury = db.prepare("UPDATE packs SET dead = 1 WHERE pack = ?");
    this.#deletePack = db.prepare("DELETE FROM packs WHERE pack = ?");
    this.#usage = db.prepare(
      "SELECT ifnull(sum(bytes), 0) AS bytes, ifnull(sum(live), 0) AS live FROM packs",
    );
    this.#packBytes = db.prepare<[number], number>("SELECT bytes FROM packs WHERE pack = ?");
    this.#packBytes.pluck();
    // A time that is still to come says nothing: the clock was wrong then, or is now.
    this.#stalest = db.prepare<[{ nowMs: number; beforeMs: number }], number>(
      `SELECT pack FROM (
         SELECT pack, CASE WHEN at <= :nowMs THEN at ELSE 0 END AS then_ms
         FROM (SELECT pack, ifnull(at, 0) AS at FROM packs LEFT JOIN scrubbed USING (pack)
               WHERE live > 0)
       ) WHERE then_ms < :beforeMs ORDER BY then_ms, pack LIMIT 1`,
    );
    this.#stalest.pluck();
    this.#setScrubbed = db.prepare("INSERT OR REPLACE INTO scrubbed VALUES (?, ?)");
    this.#forgetScrubbed = db.prepare("DELETE FROM scrubbed WHERE pack = ?");
  }

  get(id: ChunkId): PackedChunk | undefined {
    return this.#byId.get(id);
  }

  find(digest: Digest): ChunkId | undefined {
    const alike = this.#byDigest.all(digest.subarray(0, 8));
    return alike.find((row) => equalBytes(row.digest, digest) && this.held.has(row.id))?.id;
  }

  /** The digests of a run that is held, whole. */
  digests({ first, count }: ChunkRun): Uint8Array {
    const sums = new Uint8Array(count * DIGEST_BYTES);
    let at = 0;
    for (const digest of this.#digests.iterate(first, first + count)) {
      sums.set(digest, at);
      at += DIGEST_BYTES;
    }
    return sums;
  }

  /** Chunks of a run, in the order of ids. */
  chunksIn(run: ChunkRun, limit: number): PackedChunk[] {
    return this.#inRange.all(run.first, endOf(run), limit);
  }

  /** Chunks of a pack, in the order they lie, from an offset on. */
  chunksOf(pack: number, { from, limit }: { from: number; limit: number }): PackedChunk[] {
    return this.#ofPack.all(pack, from, limit);
  }

  /** Chunks that are on disk; one that rotted before is replaced. Returns the runs now held. */
  add(chunks: readonly PackedChunk[]): ChunkRun[] {
    for (const chunk of chunks) this.#put(chunk);
    const runs = runsOfIds(chunks.map((chunk) => chunk.id));
    this.held.add(runs);
    return runs;
  }

  /** A copy of a chunk of the pack `from` takes its place; ignored when dropped meanwhile. */
  relocate(copy: PackedChunk, { from }: { from: number }): void {
    if (this.get(copy.id)?.pack === from) this.#put(copy);
  }

  /** Returns what was held of these chunks. */
  remove(chunks: readonly PackedChunk[]): ChunkRun[] {
    const ids = runsOfIds(chunks.map((chunk) => chunk.id));
    for (const { id } of chunks) this.#forget(id);
    return this.disown(ids);
  }

  /** The chunks are no longer offered, though their records stay. */
  disown(runs: readonly ChunkRun[]): ChunkRun[] {
    const removed = this.held.within(runs);
    this.held.remove(removed);
    return removed;
  }

  packs(): PackRow[] {
    return this.#packs.all();
  }

  setPackBytes(pack: number, bytes: number): void {
    this.#putPack.run(pack, bytes);
  }

  buryPack(pack: number): void {
    this.#bury.run(pack);
  }

  deletePack(pack: number): void {
    this.#deletePack.run(pack);
    this.#forgetScrubbed.run(pack);
  }

  /** What is known to be on disk of a pack; 0 for one that is not known. */
  packBytes(pack: number): number {
    return this.#packBytes.get(pack) ?? 0;
  }

  /** The pack in use that was hashed longest ago, if that is before `beforeMs`. */
  stalestPack(times: { nowMs: number; beforeMs: number }): number | undefined {
    return this.#stalest.get(times);
  }

  setScrubbed(pack: number, atMs: number): void {
    this.#setScrubbed.run(pack, atMs);
  }

  usage(): PackUsage {
    return this.#usage.get() ?? { bytes: 0, live: 0 };
  }

  #put(chunk: PackedChunk): void {
    this.#forget(chunk.id);
    this.#insert.run(chunk.id, chunk.pack, chunk.offset, chunk.length, chunk.digest);
    this.#addLive.run(recordBytes(chunk), chunk.pack);
  }

  #forget(id: ChunkId): void {
    const old = this.get(id);
    if (!old) return;
    this.#delete.run(id);
    this.#addLive.run(-recordBytes(old), old.pack);
  }
}

export function recordBytes(chunk: { length: number }): number {
  return RECORD_HEADER_BYTES + chunk.length;
}
