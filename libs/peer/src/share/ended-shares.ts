/**
 * Paths that were given back. An index that comes back from a backup knows of claims that were given
 * back since: nobody could share there any more, and only this peer can tell that it does not. So it
 * remembers its last ones, and gives them back again to each generation of the index.
 */
import type { SqliteDatabase } from "@goliath/kit";
import type { DrivePath } from "@goliath/protocols/nouns";

/** Paths remembered: about 100 bytes each. */
const ENDED_MAX = 1_000;

export class EndedShares {
  readonly #database: SqliteDatabase;

  /** The database has the tables of `createShareTables`. */
  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  /** Runs inside the caller's transaction. */
  add(path: DrivePath, generation: number): void {
    this.remove(path);
    this.#database
      .prepare("INSERT INTO share_ended (path, generation) VALUES (?, ?)")
      .run(path, generation);
    this.#database
      .prepare("DELETE FROM share_ended WHERE id <= (SELECT max(id) FROM share_ended) - ?")
      .run(ENDED_MAX);
  }

  /** It is shared again, or is to be. */
  remove(path: DrivePath): void {
    this.#database.prepare("DELETE FROM share_ended WHERE path = ?").run(path);
  }

  /** Those that this generation of the index was not told of. */
  untold(generation: number): DrivePath[] {
    const select = "SELECT path FROM share_ended WHERE generation <> ? ORDER BY id";
    const rows = this.#database.prepare<[number], { path: DrivePath }>(select).all(generation);
    return rows.map(({ path }) => path);
  }

  told(path: DrivePath, generation: number): void {
    this.#database
      .prepare("UPDATE share_ended SET generation = ? WHERE path = ?")
      .run(generation, path);
  }
}
