/**
 * A SQLite database of a simulated disk: real SQLite in memory, so that all of SQL is the real one.
 * A power cut finds every transaction that returned where the database syncs each (synchronous
 * FULL); otherwise the last ones since a checkpoint may be missing, never one in the middle.
 */
import Database from "better-sqlite3";

/** Transactions of a database that does not sync each which a power cut may take. */
const UNSYNCED_MAX = 4;
/** What `PRAGMA synchronous` reads for FULL. */
const SYNCHRONOUS_FULL = 2;

export interface SimulatedDatabaseInit {
  /** The file's bytes; none for a new one. */
  bytes: Uint8Array;
  /** Before each transaction is on the disk; what it throws undoes that transaction. */
  beforeCommit: () => void;
  /** The file's bytes at the end, when the connection is closed. */
  onClose: (bytes: Uint8Array) => void;
}

export class SimulatedDatabase {
  readonly connection: Database.Database;
  readonly #init: SimulatedDatabaseInit;
  /** The database before each of the last transactions that a power cut may take, oldest first. */
  #unsynced: Uint8Array[] = [];
  #depth = 0;
  #hasEnded = false;

  constructor(init: SimulatedDatabaseInit) {
    this.#init = init;
    this.connection = new Database(init.bytes.length > 0 ? Buffer.from(init.bytes) : ":memory:");
    this.#observe();
  }

  /**
   * The process is gone, or the power; returns the file's bytes as they are found. The connection
   * stays open for what is left of the dead process's turn, which no real process would run: it may
   * read, and what it would write is refused.
   */
  end(lost: "nothing" | ((count: number) => number)): Uint8Array {
    const { connection } = this;
    this.#hasEnded = true;
    if (connection.inTransaction) connection.exec("ROLLBACK");
    const states = [connection.serialize(), ...this.#unsynced.toReversed()];
    const back = lost === "nothing" ? 0 : lost(states.length);
    this.#unsynced = [];
    return states[back] ?? new Uint8Array();
  }

  /** Every way of changing the database goes by here before it is done. */
  #commit<Result>(change: () => Result): Result {
    if (this.#depth > 0 || this.connection.inTransaction) return change();
    this.#remember();
    this.#init.beforeCommit();
    return change();
  }

  #remember(): void {
    const { connection } = this;
    if (
      Database.prototype.pragma.call(connection, "synchronous", { simple: true }) ===
      SYNCHRONOUS_FULL
    )
      return;
    this.#unsynced.push(connection.serialize());
    if (this.#unsynced.length > UNSYNCED_MAX) this.#unsynced.shift();
  }

  #observe(): void {
    const { connection } = this;
    const { prepare, exec, pragma, transaction } = connection;
    const close = connection.close.bind(connection);
    connection.prepare = ((sql: string) =>
      this.#observed(prepare.call(connection, sql))) as typeof prepare;
    connection.exec = (sql) => this.#commit(() => exec.call(connection, sql));
    connection.pragma = (text, options) => {
      const result = pragma.call(connection, text, options);
      if (/wal_checkpoint/u.test(text)) this.#unsynced = [];
      return result;
    };
    connection.transaction = ((work: (...args: unknown[]) => unknown) =>
      transaction.call(connection, this.#outermost(work))) as typeof transaction;
    connection.close = () => {
      if (connection.open && !this.#hasEnded) this.#init.onClose(connection.serialize());
      return close();
    };
  }

  /** The work of a transaction, followed by what comes before its commit. */
  #outermost(work: (...args: unknown[]) => unknown) {
    const { connection } = this;
    const init = this.#init;
    const remember = (): void => this.#remember();
    const enter = (by: number): number => (this.#depth += by);
    return function observed(this: unknown, ...args: unknown[]): unknown {
      if (enter(1) === 1) remember();
      try {
        const result = work.apply(this, args);
        if (enter(0) === 1 && connection.open) init.beforeCommit();
        return result;
      } finally {
        enter(-1);
      }
    };
  }

  #observed(statement: Database.Statement): Database.Statement {
    if (statement.readonly) return statement;
    const { run, get, all } = statement;
    statement.run = (...args) => this.#commit(() => run.apply(statement, args));
    statement.get = (...args) => this.#commit(() => get.apply(statement, args));
    statement.all = (...args) => this.#commit(() => all.apply(statement, args));
    return statement;
  }
}
