/**
 * The names of the drive by their terms, in a SQLite file of their own. A name's id is its rank
 * among those that match equally well: the shorter first, directories before files. A question
 * comes back in the order of ids, so that the best are found without looking at the rest.
 */
import { rmSync } from "node:fs";
import Database from "better-sqlite3";
import { GoliathError, type DirId, type DriveId, type Entry } from "@goliath/protocols/nouns";
import type { EntryKey } from "../store/rows.ts";
import { SqliteStatements } from "../store/sqlite-statements.ts";
import type { FoldedName } from "./fold-name.ts";
import { termsOf } from "./search-terms.ts";

/** Raised when names are folded or cut into terms in another way, or the tables change. */
const FORMAT_VERSION = 1;
/** Marks a file as ours: "GLTS". */
const APPLICATION_ID = 0x47_4c_54_53;
/** Pages kept in memory, in KiB: questions read what is often asked for, again and again. */
const CACHE_KIB = 8 * 1024;
/** Beside the file. */
const ENDINGS = ["", "-wal", "-shm"];

/** Ids are `length | is a file | number`: together 53 bits. */
const NUMBERS = 2 ** 44;
const KINDS = 2;
const LENGTH_MAX = 255;

const SCHEMA = `
CREATE TABLE state (generation INTEGER NOT NULL, drive TEXT NOT NULL, mark TEXT NOT NULL,
  rev INTEGER NOT NULL, part INTEGER NOT NULL, sweep_dir INTEGER, sweep_name TEXT,
  next INTEGER NOT NULL) STRICT;
CREATE TABLE name (id INTEGER PRIMARY KEY, dir INTEGER NOT NULL, name TEXT NOT NULL,
  child INTEGER) STRICT;
CREATE UNIQUE INDEX name_key ON name (dir, name);
CREATE TABLE doomed (dir INTEGER PRIMARY KEY) STRICT;
CREATE VIRTUAL TABLE term USING fts5(text, content='', columnsize=0, detail=none,
  tokenize='ascii');
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${FORMAT_VERSION};
`;

/** Of which drive, and how far. */
export interface NameTableState {
  drive: DriveId;
  generation: number;
  /** All changes up to this part of this revision are in. */
  revision: number;
  part: number;
  /** Tells that revision from one of the same number in another history. */
  mark: string;
  /** How far all names were gone through, until that is done. */
  sweep: EntryKey | undefined;
}

export interface NamedRow extends EntryKey {
  id: number;
  /** Of a directory: what stands there. */
  child: DirId | undefined;
}

interface StateColumns extends Omit<NameTableState, "sweep"> {
  sweepDir: DirId | null;
  sweepName: string | null;
}

type RowColumns = [number, DirId, string, DirId | null];

const COLUMNS = "n.id, n.dir, n.name, n.child";

export class NameTable implements Disposable {
  readonly #database: Database.Database;
  readonly #sql: SqliteStatements;
  #next: number;

  /** Use `openNameTable`. */
  constructor(database: Database.Database) {
    this.#database = database;
    this.#sql = new SqliteStatements(database);
    this.#next = this.#sql.get<{ next: number }>("SELECT next FROM state")?.next ?? 0;
  }

  /** Undefined in a new file. */
  state(): NameTableState | undefined {
    const row = this.#sql.get<StateColumns>(
      `SELECT drive, generation, mark, rev AS revision, part, sweep_dir AS sweepDir,
       sweep_name AS sweepName FROM state`,
    );
    if (!row) return undefined;
    const { sweepDir, sweepName, ...rest } = row;
    const sweep = sweepDir === null ? undefined : { dir: sweepDir, name: sweepName ?? "" };
    return { ...rest, sweep };
  }

  /** What `work` changes, with the state after it, whole or not at all. */
  change(state: NameTableState, work: () => void): void {
    this.#database
      .transaction(() => {
        work();
        const { drive, generation, mark, revision, part, sweep } = state;
        this.#sql.run("DELETE FROM state");
        this.#sql.run(
          `INSERT INTO state VALUES (CAST(? AS INTEGER), ?, ?, CAST(? AS INTEGER),
           CAST(? AS INTEGER), CAST(? AS INTEGER), ?, CAST(? AS INTEGER))`,
          ...[generation, drive, mark, revision, part],
          ...[sweep?.dir ?? null, sweep?.name ?? null, this.#next],
        );
      })
      .immediate();
  }

  get({ dir, name }: EntryKey): NamedRow | undefined {
    const row = this.#sql
      .raw(`SELECT ${COLUMNS} FROM name n WHERE dir = CAST(? AS INTEGER) AND name = ?`)
      .get(dir, name) as RowColumns | undefined;
    return row && toRow(row);
  }

  /** The name must not be there. */
  add({ dir, name, child }: Omit<NamedRow, "id">, folded: FoldedName): void {
    const kind = child === undefined ? "file" : "dir";
    const id = firstId(folded.text, kind) + ++this.#next;
    this.#sql.run(
      "INSERT INTO name VALUES (CAST(? AS INTEGER), CAST(? AS INTEGER), ?, CAST(? AS INTEGER))",
      ...[id, dir, name, child ?? null],
    );
    const insert = "INSERT INTO term (rowid, text) VALUES (CAST(? AS INTEGER), ?)";
    this.#sql.run(insert, id, termsOf(folded, kind));
  }

  remove({ id, child }: NamedRow, folded: FoldedName): void {
    this.#sql.run("DELETE FROM name WHERE id = CAST(? AS INTEGER)", id);
    const terms = termsOf(folded, child === undefined ? "file" : "dir");
    const forget = "INSERT INTO term (term, rowid, text) VALUES ('delete', CAST(? AS INTEGER), ?)";
    this.#sql.run(forget, id, terms);
  }

  /** Names of one directory, in order. */
  inDirectory(dir: DirId, { after = "", limit }: { after?: string; limit: number }): NamedRow[] {
    const sql = `SELECT ${COLUMNS} FROM name n WHERE dir = CAST(? AS INTEGER) AND name > ?
      ORDER BY name LIMIT CAST(? AS INTEGER)`;
    return (this.#sql.raw(sql).all(dir, after, limit) as RowColumns[]).map(toRow);
  }

  /** The best names that have the terms, after an id and before another. */
  matching(
    terms: string,
    { after, before, limit }: { after: number; before: number; limit: number },
  ): NamedRow[] {
    const sql = `SELECT ${COLUMNS} FROM term CROSS JOIN name n ON n.id = term.rowid
      WHERE term MATCH ? AND term.rowid > CAST(? AS INTEGER) AND term.rowid < CAST(? AS INTEGER)
      ORDER BY term.rowid LIMIT CAST(? AS INTEGER)`;
    return (this.#sql.raw(sql).all(terms, after, before, limit) as RowColumns[]).map(toRow);
  }

  /** What lies in this directory is no longer in the drive. */
  doom(dir: DirId): void {
    this.#sql.run("INSERT OR IGNORE INTO doomed VALUES (CAST(? AS INTEGER))", dir);
  }

  doomed(): DirId | undefined {
    return this.#sql.get<{ dir: DirId }>("SELECT dir FROM doomed LIMIT 1")?.dir;
  }

  spare(dir: DirId): void {
    this.#sql.run("DELETE FROM doomed WHERE dir = CAST(? AS INTEGER)", dir);
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}

/** Where the ids of names of this length and kind begin, and where those end. */
export function idsOf(text: string, kind: Entry["kind"]): { after: number; before: number } {
  const after = firstId(text, kind);
  return { after, before: after + NUMBERS };
}

function firstId(text: string, kind: Entry["kind"]): number {
  const length = Math.min(text.length, LENGTH_MAX);
  return (length * KINDS + (kind === "file" ? 1 : 0)) * NUMBERS;
}

export function kindOfId(id: number): Entry["kind"] {
  return Math.floor(id / NUMBERS) % KINDS === 1 ? "file" : "dir";
}

function toRow([id, dir, name, child]: RowColumns): NamedRow {
  return { id, dir, name, child: child ?? undefined };
}

/** A file of another format, or that is none, is begun anew. */
export function openNameTable(file: string): NameTable {
  const database = new Database(file);
  try {
    if (isOurs(database)) return new NameTable(configured(database));
  } catch {
    // Damaged, or no database: whatever it was, it is made anew.
  }
  database.close();
  return makeNameTable(file);
}

/** An empty one in place of what is there. */
export function makeNameTable(file: string): NameTable {
  for (const ending of ENDINGS) rmSync(file + ending, { force: true });
  const database = new Database(file);
  try {
    configured(database).exec(SCHEMA);
    return new NameTable(database);
  } catch (error) {
    database.close();
    throw GoliathError.from(error);
  }
}

function isOurs(database: Database.Database): boolean {
  const id: unknown = database.pragma("application_id", { simple: true });
  const version: unknown = database.pragma("user_version", { simple: true });
  return id === APPLICATION_ID && version === FORMAT_VERSION;
}

/**
 * What a power cut takes of the newest is caught up with: nothing is synced but at checkpoints,
 * which keep the file whole.
 */
function configured(database: Database.Database): Database.Database {
  database.pragma("journal_mode = WAL");
  database.pragma("synchronous = NORMAL");
  database.pragma(`cache_size = -${CACHE_KIB}`);
  return database;
}
