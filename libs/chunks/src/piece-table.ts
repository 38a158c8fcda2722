/**
 * Which chunk lies where in which file. Extents are cut into pieces of at most a page of digests,
 * so that the piece with a given id is among those that start within a page before it.
 */
import type { Database, Statement } from "better-sqlite3";
import { DIGEST_BYTES, digestAt, equalBytes, PAGE_CHUNKS } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest, Extent } from "@goliath/protocols/nouns";
import { normalizeRuns, runBetween } from "./chunk-runs.ts";

export const PIECES_SCHEMA = `
  -- extent: its number in the file; at: byte offset in the file; sums: 32 bytes a chunk.
  CREATE TABLE pieces (
    piece INTEGER PRIMARY KEY, file INTEGER NOT NULL, extent INTEGER NOT NULL, at INTEGER NOT NULL,
    first INTEGER NOT NULL, count INTEGER NOT NULL, bytes INTEGER NOT NULL, sums BLOB NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX pieces_of_file ON pieces (file, at);
  CREATE INDEX pieces_by_id ON pieces (first, count);
  -- One row a chunk: the start of its digest, and where in which piece.
  CREATE TABLE digests (prefix INTEGER, piece INTEGER, ordinal INTEGER,
    PRIMARY KEY (prefix, piece, ordinal)) STRICT, WITHOUT ROWID;
`;

/**
 * Leading bytes of a digest that are indexed: as many as a JavaScript number holds exactly. Two
 * chunks in 10^8 hardly ever share them, and whole digests are compared in the end.
 */
const PREFIX_BYTES = 6;

/** A chunk in a file: where, and what it must be. */
export interface ChunkPlace {
  file: number;
  offset: number;
  length: number;
  digest: Digest;
}

interface PieceRow {
  piece: number;
  file: number;
  extent: number;
  at: number;
  first: ChunkId;
  count: number;
  bytes: number;
  sums: Uint8Array;
}

export class PieceTable {
  readonly #chunkBytes: number;
  readonly #insert: Statement<unknown[]>;
  readonly #insertDigest: Statement<[number, number, number]>;
  readonly #deleteDigest: Statement<[number, number, number]>;
  readonly #delete: Statement<[number]>;
  readonly #ofFile: Statement<[number], PieceRow>;
  readonly #holding: Statement<[number, number, number, number], PieceRow>;
  readonly #near: Statement<[number, number], ChunkRun>;
  readonly #sums: Statement<object, { first: ChunkId; sums: Uint8Array }>;
  readonly #byDigest: Statement<[number], { first: ChunkId; ordinal: number; sum: Uint8Array }>;

  constructor(db: Database, { chunkBytes }: { chunkBytes: number }) {
    this.#chunkBytes = chunkBytes;
    this.#insert = db.prepare(
      "INSERT INTO pieces (file, extent, at, first, count, bytes, sums) VALUES (?,?,?,?,?,?,?)",
    );
    this.#insertDigest = db.prepare("INSERT INTO digests VALUES (?, ?, ?)");
    this.#deleteDigest = db.prepare(
      "DELETE FROM digests WHERE prefix = ? AND piece = ? AND ordinal = ?",
    );
    this.#delete = db.prepare("DELETE FROM pieces WHERE file = ?");
    this.#ofFile = db.prepare("SELECT * FROM pieces WHERE file = ? ORDER BY at");
    this.#holding = db.prepare(`SELECT * FROM pieces
      WHERE first <= ? AND first > ? AND first + count > ? ORDER BY first DESC LIMIT 1 OFFSET ?`);
    this.#near = db.prepare(
      "SELECT first, count FROM pieces WHERE first > ? AND first < ? ORDER BY first",
    );
    this.#sums = db.prepare(`SELECT max(first, :from) AS first, substr(sums,
        1 + ${DIGEST_BYTES} * (max(first, :from) - first),
        ${DIGEST_BYTES} * (min(first + count, :end) - max(first, :from))) AS sums
      FROM pieces WHERE first > :from - ${PAGE_CHUNKS} AND first < :end AND first + count > :from
      ORDER BY pieces.first`);
    this.#byDigest = db.prepare(`SELECT first, ordinal,
        substr(sums, 1 + ${DIGEST_BYTES} * ordinal, ${DIGEST_BYTES}) AS sum
      FROM digests JOIN pieces USING (piece) WHERE prefix = ?`);
  }

  insert(file: number, { extents, sums }: { extents: readonly Extent[]; sums: Uint8Array }): void {
    let at = 0;
    let index = 0;
    for (const [number, extent] of extents.entries()) {
      for (let done = 0; done < extent.count; done += PAGE_CHUNKS) {
        const count = Math.min(PAGE_CHUNKS, extent.count - done);
        const bytes = Math.min(count * this.#chunkBytes, extent.bytes - done * this.#chunkBytes);
        const page = sums.subarray(index * DIGEST_BYTES, (index + count) * DIGEST_BYTES);
        const first = extent.first + done;
        const { lastInsertRowid } = this.#insert.run(file, number, at, first, count, bytes, page);
        this.#eachPrefix(page, (prefix, ordinal) =>
          this.#insertDigest.run(prefix, Number(lastInsertRowid), ordinal),
        );
        at += bytes;
        index += count;
      }
    }
  }

  /** Returns the ids the file held, which others may hold as well. */
  remove(file: number): ChunkRun[] {
    const pieces = this.#ofFile.all(file);
    for (const { piece, sums } of pieces) {
      this.#eachPrefix(sums, (prefix, ordinal) => this.#deleteDigest.run(prefix, piece, ordinal));
    }
    this.#delete.run(file);
    return pieces.map(({ first, count }) => ({ first, count }));
  }

  /** What the file was placed with. */
  of(file: number): { extents: Extent[]; sums: Uint8Array } {
    const pieces = this.#ofFile.all(file);
    const extents: Extent[] = [];
    for (const { extent: number, first, count, bytes } of pieces) {
      const extent = (extents[number] ??= { first, count: 0, bytes: 0 });
      extent.count += count;
      extent.bytes += bytes;
    }
    const sums = new Uint8Array(Buffer.concat(pieces.map((piece) => piece.sums)));
    return { extents, sums };
  }

  /** A place of the chunk, `skip` others passed over. */
  at(id: ChunkId, skip = 0): ChunkPlace | undefined {
    const piece = this.#holding.get(id, id - PAGE_CHUNKS, id, skip);
    if (!piece) return undefined;
    const ordinal = id - piece.first;
    const start = ordinal * this.#chunkBytes;
    const length = Math.min(this.#chunkBytes, piece.bytes - start);
    const digest = digestAt(piece.sums, ordinal);
    return { file: piece.file, offset: piece.at + start, length, digest };
  }

  /** The parts of these runs that lie in some file. */
  covered(runs: readonly ChunkRun[]): ChunkRun[] {
    const parts: ChunkRun[] = [];
    for (const run of normalizeRuns(runs)) {
      const end = run.first + run.count;
      for (const { first, count } of this.#near.iterate(run.first - PAGE_CHUNKS, end)) {
        parts.push(runBetween(Math.max(first, run.first), Math.min(first + count, end)));
      }
    }
    return normalizeRuns(parts);
  }

  /** The digests of a run, all of which lies in some file. */
  digests({ first, count }: ChunkRun): Uint8Array {
    const sums = new Uint8Array(count * DIGEST_BYTES);
    for (const part of this.#sums.iterate({ from: first, end: first + count })) {
      sums.set(part.sums, (part.first - first) * DIGEST_BYTES);
    }
    return sums;
  }

  /** Chunks with these bytes, whatever their ids. */
  *find(digest: Digest): Generator<ChunkId> {
    for (const { first, ordinal, sum } of this.#byDigest.all(prefixOf(digest))) {
      if (equalBytes(sum, digest)) yield (first + ordinal) as ChunkId;
    }
  }

  #eachPrefix(sums: Uint8Array, visit: (prefix: number, ordinal: number) => void): void {
    for (let ordinal = 0; ordinal * DIGEST_BYTES < sums.length; ordinal++) {
      visit(prefixOf(digestAt(sums, ordinal)), ordinal);
    }
  }
}

function prefixOf(digest: Digest): number {
  let prefix = 0;
  for (const byte of digest.subarray(0, PREFIX_BYTES)) prefix = prefix * 256 + byte;
  return prefix;
}
