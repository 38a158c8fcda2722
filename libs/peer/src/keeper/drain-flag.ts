/** Whether the operator wants to take this keeper away: kept across restarts. */
import type { SqliteDatabase } from "@goliath/kit";

const TABLES = `
CREATE TABLE IF NOT EXISTS draining (one INTEGER PRIMARY KEY CHECK (one = 1)) STRICT;
`;

export function createKeeperTables(database: SqliteDatabase): void {
  database.exec(TABLES);
}

export class DrainFlag {
  readonly #database: SqliteDatabase;

  /** The database has the tables of `createKeeperTables`. */
  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  get isSet(): boolean {
    return this.#database.prepare("SELECT 1 FROM draining").get() !== undefined;
  }

  /** On disk when it returns. */
  set(draining: boolean): void {
    const sql = draining ? "INSERT OR IGNORE INTO draining VALUES (1)" : "DELETE FROM draining";
    this.#database.prepare(sql).run();
  }
}
