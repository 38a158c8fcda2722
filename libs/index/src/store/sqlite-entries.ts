/** The names of directories in SQLite, now and in past revisions. */
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { EntryKey, EntryRow, ListedRows, ListRows } from "./index-store.ts";
import { compareNames } from "./name-order.ts";
import { fromColumns, type ContentColumns } from "./sqlite-row.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";

/**
 * Names one `list` looks at before it returns a short page: a few milliseconds where a directory
 * has grown a lot since the revision that is asked for.
 */
const LIST_EXAMINED_MAX = 4096;

const COLUMNS = "rev, kind, ref, size, mtime, root, ext";
const KEY = "dir = CAST(? AS INTEGER) AND name = CAST(? AS TEXT)";
const AFTER = "dir = CAST(? AS INTEGER) AND name > CAST(? AS TEXT) ORDER BY name";
const LIVE = `SELECT ${COLUMNS} FROM entry WHERE ${KEY}`;
const PAST = `SELECT ${COLUMNS} FROM past WHERE ${KEY} AND until > CAST(? AS INTEGER)
  ORDER BY until LIMIT 1`;
const LIVE_NAMES = `SELECT name, ${COLUMNS} FROM entry WHERE ${AFTER} LIMIT CAST(? AS INTEGER)`;
/** Seeks from name to name: however many versions each has, one step passes them. */
const NEXT_PAST_NAME = `SELECT name FROM past WHERE ${AFTER} LIMIT 1`;

type RowColumns = [Revision, ...ContentColumns];

export class SqliteEntries {
  readonly #sql: SqliteStatements;
  readonly #chunkBytes: number;

  constructor(sql: SqliteStatements, chunkBytes: number) {
    this.#sql = sql;
    this.#chunkBytes = chunkBytes;
  }

  get(keys: readonly EntryKey[], at: Revision | undefined): (EntryRow | undefined)[] {
    const live = this.#sql.raw(LIVE);
    return keys.map((key) => {
      const columns = live.get(key.dir, key.name) as RowColumns | undefined;
      if (at === undefined || (columns && columns[0] <= at))
        return columns && this.#row(key, columns);
      return this.#past(key, at);
    });
  }

  list(request: ListRows): ListedRows {
    return request.at === undefined ? this.#listNow(request) : this.#listAt(request, request.at);
  }

  #listNow({ dir, after = "", limit }: ListRows): ListedRows {
    const found = this.#sql.raw(LIVE_NAMES).all(dir, after, limit + 1) as [string, ...RowColumns][];
    const rows = found.slice(0, limit).map(([name, ...rest]) => this.#row({ dir, name }, rest));
    const next = found.length > limit ? rows.at(-1)?.name : undefined;
    return { rows, ...(next !== undefined && { next }) };
  }

  #listAt({ dir, after = "", limit }: ListRows, at: Revision): ListedRows {
    const rows: EntryRow[] = [];
    let examined = 0;
    let last = after;
    for (const { name, live } of this.#namesAfter(dir, after)) {
      if (rows.length === limit || examined++ === LIST_EXAMINED_MAX) return { rows, next: last };
      last = name;
      const key = { dir, name };
      const row = live && live[0] <= at ? this.#row(key, live) : this.#past(key, at);
      if (row) rows.push(row);
    }
    return { rows };
  }

  /** Every name that is or was, in order, with its live row. */
  *#namesAfter(
    dir: DirId,
    after: string,
  ): Generator<{ name: string; live: RowColumns | undefined }> {
    const nextPast = this.#sql.raw(NEXT_PAST_NAME);
    const pastAfter = (name: string): string | undefined =>
      (nextPast.get(dir, name) as [string] | undefined)?.[0];
    let past = pastAfter(after);
    for (const [name, ...live] of this.#liveAfter(dir, after)) {
      for (; past !== undefined && compareNames(past, name) < 0; past = pastAfter(past)) {
        yield { name: past, live: undefined };
      }
      if (past === name) past = pastAfter(past);
      yield { name, live };
    }
    for (; past !== undefined; past = pastAfter(past)) yield { name: past, live: undefined };
  }

  *#liveAfter(dir: DirId, after: string): Generator<[string, ...RowColumns]> {
    const rows = this.#sql.raw(LIVE_NAMES).iterate(dir, after, LIST_EXAMINED_MAX + 1);
    for (const row of rows) yield row as [string, ...RowColumns];
  }

  #past(key: EntryKey, at: Revision): EntryRow | undefined {
    const columns = this.#sql.raw(PAST).get(key.dir, key.name, at) as RowColumns | undefined;
    return columns && columns[0] <= at ? this.#row(key, columns) : undefined;
  }

  #row({ dir, name }: EntryKey, [revision, ...columns]: RowColumns): EntryRow {
    return { dir, name, revision, content: fromColumns(columns, this.#chunkBytes) };
  }
}
