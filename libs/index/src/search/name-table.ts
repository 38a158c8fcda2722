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
import { foldName, type FoldedName } from "./fold-name.ts";
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

/** A name that is not here yet. */
export type NewName = Omit<NamedRow, "id">;

interface NumberedName extends NamedRow {
  folded: FoldedName;
}

export interface Changes {
  removed?: readonly NamedRow[];
  added?: readonly NewName[];
  /** Directories that are no longer in the drive: what lies in them is to go. */
  doomed?: readonly DirId[];
  /** One of them of which nothing is left. */
  spared?: DirId | undefined;
}

interface StateColumns extends Omit<NameTableState, "sweep"> {
  sweepDir: DirId | null;
  sweepName: string | null;
}

type RowColumns = [number, DirId, string, DirId | null];

const COLUMNS = "n.id, n.dir, n.name, n.child";
const DIR = "n.dir = CAST(? AS INTEGER)";
const ONE = `SELECT ${COLUMNS} FROM name n WHERE ${DIR} AND n.name = CAST(? AS TEXT)`;
const IN_DIRECTORY = `SELECT ${COLUMNS} FROM name n WHERE ${DIR} AND n.name > CAST(? AS TEXT)
  ORDER BY n.name LIMIT CAST(? AS INTEGER)`;
const BY_ID = `SELECT ${COLUMNS} FROM name n WHERE n.id = CAST(? AS INTEGER)`;
const IDS_MATCHING = `SELECT rowid FROM term WHERE term MATCH CAST(? AS TEXT)
  ORDER BY rowid LIMIT CAST(? AS INTEGER)`;
const MATCHING = `SELECT ${COLUMNS} FROM term CROSS JOIN name n ON n.id = term.rowid
  WHERE term MATCH CAST(? AS TEXT) AND term.rowid > CAST(? AS INTEGER)
  AND term.rowid < CAST(? AS INTEGER) ORDER BY term.rowid LIMIT CAST(? AS INTEGER)`;
const ADD =
  "INSERT INTO name VALUES (CAST(? AS INTEGER), CAST(? AS INTEGER), ?, CAST(? AS INTEGER))";
const ADD_TERMS = "INSERT INTO term (rowid, text) VALUES (CAST(? AS INTEGER), ?)";
const REMOVE_TERMS =
  "INSERT INTO term (term, rowid, text) VALUES ('delete', CAST(? AS INTEGER), ?)";

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

  /** Whole or not at all, with the state after it. */
  apply(state: NameTableState, { removed = [], added = [], doomed = [], spared }: Changes): void {
    this.#database
      .transaction(() => {
        for (const row of removed.toSorted(byId)) this.#remove(row);
        for (const row of this.#numbered(added).toSorted(byId)) this.#add(row);
        const doom = "INSERT OR IGNORE INTO doomed VALUES (CAST(? AS INTEGER))";
        for (const dir of doomed) this.#sql.run(doom, dir);
        const spare = "DELETE FROM doomed WHERE dir = CAST(? AS INTEGER)";
        if (spared !== undefined) this.#sql.run(spare, spared);
        this.#write(state);
      })
      .immediate();
  }

  /** In one transaction: outside of one each look would cost five times as much. */
  get(keys: readonly EntryKey[]): (NamedRow | undefined)[] {
    const one = this.#sql.raw(ONE);
    return this.#database.transaction(() =>
      keys.map(({ dir, name }) => {
        const row = one.get(dir, name) as RowColumns | undefined;
        return row && toRow(row);
      }),
    )();
  }

  /** Names of one directory, in order. */
  inDirectory(dir: DirId, { after = "", limit }: { after?: string; limit: number }): NamedRow[] {
    return (this.#sql.raw(IN_DIRECTORY).all(dir, after, limit) as RowColumns[]).map(toRow);
  }

  /** The ids alone of the best names that have the terms: a fifth of the work. */
  idsMatching(terms: string, limit: number): number[] {
    return this.#sql.raw(IDS_MATCHING).all(terms, limit).flat() as number[];
  }

  byIds(ids: readonly number[]): NamedRow[] {
    const one = this.#sql.raw(BY_ID);
    return this.#database.transaction(() => ids.map((id) => toRow(one.get(id) as RowColumns)))();
  }

  /** The best names that have the terms, after an id and before another. */
  matching(
    terms: string,
    { after, before, limit }: { after: number; before: number; limit: number },
  ): NamedRow[] {
    return (this.#sql.raw(MATCHING).all(terms, after, before, limit) as RowColumns[]).map(toRow);
  }

  /** A directory that is no longer in the drive, and whose names are still here. */
  doomed(): DirId | undefined {
    return this.#sql.get<{ dir: DirId }>("SELECT dir FROM doomed LIMIT 1")?.dir;
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #numbered(names: readonly NewName[]): NumberedName[] {
    return names.map((name) => {
      const folded = foldName(name.name);
      const id = firstId(folded.text, kindOf(name)) + ++this.#next;
      return { ...name, id, folded };
    });
  }

  #add({ id, dir, name, child, folded }: NumberedName): void {
    this.#sql.run(ADD, id, dir, name, child ?? null);
    this.#sql.run(ADD_TERMS, id, termsOf(folded, kindOf({ child })));
  }

  #remove({ id, name, child }: NamedRow): void {
    this.#sql.run("DELETE FROM name WHERE id = CAST(? AS INTEGER)", id);
    this.#sql.run(REMOVE_TERMS, id, termsOf(foldName(name), kindOf({ child })));
  }

  #write({ drive, generation, mark, revision, part, sweep }: NameTableState): void {
    this.#sql.run("DELETE FROM state");
    this.#sql.run(
      `INSERT INTO state VALUES (CAST(? AS INTEGER), ?, ?, CAST(? AS INTEGER),
       CAST(? AS INTEGER), CAST(? AS INTEGER), ?, CAST(? AS INTEGER))`,
      ...[generation, drive, mark, revision, part],
      ...[sweep?.dir ?? null, sweep?.name ?? null, this.#next],
    );
  }
}

const kindOf = ({ child }: Pick<NamedRow, "child">): Entry["kind"] =>
  child === undefined ? "file" : "dir";

/** FTS5 writes what it has gathered to disk whenever an id is lower than the one before. */
const byId = (a: { id: number }, b: { id: number }): number => a.id - b.id;

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
