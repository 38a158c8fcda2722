/** Which mirrors and shares their user paused: kept across restarts. */
import type { SqliteDatabase } from "@goliath/kit";

const TABLES = `
CREATE TABLE IF NOT EXISTS paused (local TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
`;

export function createPausedTable(database: SqliteDatabase): void {
  database.exec(TABLES);
}

export class PausedFolders {
  readonly #database: SqliteDatabase;

  /** The database has the table of `createPausedTable`. */
  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  has(local: string): boolean {
    return this.#database.prepare("SELECT 1 FROM paused WHERE local = ?").get(local) !== undefined;
  }

  /** On disk when it returns. */
  set(local: string, paused: boolean): void {
    const sql = paused
      ? "INSERT OR IGNORE INTO paused (local) VALUES (?)"
      : "DELETE FROM paused WHERE local = ?";
    this.#database.prepare(sql).run(local);
  }
}
