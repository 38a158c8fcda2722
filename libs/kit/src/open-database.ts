/** SQLite files as Goliath uses them: durable, bounded, and of a known format. */
import { GoliathError } from "@goliath/protocols/nouns";
import type Database from "better-sqlite3";
import type { Disk } from "./disk/disk.ts";

export type SqliteDatabase = Database.Database;

export interface OpenDatabaseOptions {
  disk: Disk;
  /** The format this version writes, kept in `user_version`; 0 is the empty file. */
  format: number;
  /** Brings a file from an older format to this one; runs in one transaction with the version. */
  migrate: (db: SqliteDatabase, options: { from: number }) => void;
  /** Page cache of this connection. */
  cacheBytes?: number;
}

/** Another connection's transaction is short; one that lasts longer than this is a fault. */
const BUSY_TIMEOUT_MS = 5_000;
/** Enough for the inner pages of a tree of ten million rows. */
const CACHE_BYTES_DEFAULT = 16 * 1024 * 1024;
/** The log is cut back to this after a checkpoint, so that one big commit does not keep its space. */
const WAL_BYTES_MAX = 64 * 1024 * 1024;
/** What `PRAGMA synchronous` reads for FULL. */
const SYNCHRONOUS_FULL = 2;

/**
 * Opens or makes the file. A transaction that returned is on disk (WAL, synchronous FULL).
 * Throws `unsupported` for a file of a newer version. The caller closes it.
 */
export function openDatabase(file: string, options: OpenDatabaseOptions): SqliteDatabase {
  const db = openFile(file, { disk: options.disk, timeoutMs: BUSY_TIMEOUT_MS });
  try {
    configure(db, options.cacheBytes ?? CACHE_BYTES_DEFAULT);
    bringToFormat(db, options);
    return db;
  } catch (error) {
    db.close();
    throw explainDatabaseFault(error, file);
  }
}

/** Which file it is that holds no database, a torn one, or one that is not ours to write. */
export function explainDatabaseFault(thrown: unknown, file: string): unknown {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const init = { cause: thrown, about: { file } };
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT"))
    return new GoliathError("corrupt", `${file} is damaged`, init);
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)/u.test(code))
    return new GoliathError("forbidden", `${file} cannot be opened for writing`, init);
  return thrown;
}

/** Opens the file with nothing set; throws `forbidden` where it may not be written. */
export function openFile(
  file: string,
  { disk, timeoutMs }: { disk: Disk; timeoutMs: number },
): SqliteDatabase {
  try {
    return disk.database(file, { timeoutMs });
  } catch (thrown) {
    throw explainDatabaseFault(thrown, file);
  }
}

function configure(db: SqliteDatabase, cacheBytes: number): void {
  const mode = db.pragma("journal_mode = WAL", { simple: true });
  db.pragma("synchronous = FULL");
  // On a Mac fsync alone leaves the bytes in the drive's cache.
  db.pragma("fullfsync = ON");
  db.pragma("foreign_keys = ON");
  // Negative: KiB instead of pages.
  db.pragma(`cache_size = ${-Math.ceil(cacheBytes / 1024)}`);
  db.pragma(`journal_size_limit = ${WAL_BYTES_MAX}`);
  const synchronous = db.pragma("synchronous", { simple: true });
  // "memory": a database without a file, in tests.
  if (synchronous !== SYNCHRONOUS_FULL || (mode !== "wal" && mode !== "memory")) {
    throw new GoliathError(
      "unsupported",
      `the file system under ${db.name} cannot keep a database safe`,
    );
  }
}

function bringToFormat(db: SqliteDatabase, { format, migrate }: OpenDatabaseOptions): void {
  db.transaction(() => {
    const from = Number(db.pragma("user_version", { simple: true }));
    if (from > format) {
      const message = `${db.name} was written by a newer version of Goliath (format ${from}, this one knows ${format}): upgrade to open it`;
      throw new GoliathError("unsupported", message, { about: { file: db.name } });
    }
    if (from === format) return;
    migrate(db, { from });
    db.pragma(`user_version = ${format}`);
  }).exclusive();
}
