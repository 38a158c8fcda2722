/** One connection to the index's file, with its settings asserted. */
import { explainDatabaseFault } from "@goliath/kit";
import Database from "better-sqlite3";
import { GoliathError, ROOT_DIR } from "@goliath/protocols/nouns";
import { emptyDir, firstHead } from "./first-head.ts";
import type { Head } from "./index-store.ts";
import { APPLICATION_ID, FORMAT_VERSION, MIGRATIONS, SCHEMA } from "./sqlite-schema.ts";

/** Pages SQLite keeps in memory per connection, in KiB. More gained little at 10M files. */
const CACHE_KIB = 16 * 1024;
/** Pages in the log before it is folded in: at 16,000 the slowest commits are four times faster
 * than at 1,000, and a start after a crash still takes well under a second. */
const CHECKPOINT_PAGES = 16_000;
/** Bytes the log's file keeps between times. */
const LOG_BYTES_MAX = 256 * 1024 * 1024;
/** How long a connection waits for another's lock, in milliseconds. */
const LOCK_WAIT_MS = 10_000;
/** `PRAGMA synchronous`: every commit is synced to disk before it is acknowledged. */
const SYNCHRONOUS_FULL = 2;

export interface SqliteFile {
  file: string;
  drive: Head["drive"];
  chunkBytes: number;
}

/** Opens for writing, making or renewing the tables. Throws `unsupported`, `bad-request`. */
export function openWriting({ file, ...drive }: SqliteFile): Database.Database {
  const database = new Database(file);
  try {
    const found = checkFormat(database, file);
    configure(database);
    if (found) migrate(database);
    else database.transaction(() => create(database, drive))();
    checkDrive(database, { file, ...drive });
    return database;
  } catch (error) {
    database.close();
    throw explainDatabaseFault(error, file);
  }
}

/** Opens a file that was made before, for reading alone. */
export function openReading(file: string): Database.Database {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    checkFormat(database, file);
    configure(database);
    return database;
  } catch (error) {
    database.close();
    throw explainDatabaseFault(error, file);
  }
}

function configure(database: Database.Database): void {
  if (!database.readonly) database.pragma("journal_mode = WAL");
  database.pragma("synchronous = FULL");
  database.pragma(`cache_size = -${CACHE_KIB}`);
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  database.pragma(`journal_size_limit = ${LOG_BYTES_MAX}`);
  database.pragma(`busy_timeout = ${LOCK_WAIT_MS}`);
  const mode: unknown = database.pragma("journal_mode", { simple: true });
  const synchronous: unknown = database.pragma("synchronous", { simple: true });
  if (mode === "wal" && synchronous === SYNCHRONOUS_FULL) return;
  throw new GoliathError("internal", `SQLite would not sync: ${mode}, ${synchronous}`);
}

/** Whether the file is an index already. Touches nothing in one of a newer program. */
function checkFormat(database: Database.Database, file: string): boolean {
  const id: unknown = database.pragma("application_id", { simple: true });
  const version = Number(database.pragma("user_version", { simple: true }));
  if (id === 0 && version === 0) return false;
  if (id !== APPLICATION_ID) throw new GoliathError("unsupported", `${file} is not an index`);
  if (version <= FORMAT_VERSION) return true;
  throw new GoliathError(
    "unsupported",
    `${file} has format ${version}; this program knows ${FORMAT_VERSION}: use a newer one`,
  );
}

/** One transaction: after a crash the file is of the old format or of this one, never between. */
function migrate(database: Database.Database): void {
  database
    .transaction(() => {
      const format = Number(database.pragma("user_version", { simple: true }));
      for (let version = format; version < FORMAT_VERSION; version++) {
        database.exec(MIGRATIONS[version] as string);
        database.pragma(`user_version = ${version + 1}`);
      }
    })
    .immediate();
}

function create(database: Database.Database, init: Omit<SqliteFile, "file">): void {
  database.exec(SCHEMA);
  const head = firstHead(init);
  database
    .prepare("INSERT INTO drive VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
    .run(
      head.drive,
      head.chunkBytes,
      head.generation,
      head.revision,
      head.oldest,
      head.nextDir,
      head.nextChunk,
      head.nextLease,
      head.runMs,
    );
  const root = emptyDir({ dir: ROOT_DIR, parent: ROOT_DIR, name: "", made: head.revision });
  database
    .prepare("INSERT INTO dir VALUES (?, ?, ?, ?, 0, 0, 0, 0, 0, 0, NULL, 0)")
    .run(root.dir, root.parent, root.name, root.made);
  database.pragma(`application_id = ${APPLICATION_ID}`);
  database.pragma(`user_version = ${FORMAT_VERSION}`);
}

function checkDrive(database: Database.Database, wanted: SqliteFile): void {
  const row = database.prepare("SELECT id, chunk_bytes FROM drive").get() as
    | { id: string; chunk_bytes: number }
    | undefined;
  if (row?.id === wanted.drive && row.chunk_bytes === wanted.chunkBytes) return;
  throw new GoliathError("bad-request", `${wanted.file} is of another drive or chunk size`, {
    about: { file: wanted.file },
  });
}
