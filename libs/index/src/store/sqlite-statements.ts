/** Prepared statements, each made once. */
import type Database from "better-sqlite3";

/** Values as they are bound. Numbers arrive as REAL, which is why the SQL casts its parameters. */
export type Value = number | string | Uint8Array | null;

/** Prepared statements of one connection, each prepared once. Their texts are constants. */
export class SqliteStatements {
  readonly #database: Database.Database;
  readonly #objects = new Map<string, Database.Statement<Value[]>>();
  readonly #arrays = new Map<string, Database.Statement<Value[]>>();

  constructor(database: Database.Database) {
    this.#database = database;
  }

  run(sql: string, ...values: Value[]): void {
    this.prepared(sql).run(...values);
  }

  get<Row>(sql: string, ...values: Value[]): Row | undefined {
    return this.prepared(sql).get(...values) as Row | undefined;
  }

  all<Row>(sql: string, ...values: Value[]): Row[] {
    return this.prepared(sql).all(...values) as Row[];
  }

  /** For loops: the statement itself. */
  prepared(sql: string): Database.Statement<Value[]> {
    return this.#statement(this.#objects, sql);
  }

  /** For loops over many keys: rows come as arrays, which costs less. */
  raw(sql: string): Database.Statement<Value[]> {
    return this.#statement(this.#arrays, sql).raw(true);
  }

  #statement(
    known: Map<string, Database.Statement<Value[]>>,
    sql: string,
  ): Database.Statement<Value[]> {
    let statement = known.get(sql);
    if (!statement) known.set(sql, (statement = this.#database.prepare<Value[]>(sql)));
    return statement;
  }
}
