/** One share in the peer's database: its settings, its entries, and the effects of its commits. */
import type { SqliteDatabase } from "@goliath/kit";
import type { DrivePath, Extent, Revision } from "@goliath/protocols/nouns";
import type { Statement } from "better-sqlite3";
import { decodeExtents, encodeExtents } from "../mirror/extent-codec.ts";

/** Entries with one inode: hard links of one file beyond this are not looked at for renames. */
const SAME_INODE_MAX = 8;
/** Ids read in one go. */
const PAGE_ROWS = 1000;

/** A share's settings and counts. */
export interface ShareRow {
  id: number;
  /** Absolute path of the folder, links resolved. */
  local: string;
  path: DrivePath;
  /** Which folder it was: `st_dev` and `st_ino` in decimal. */
  device: string;
  inode: string;
  once: number;
  /** 1: the drive may hold entries the rows do not tell of. */
  reconcile: number;
  /** The index's generation the rows speak of. */
  generation: number;
  /** 1: everything found in the first scan was committed. */
  published: number;
  revision: Revision;
  files: number;
  bytes: number;
}

/** How an entry on the disk is recognised. Directories have size and times 0. */
export interface EntryStamp {
  inode: bigint;
  /** Creation time in nanoseconds; tells a new directory from the old owner of its inode. */
  birthNs: bigint;
  size: number;
  mtimeNs: bigint;
  ctimeNs: bigint;
  executable: boolean;
  /** Whether it lies on another disk than the share's root. */
  mounted: boolean;
}

/** An entry as committed. */
export interface EntryRow extends EntryStamp {
  id: number;
  name: string;
  dir: boolean;
  extents: Extent[];
}

/** What a commit does to the rows; names count from the share's root. */
export type ShareEffect =
  | { kind: "file"; names: string[]; stamp: EntryStamp; extents: Extent[] }
  | { kind: "dir"; names: string[]; stamp: EntryStamp }
  | { kind: "remove"; names: string[] }
  | { kind: "move"; from: string[]; to: string[]; stamp: EntryStamp };

const ENTRY_COLUMNS =
  "id, name, dir, inode, birth AS birthNs, size, mtime AS mtimeNs, ctime AS ctimeNs, executable, mounted, extents";

export class ShareRecord {
  readonly id: number;
  readonly #database: SqliteDatabase;
  /** Statements by their text, all of which stand in this file. */
  readonly #statements = new Map<string, Statement<unknown[]>>();

  constructor(database: SqliteDatabase, id: number) {
    this.#database = database;
    this.id = id;
  }

  /** Throws when the share was removed. */
  row(): ShareRow {
    const row = this.#prepare<ShareRow>("SELECT * FROM share WHERE id = ?").get(this.id);
    if (!row) throw new Error(`share ${this.id} is gone`);
    return row;
  }

  set(values: Partial<Omit<ShareRow, "id" | "local" | "path" | "files" | "bytes">>): void {
    for (const [column, value] of Object.entries(values)) {
      this.#prepare(`UPDATE share SET ${column} = ? WHERE id = ?`).run(value, this.id);
    }
  }

  /** The row of the folder itself, made when absent. */
  root(): number {
    const select = "SELECT id FROM share_entry WHERE share = ? AND parent IS NULL";
    const found = this.#prepare<{ id: number }>(select).get(this.id);
    if (found) return found.id;
    return this.#insert({ parent: null, name: "", dir: 1, stamp: EMPTY_STAMP, extents: [] });
  }

  child(parent: number, name: string): EntryRow | undefined {
    const row = this.#prepareEntries("parent = ? AND name = ?").get(parent, name);
    return row && entryOf(row);
  }

  /** Entries of a directory with names after one and up to another, in the order of their bytes. */
  between(parent: number, { after, upTo }: { after: string; upTo?: string }): EntryRow[] {
    const bound = upTo === undefined ? "" : "AND name <= ?";
    const statement = this.#prepareEntries(`parent = ? AND name > ? ${bound} ORDER BY name`);
    return statement.all(parent, after, ...(upTo === undefined ? [] : [upTo])).map(entryOf);
  }

  hasChildren(parent: number): boolean {
    return (
      this.#prepare("SELECT 1 FROM share_entry WHERE parent = ? LIMIT 1").get(parent) !== undefined
    );
  }

  /** Entries that had this inode when they were published. */
  byInode(inode: bigint): EntryRow[] {
    const statement = this.#prepareEntries("share = ? AND inode = ? LIMIT ?");
    return statement.all(this.id, BigInt.asIntN(64, inode), SAME_INODE_MAX).map(entryOf);
  }

  /** Names from the root down; undefined once the entry is gone. */
  namesOf(id: number): string[] | undefined {
    const select = this.#prepare<{ parent: number | null; name: string }>(
      "SELECT parent, name FROM share_entry WHERE id = ?",
    );
    const names: string[] = [];
    for (let at: number | null = id; ;) {
      const row: { parent: number | null; name: string } | undefined = select.get(at);
      if (!row) return undefined;
      if (row.parent === null) return names.toReversed();
      names.push(row.name);
      at = row.parent;
    }
  }

  isDir(id: number): boolean {
    const select = "SELECT dir FROM share_entry WHERE id = ?";
    return this.#prepare<{ dir: number }>(select).get(id)?.dir === 1;
  }

  /** Whether it lay on another disk than the share's root. */
  isMounted(id: number): boolean {
    const select = "SELECT mounted FROM share_entry WHERE id = ?";
    return this.#prepare<{ mounted: number }>(select).get(id)?.mounted === 1;
  }

  /** The deepest known directory on the way to these names, and how many of them it took. */
  findDir(names: readonly string[]): { id: number; depth: number } {
    let found = { id: this.root(), depth: 0 };
    for (const name of names) {
      const row = this.child(found.id, name);
      if (!row?.dir) break;
      found = { id: row.id, depth: found.depth + 1 };
    }
    return found;
  }

  /** Notes what a commit did. Runs inside the caller's transaction. */
  apply(effects: readonly ShareEffect[], revision: Revision | undefined): void {
    for (const effect of effects) this.#applyOne(effect);
    if (revision !== undefined) this.set({ revision });
  }

  /** Remembers how the entry is recognised now; nothing of it changed in the drive. */
  restamp(entry: number, { inode, birthNs, mounted }: EntryStamp): void {
    const update = "UPDATE share_entry SET inode = ?, birth = ?, mounted = ? WHERE id = ?";
    this.#prepare(update).run(BigInt.asIntN(64, inode), birthNs, Number(mounted), entry);
  }

  /** Forgets all entries: the drive will be compared with, and nothing removed from it. */
  forget(): void {
    this.#prepare("DELETE FROM share_entry WHERE share = ?").run(this.id);
    this.set({ reconcile: 1 });
  }

  /** Returns whether this is news. */
  markGone(entry: number): boolean {
    const insert = "INSERT OR IGNORE INTO share_gone (entry, share) VALUES (?, ?)";
    return this.#prepare(insert).run(entry, this.id).changes > 0;
  }

  unmarkGone(entry?: number): void {
    if (entry === undefined) this.#prepare("DELETE FROM share_gone WHERE share = ?").run(this.id);
    else this.#prepare("DELETE FROM share_gone WHERE entry = ?").run(entry);
  }

  isGone(entry: number): boolean {
    return this.#prepare("SELECT 1 FROM share_gone WHERE entry = ?").get(entry) !== undefined;
  }

  /** Entries marked gone after the id `after`: a page. */
  gone(after: number): number[] {
    const select =
      "SELECT entry FROM share_gone WHERE share = ? AND entry > ? ORDER BY entry LIMIT ?";
    const rows = this.#prepare<{ entry: number }>(select).all(this.id, after, PAGE_ROWS);
    return rows.map(({ entry }) => entry);
  }

  /** Whether a directory above the entry is marked gone. */
  isBelowGone(id: number): boolean {
    const select = this.#prepare<{ parent: number | null }>(
      "SELECT parent FROM share_entry WHERE id = ?",
    );
    for (let at = select.get(id)?.parent; typeof at === "number"; at = select.get(at)?.parent) {
      if (this.isGone(at)) return true;
    }
    return false;
  }

  /** Files at or below an entry. */
  filesBelow(entry: number): number {
    const select = `
      WITH RECURSIVE below (id, dir) AS (
        SELECT id, dir FROM share_entry WHERE id = ?
        UNION ALL SELECT e.id, e.dir FROM share_entry e JOIN below b ON e.parent = b.id
      ) SELECT count(*) AS files FROM below WHERE dir = 0`;
    return this.#prepare<{ files: number }>(select).get(entry)?.files ?? 0;
  }

  remove(): void {
    this.#prepare("DELETE FROM share WHERE id = ?").run(this.id);
  }

  #applyOne(effect: ShareEffect): void {
    if (effect.kind === "move") return this.#move(effect);
    if (effect.kind === "remove") return this.#delete(this.#find(effect.names)?.id);
    const dir = effect.kind === "dir" ? 1 : 0;
    const extents = effect.kind === "file" ? effect.extents : [];
    this.#put(effect.names, { dir, stamp: effect.stamp, extents });
  }

  #put(names: readonly string[], entry: Omit<NewEntry, "parent" | "name">): void {
    const row = this.#find(names);
    if (row) {
      const update = `UPDATE share_entry SET inode = ?, birth = ?, size = ?, mtime = ?, ctime = ?,
        executable = ?, mounted = ?, extents = ? WHERE id = ?`;
      const values = [...stampValues(entry.stamp), encodeExtents(entry.extents), row.id];
      this.#prepare(update).run(...values);
      return this.unmarkGone(row.id);
    }
    this.#insert({
      parent: this.#makeDirs(names.slice(0, -1)),
      name: names.at(-1) ?? "",
      ...entry,
    });
  }

  #move({ from, to, stamp }: { from: string[]; to: string[]; stamp: EntryStamp }): void {
    const source = this.#find(from);
    if (!source) return;
    this.#delete(this.#find(to)?.id);
    const update =
      "UPDATE share_entry SET parent = ?, name = ?, inode = ?, birth = ?, ctime = ? WHERE id = ?";
    const { inode, birthNs, ctimeNs } = stamp;
    const values = [BigInt.asIntN(64, inode), birthNs, ctimeNs, source.id];
    this.#prepare(update).run(this.#makeDirs(to.slice(0, -1)), to.at(-1), ...values);
    this.unmarkGone(source.id);
  }

  #find(names: readonly string[]): EntryRow | undefined {
    const parent = this.findDir(names.slice(0, -1));
    return parent.depth === names.length - 1
      ? this.child(parent.id, names.at(-1) ?? "")
      : undefined;
  }

  /** Missing ones are made with no stamp, which the next scan completes. */
  #makeDirs(names: readonly string[]): number {
    const { id, depth } = this.findDir(names);
    let parent = id;
    for (const name of names.slice(depth)) {
      parent = this.#insert({ parent, name, dir: 1, stamp: EMPTY_STAMP, extents: [] });
    }
    return parent;
  }

  #delete(id: number | undefined): void {
    if (id !== undefined) this.#prepare("DELETE FROM share_entry WHERE id = ?").run(id);
  }

  #insert({ parent, name, dir, stamp, extents }: NewEntry): number {
    const insert = `INSERT INTO share_entry (share, parent, name, dir, inode, birth, size, mtime,
      ctime, executable, mounted, extents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
    const values = [this.id, parent, name, dir, ...stampValues(stamp), encodeExtents(extents)];
    return Number(this.#prepare(insert).run(...values).lastInsertRowid);
  }

  #prepare<Row>(sql: string): Statement<unknown[], Row> {
    const prepared = this.#statements.get(sql) ?? this.#database.prepare<unknown[]>(sql);
    this.#statements.set(sql, prepared);
    return prepared as Statement<unknown[], Row>;
  }

  /** Times and inodes need all 64 bits. */
  #prepareEntries(where: string): Statement<unknown[], RawEntry> {
    return this.#prepare<RawEntry>(
      `SELECT ${ENTRY_COLUMNS} FROM share_entry WHERE ${where}`,
    ).safeIntegers();
  }
}

interface NewEntry {
  parent: number | null;
  name: string;
  dir: number;
  stamp: EntryStamp;
  extents: Extent[];
}

interface RawEntry {
  id: bigint;
  name: string;
  dir: bigint;
  inode: bigint;
  birthNs: bigint;
  size: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
  executable: bigint;
  mounted: bigint;
  extents: Uint8Array | null;
}

const EMPTY_STAMP: EntryStamp = {
  inode: 0n,
  birthNs: 0n,
  size: 0,
  mtimeNs: 0n,
  ctimeNs: 0n,
  executable: false,
  mounted: false,
};

function stampValues(stamp: EntryStamp): (bigint | number)[] {
  const { inode, birthNs, size, mtimeNs, ctimeNs, executable, mounted } = stamp;
  // Inodes of some file systems use all 64 bits; SQLite's integers are signed.
  return [
    BigInt.asIntN(64, inode),
    birthNs,
    size,
    mtimeNs,
    ctimeNs,
    Number(executable),
    Number(mounted),
  ];
}

function entryOf(row: RawEntry): EntryRow {
  return {
    id: Number(row.id),
    name: row.name,
    dir: row.dir === 1n,
    inode: BigInt.asUintN(64, row.inode),
    birthNs: row.birthNs,
    size: Number(row.size),
    mtimeNs: row.mtimeNs,
    ctimeNs: row.ctimeNs,
    executable: row.executable === 1n,
    mounted: row.mounted === 1n,
    extents: row.extents ? decodeExtents(row.extents) : [],
  };
}
