/** What a peer remembers of the files it serves in place, on disk: nothing here is per-file memory. */
import { sep } from "node:path";
import type { Database, Statement } from "better-sqlite3";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import { normalizeRuns, subtractRuns } from "./chunk-runs.ts";
import type { HoldingsChange } from "./chunk-store.ts";
import { HELD_RUNS_SCHEMA, HeldRuns } from "./held-runs.ts";
import { PieceTable, PIECES_SCHEMA } from "./piece-table.ts";
import type { FileStamp, PlacedFile } from "./placed-file.ts";

export const PLACED_FORMAT = 1;
export const PLACED_SCHEMA = `
  -- AUTOINCREMENT: a file placed anew is another one, also for whoever still reads the old.
  CREATE TABLE files (
    file INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, inode INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE settings (chunk_bytes INTEGER NOT NULL) STRICT;
  ${PIECES_SCHEMA}
  ${HELD_RUNS_SCHEMA}
`;

/** A placed file under its number, which stays through renames. */
export interface FileRecord {
  file: number;
  path: string;
  stamp: FileStamp;
}

interface FileRow {
  file: bigint;
  path: string;
  size: bigint;
  mtime_ns: bigint;
  ctime_ns: bigint;
  inode: bigint;
}

interface PathRange {
  path: string;
  low: string;
  high: string;
}

const IN_RANGE = "(path = :path OR (path >= :low AND path < :high))";

/** Synchronous; what changes belongs inside the caller's transaction. */
export class PlacedCatalogue {
  readonly held: HeldRuns;
  readonly pieces: PieceTable;
  readonly #insert: Statement<unknown[]>;
  readonly #delete: Statement<[number]>;
  readonly #byFile: Statement<[number], FileRow>;
  readonly #byPath: Statement<[string], FileRow>;
  readonly #list: Statement<object, FileRow>;
  readonly #rename: Statement<object>;
  readonly #restamp: Statement<[bigint, number]>;

  constructor(db: Database, { chunkBytes }: { chunkBytes: number }) {
    this.held = new HeldRuns(db);
    this.pieces = new PieceTable(db, { chunkBytes });
    this.#insert = db.prepare(
      "INSERT INTO files (path, size, mtime_ns, ctime_ns, inode) VALUES (?, ?, ?, ?, ?)",
    );
    this.#delete = db.prepare("DELETE FROM files WHERE file = ?");
    this.#byFile = db.prepare<[number], FileRow>("SELECT * FROM files WHERE file = ?");
    this.#byPath = db.prepare<[string], FileRow>("SELECT * FROM files WHERE path = ?");
    this.#list = db.prepare<object, FileRow>(
      `SELECT * FROM files WHERE ${IN_RANGE} AND path > :after ORDER BY path LIMIT :limit`,
    );
    // Nanoseconds and inode numbers do not fit a number.
    for (const select of [this.#byFile, this.#byPath, this.#list]) select.safeIntegers();
    this.#rename = db.prepare(
      `UPDATE files SET path = :to || substr(path, length(:path) + 1) WHERE ${IN_RANGE}`,
    );
    this.#restamp = db.prepare("UPDATE files SET ctime_ns = ? WHERE file = ?");
  }

  byFile(file: number): FileRecord | undefined {
    const row = this.#byFile.get(file);
    return row && recordOf(row);
  }

  byPath(path: string): FileRecord | undefined {
    const row = this.#byPath.get(path);
    return row && recordOf(row);
  }

  list(under: string, { after = "", limit }: { after?: string; limit: number }): FileRecord[] {
    return this.#list.all({ ...rangeOf(under), after, limit }).map(recordOf);
  }

  placedFile({ file, path, stamp }: FileRecord): PlacedFile {
    return { path, stamp, ...this.pieces.of(file) };
  }

  place(files: readonly PlacedFile[]): HoldingsChange {
    const lost: ChunkRun[] = [];
    const won: ChunkRun[] = [];
    for (const placed of files) {
      const old = this.byPath(placed.path);
      if (old) lost.push(...this.#forget(old.file));
      const { size, mtimeNs, ctimeNs, inode } = placed.stamp;
      const row = this.#insert.run(placed.path, size, mtimeNs, ctimeNs, BigInt.asIntN(64, inode));
      this.pieces.insert(Number(row.lastInsertRowid), placed);
      won.push(...placed.extents);
    }
    return this.#settle(lost, won);
  }

  withdraw(files: readonly number[]): HoldingsChange {
    return this.#settle(files.flatMap((file) => this.#forget(file)));
  }

  /** Returns what the files that stood at `to` take with them. */
  move(from: string, to: string): HoldingsChange {
    const source = rangeOf(from);
    const lost: ChunkRun[] = [];
    for (const { file, path } of this.list(to, { limit: -1 })) {
      if (path !== from && !path.startsWith(source.low)) lost.push(...this.#forget(file));
    }
    // In two steps, by a name no file has: when one path lies below the other, names that are
    // still to be moved may stand where others go.
    this.#rename.run({ ...source, to: MOVING });
    this.#rename.run({ ...rangeOf(MOVING), to });
    return this.#settle(lost);
  }

  restamp(file: number, { ctimeNs }: FileStamp): void {
    this.#restamp.run(ctimeNs, file);
  }

  /** The chunk is no longer offered, until a file with it is placed anew. */
  disown(id: ChunkId): HoldingsChange {
    const removed = this.held.within([{ first: id, count: 1 }]);
    this.held.remove(removed);
    return { added: [], removed };
  }

  find(digest: Digest): ChunkId | undefined {
    for (const id of this.pieces.find(digest)) if (this.held.has(id)) return id;
    return undefined;
  }

  #forget(file: number): ChunkRun[] {
    this.#delete.run(file);
    return this.pieces.remove(file);
  }

  /** Brings `held` in line after files came and went; other files may hold what these lost. */
  #settle(lost: readonly ChunkRun[], won: readonly ChunkRun[] = []): HoldingsChange {
    const removed = subtractRuns(this.held.within(lost), this.pieces.covered(lost));
    this.held.remove(removed);
    const now = normalizeRuns(won.map(({ first, count }) => ({ first, count })));
    const added = subtractRuns(now, this.held.within(now));
    this.held.add(added);
    return { added, removed };
  }
}

/** No absolute path: stands for the new name while a directory is being renamed. */
const MOVING = "moving:";

/** `path` and everything below it, as comparable texts. */
function rangeOf(path: string): PathRange {
  const low = path.endsWith(sep) ? path : path + sep;
  return { path, low, high: low.slice(0, -1) + String.fromCharCode(sep.charCodeAt(0) + 1) };
}

function recordOf(row: FileRow): FileRecord {
  const stamp = {
    size: Number(row.size),
    mtimeNs: row.mtime_ns,
    ctimeNs: row.ctime_ns,
    inode: BigInt.asUintN(64, row.inode),
  };
  return { file: Number(row.file), path: row.path, stamp };
}
