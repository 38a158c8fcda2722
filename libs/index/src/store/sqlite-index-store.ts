/** The store in one SQLite file. Its calls block this thread: give it one of its own. */
import type Database from "better-sqlite3";
import { GoliathError } from "@goliath/protocols/nouns";
import type { IndexStore, StoreReader, WriteJob } from "./index-store.ts";
import { openReading, openWriting, type SqliteFile } from "./sqlite-connection.ts";
import { SqliteReader } from "./sqlite-reader.ts";
import { SqliteStatements } from "./sqlite-statements.ts";
import { SqliteTransaction } from "./sqlite-transaction.ts";

/** Reads that share a snapshot: outside a transaction each would cost about twice as much. */
const GROUP_READS_MAX = 64;

export interface SqliteIndexStoreInit extends SqliteFile {
  /** `read` opens a file that another connection made, and writes nothing. */
  access?: "write" | "read";
}

/** Throws `unsupported` for a file of a newer format, `bad-request` for another drive's. */
export async function openSqliteIndexStore(init: SqliteIndexStoreInit): Promise<SqliteIndexStore> {
  const { access = "write", ...file } = init;
  const writing = access === "write" ? openWriting(file) : undefined;
  return new SqliteIndexStore({ writing, reading: openReading(file.file), file });
}

interface Connections {
  writing: Database.Database | undefined;
  reading: Database.Database;
  file: SqliteFile;
}

export class SqliteIndexStore implements IndexStore {
  readonly #writing: Database.Database | undefined;
  readonly #reading: Database.Database;
  readonly #reader: SqliteReader;
  readonly #transaction: SqliteTransaction | undefined;
  #reads: (() => Promise<void>)[] = [];
  #drained: Promise<void> | undefined;
  #lastWrite: Promise<unknown> = Promise.resolve();
  #broken: GoliathError | undefined;

  constructor({ writing, reading, file }: Connections) {
    this.#writing = writing;
    this.#reading = reading;
    this.#reader = new SqliteReader(new SqliteStatements(reading), file.chunkBytes);
    if (!writing) return;
    this.#transaction = new SqliteTransaction(new SqliteStatements(writing), file.chunkBytes);
  }

  read<Result>(job: (reader: StoreReader) => Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      this.#reads.push(() => job(this.#reader).then(resolve, reject));
      this.#drained ??= this.#drain();
    });
  }

  write<Result>(jobs: readonly WriteJob<Result>[]): Promise<PromiseSettledResult<Result>[]> {
    const results = this.#lastWrite.then(() => this.#writeGroup(jobs));
    this.#lastWrite = results.catch(() => undefined);
    return results;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#reads.length > 0) {
      // Only reads asked before the snapshot is taken may share it: each sees what was
      // acknowledged before it was asked.
      const group = this.#reads.splice(0, GROUP_READS_MAX);
      this.#reading.exec("BEGIN");
      try {
        for (const read of group) await read();
      } finally {
        this.#reading.exec("COMMIT");
      }
    }
    this.#drained = undefined;
  }

  async #writeGroup<Result>(
    jobs: readonly WriteJob<Result>[],
  ): Promise<PromiseSettledResult<Result>[]> {
    const database = this.#writing;
    const transaction = this.#transaction;
    if (!database || !transaction) throw new GoliathError("forbidden", "opened for reading");
    if (this.#broken) throw this.#broken;
    database.exec("BEGIN IMMEDIATE");
    try {
      const results: PromiseSettledResult<Result>[] = [];
      for (const job of jobs) results.push(await runJob(job, { database, transaction }));
      database.exec("COMMIT");
      return results;
    } catch (error) {
      throw this.#undoGroup(database, error);
    }
  }

  /** A full disk passes; after any other failure to commit nothing more is written until a restart. */
  #undoGroup(database: Database.Database, error: unknown): GoliathError {
    if (database.inTransaction) database.exec("ROLLBACK");
    const known = GoliathError.from(error);
    if (known.code !== "full") this.#broken = known;
    return known;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lastWrite;
    await this.#drained;
    this.#reading.close();
    this.#writing?.close();
  }
}

/** A job that throws is undone alone. */
async function runJob<Result>(
  job: WriteJob<Result>,
  { database, transaction }: { database: Database.Database; transaction: SqliteTransaction },
): Promise<PromiseSettledResult<Result>> {
  database.exec("SAVEPOINT job");
  try {
    const value = await job(transaction);
    database.exec("RELEASE job");
    return { status: "fulfilled", value };
  } catch (reason) {
    // Some faults (a full disk) undo the whole transaction at once: then nobody was committed.
    if (!database.inTransaction) throw reason;
    database.exec("ROLLBACK TO job");
    database.exec("RELEASE job");
    return { status: "rejected", reason };
  }
}
