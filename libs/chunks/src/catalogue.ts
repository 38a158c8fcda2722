/** How both stores keep their catalogue: one SQLite file, held by one process. */
import Database from "better-sqlite3";
import type { Disk } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";

/** Pages SQLite may keep in memory, in KiB: the upper levels of every index of 10^8 chunks. */
const CACHE_KIB = 8192;
/** What a finished write-ahead log is cut back to, in bytes, after a large transaction. */
const LOG_BYTES_MAX = 16 * 1024 * 1024;

export interface CatalogueInit {
  disk: Disk;
  file: string;
  /** The layout's number, from 1; a file with a higher one is refused. */
  format: number;
  /** What makes an empty catalogue. */
  schema: string;
  /** Tables made where they are lacking, which an older version does not miss. */
  additions?: string;
  /** `full` syncs every commit; `normal` may lose the last commits in a power cut, never more. */
  durability: "full" | "normal";
}

/** Throws `locked` when another process has it open, `unsupported` when a newer one wrote it. */
export function openCatalogue(init: CatalogueInit): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = init.disk.database(init.file, { timeoutMs: 0 });
    // Exclusive: a second process would append to the same packs. Also spares the shared memory.
    db.pragma("locking_mode = EXCLUSIVE");
    db.pragma("journal_mode = WAL");
    db.pragma(`synchronous = ${init.durability === "full" ? "FULL" : "NORMAL"}`);
    db.pragma(`cache_size = ${-CACHE_KIB}`);
    db.pragma(`journal_size_limit = ${LOG_BYTES_MAX}`);
    db.exec("BEGIN IMMEDIATE; COMMIT");
    prepareFormat(db, init);
    if (init.additions) db.exec(init.additions);
    return db;
  } catch (thrown) {
    db?.close();
    throw catalogueError(thrown, init.file);
  }
}

function prepareFormat(db: Database.Database, { format, schema, file }: CatalogueInit): void {
  const found = Number(db.pragma("user_version", { simple: true }));
  if (found === format) return;
  if (found !== 0) {
    const message = `${file} has format ${found}, this version knows ${format}: update Goliath`;
    throw new GoliathError("unsupported", message);
  }
  db.transaction(() => {
    db.exec(schema);
    db.pragma(`user_version = ${format}`);
  })();
}

function catalogueError(thrown: unknown, file: string): GoliathError {
  const code = sqliteCode(thrown);
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new GoliathError("locked", `${file} is open in another process`, { cause: thrown });
  }
  return GoliathError.from(thrown);
}

/** Whether SQLite says that the file is no sound database. */
export function isBrokenCatalogue(thrown: unknown): boolean {
  const cause = thrown instanceof GoliathError ? thrown.cause : thrown;
  return /^SQLITE_(CORRUPT|NOTADB)/u.test(sqliteCode(cause));
}

function sqliteCode(thrown: unknown): string {
  return thrown instanceof Database.SqliteError ? thrown.code : "";
}
