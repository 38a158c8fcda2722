/**
 * One mirror's replica: takes listings and feed changes in, gives dirty rows out. All of it is
 * synchronous SQL in short transactions; nothing here touches the mirrored folder.
 */
import type { Database, Statement } from "better-sqlite3";
import type { EntryChange } from "@goliath/protocols/feed";
import type { DirEntry, DirId, FileEntry, NamedEntry, Revision } from "@goliath/protocols/nouns";
import { encodeExtents } from "./extent-codec.ts";
import {
  DIR_COLUMNS,
  FILE_COLUMNS,
  FORGET_BELOW,
  HELD_BACK,
  MIRROR_COLUMNS,
  RECHECK,
  RECHECK_BELOW,
  RECOMPARE,
  SET_FILE_ON_DISK,
  SET_NOTHING_ON_DISK,
  SETTLED_DIRS,
  SIBLINGS,
  USE_OF_DIR,
  WANTED,
  type DirRow,
  type FileRow,
  type MirrorRow,
  type Place,
  type WantedThere,
} from "./replica-tables.ts";

/** False while everything is listed anew: what is not seen yet would look gone. */
const IS_COMPARED = "(SELECT cursor FROM mirror WHERE id = @mirror) >= 0";

/** A name that stands in a directory, or should. */
export interface SiblingName {
  name: string;
  /** 1 for what is on this disk now. */
  onDisk: number;
}

export class Replica {
  readonly #database: Database;
  readonly #mirror: number;
  readonly #prepared = new Map<string, Statement>();

  constructor(database: Database, mirror: number) {
    this.#database = database;
    this.#mirror = mirror;
  }

  row(): MirrorRow {
    const row = this.#sql(`SELECT ${MIRROR_COLUMNS} FROM mirror WHERE id = @mirror`).get({
      mirror: this.#mirror,
    });
    return row as MirrorRow;
  }

  /**
   * Begins a listing of everything: rows that it will not see are gone when it ends. Nothing of it
   * shows before: see `IS_COMPARED`.
   */
  beginListing(): void {
    this.#run("UPDATE mirror SET epoch = epoch + 1, cursor = -1 WHERE id = @mirror");
    this.#run("UPDATE mirror_dir SET listed = 0 WHERE mirror = @mirror AND parent IS NOT NULL");
  }

  /**
   * Directories whose content is not known yet; at most `limit`. What an earlier listing saw below a
   * directory may be gone with it: only what this one has seen can be asked for.
   */
  unlisted(limit: number): DirId[] {
    const rows = this.#sql(`SELECT dir FROM mirror_dir
        WHERE mirror = @mirror AND listed = 0 AND parent IS NOT NULL
          AND (parent = 0 OR epoch = (SELECT epoch FROM mirror WHERE id = @mirror))
        LIMIT @limit`).all({
      mirror: this.#mirror,
      limit,
    }) as { dir: number }[];
    return rows.map(({ dir }) => dir as DirId);
  }

  /** Takes one page of a directory's listing; with the last page what was not listed is gone. */
  takePage(dir: DirId, { entries, last }: { entries: readonly NamedEntry[]; last: boolean }): void {
    this.#database.transaction(() => {
      for (const { name, entry } of entries) this.#set({ dir, name }, entry);
      if (!last) return;
      const { epoch } = this.row();
      for (const name of this.#unseen(dir, epoch)) this.#clear({ dir, name });
      this.#run("UPDATE mirror_dir SET listed = 1 WHERE mirror = @mirror AND dir = @dir", { dir });
    })();
  }

  /** Takes changes of the feed. Those in directories that are not known are of no concern. */
  takeChanges(changes: readonly EntryChange[]): void {
    this.#database.transaction(() => {
      this.#run("INSERT OR IGNORE INTO mirror_midway (mirror) VALUES (@mirror)");
      for (const { dir, name, entry } of changes) {
        if (!this.#isKnown(dir)) continue;
        if (entry) this.#set({ dir, name }, entry);
        else this.#clear({ dir, name });
      }
    })();
  }

  /** Ends a revision: what lies in directories that are gone is gone, and the cursor moves. */
  finishRevision(revision: Revision, generation: number): void {
    this.#database.transaction(() => {
      this.#run(`WITH RECURSIVE gone (dir) AS (
          SELECT dir FROM mirror_dir WHERE mirror = @mirror AND dirty = 1 AND parent IS NULL
          UNION SELECT d.dir FROM mirror_dir d JOIN gone g ON d.mirror = @mirror AND d.parent = g.dir)
        UPDATE mirror_dir SET parent = NULL, listed = 0, dirty = 1 WHERE mirror = @mirror AND dir IN gone`);
      this.#run(`UPDATE mirror_file SET root = NULL, dirty = 1 WHERE mirror = @mirror AND root IS NOT NULL
        AND dir IN (SELECT dir FROM mirror_dir WHERE mirror = @mirror AND dirty = 1 AND parent IS NULL)`);
      this.#releaseForgotten(revision, generation);
      this.#run(
        "DELETE FROM mirror_file WHERE mirror = @mirror AND dirty = 1 AND root IS NULL AND disk_root IS NULL",
      );
      this.#run("DELETE FROM mirror_midway WHERE mirror = @mirror");
      this.#run(
        "UPDATE mirror SET cursor = @revision, generation = @generation WHERE id = @mirror",
        { revision, generation },
      );
    })();
  }

  /**
   * What a restored index does not know any more may be the only copy: it stays on the disk, as a
   * file of the user's own would, and goes on being served.
   */
  #releaseForgotten(revision: Revision, generation: number): void {
    this.#run(
      `UPDATE mirror_file SET disk_root = NULL
      WHERE mirror = @mirror AND dirty = 1 AND root IS NULL AND disk_root IS NOT NULL
        AND (revision > @revision OR @generation <> (SELECT generation FROM mirror WHERE id = @mirror))`,
      { revision, generation },
    );
  }

  /** Files that are newer here than a restored index knows: they wait for their next version. */
  heldBack(limit: number): { name: string }[] {
    return this.#sql(HELD_BACK).all({ mirror: this.#mirror, limit }) as { name: string }[];
  }

  /** Remembers that all of the cursor's revision is on the disk. */
  markComplete(): number {
    this.#run("UPDATE mirror SET complete = cursor WHERE id = @mirror");
    return this.row().complete;
  }

  markLost(): void {
    this.#run("UPDATE mirror SET lost = 1 WHERE id = @mirror");
  }

  setPath(path: string): void {
    this.#run("UPDATE mirror SET path = @path WHERE id = @mirror", { path });
  }

  /** A replica that is being compared is not clean, and shows nothing to be done. */
  isClean(): boolean {
    if (this.row().cursor < 0) return false;
    const dirty = this.#sql(`SELECT 1 FROM mirror_file WHERE mirror = @mirror AND dirty = 1
      UNION ALL SELECT 1 FROM mirror_dir WHERE mirror = @mirror AND dirty = 1 LIMIT 1`);
    return dirty.get({ mirror: this.#mirror }) === undefined;
  }

  totals(): { files: number; bytes: number; missingFiles: number; missingBytes: number } {
    const row = this.#sql(`SELECT count(*) AS files, coalesce(sum(size), 0) AS bytes,
        coalesce(sum(dirty), 0) AS missingFiles, coalesce(sum(size * dirty), 0) AS missingBytes
      FROM mirror_file WHERE mirror = @mirror AND root IS NOT NULL`);
    return row.get({ mirror: this.#mirror }) as ReturnType<Replica["totals"]>;
  }

  dir(dir: number): DirRow | undefined {
    return this.#sql(
      `SELECT ${DIR_COLUMNS} FROM mirror_dir WHERE mirror = @mirror AND dir = @dir`,
    ).get({ mirror: this.#mirror, dir }) as DirRow | undefined;
  }

  /** Directories that must be made, moved or removed; bounded by `limit`. */
  dirtyDirs(limit: number): DirRow[] {
    return this.#sql(
      `SELECT ${DIR_COLUMNS} FROM mirror_dir WHERE mirror = @mirror AND dirty = 1 AND ${IS_COMPARED}
        LIMIT @limit`,
    ).all({ mirror: this.#mirror, limit }) as DirRow[];
  }

  /** The directory that stands on the disk under this name. */
  dirOnDisk({ dir, name }: Place): DirRow | undefined {
    return this.#sql(
      `SELECT ${DIR_COLUMNS} FROM mirror_dir WHERE mirror = @mirror AND disk_parent = @dir AND disk_name = @name`,
    ).get({ mirror: this.#mirror, dir, name }) as DirRow | undefined;
  }

  /** Directories that should be where they are, by id from `after` on. */
  dirsOnDisk(after: number, limit: number): number[] {
    const rows = this.#sql(SETTLED_DIRS).all({ mirror: this.#mirror, after, limit });
    return (rows as { dir: number }[]).map(({ dir }) => dir);
  }

  setDirOnDisk(dir: number, place: Place | undefined): void {
    this.#run(
      `UPDATE mirror_dir SET disk_parent = @diskParent, disk_name = @diskName,
        dirty = CASE WHEN parent IS @diskParent AND (name = @diskName OR @diskName IS NULL) THEN 0 ELSE 1 END
      WHERE mirror = @mirror AND dir = @dir`,
      { dir, diskParent: place?.dir ?? null, diskName: place?.name ?? null },
    );
    if (!place)
      this.#run("DELETE FROM mirror_dir WHERE mirror = @mirror AND dir = @dir AND parent IS NULL", {
        dir,
      });
  }

  /** Whether something of ours stands in a directory on the disk, but for directories that are gone. */
  isInUse(dir: number): boolean {
    return this.#sql(USE_OF_DIR).get({ mirror: this.#mirror, dir }) !== undefined;
  }

  /** What was put below a directory is looked at again, and fetched where it is missing. */
  recheckBelow(dir: number): void {
    this.#run(RECHECK_BELOW, { dir });
  }

  /** A directory is not on the disk any more, and so nothing that was in it. */
  forgetDirOnDisk(dir: number): void {
    this.#database.transaction(() => {
      for (const sql of FORGET_BELOW) this.#run(sql, { dir });
    })();
  }

  /** Dirty files after a key, in key order, so that a sweep passes each once; at most `limit`. */
  dirtyFiles({
    after,
    wanted,
    limit,
  }: {
    after: Place;
    wanted: boolean;
    limit: number;
  }): FileRow[] {
    return this.#sql(`SELECT ${FILE_COLUMNS} FROM mirror_file WHERE mirror = @mirror AND dirty = 1
        AND ${IS_COMPARED} AND (dir, name) > (@dir, @name) AND (root IS NOT NULL) = @wanted ORDER BY dir, name LIMIT @limit`).all(
      { mirror: this.#mirror, ...after, wanted: wanted ? 1 : 0, limit },
    ) as FileRow[];
  }

  /** Files that we put on the disk, after a key in key order; at most `limit`. */
  filesOnDisk(after: Place, limit: number): Place[] {
    const files = this.#sql(`SELECT dir, name FROM mirror_file WHERE mirror = @mirror
      AND disk_root IS NOT NULL AND (dir, name) > (@dir, @name) ORDER BY dir, name LIMIT @limit`);
    return files.all({ mirror: this.#mirror, ...after, limit }) as Place[];
  }

  /** What the index wants under a name, and what we put there: less than the row. */
  wanted({ dir, name }: Place): WantedThere | undefined {
    return this.#sql(WANTED).get({ mirror: this.#mirror, dir, name }) as WantedThere | undefined;
  }

  /** All names of a directory, of files and directories, wanted or still on the disk. */
  siblings(dir: number): SiblingName[] {
    return this.#sql(SIBLINGS).all({ mirror: this.#mirror, dir }) as SiblingName[];
  }

  /**
   * Every file is looked at again, and adopted where it is right. What we put there stays known as
   * ours, by its bytes. Directories are missed where they are needed.
   */
  recompare(rootInode: string): void {
    this.#database.transaction(() => {
      this.#run(RECOMPARE);
      this.#run("UPDATE mirror SET root_inode = @rootInode WHERE id = @mirror", { rootInode });
    })();
  }

  /** A file on this disk that should go, whose bytes have this root. */
  leaving(root: Uint8Array): FileRow | undefined {
    return this.#sql(`SELECT ${FILE_COLUMNS} FROM mirror_file
        WHERE disk_root = @root AND mirror = @mirror AND dirty = 1 AND root IS NULL LIMIT 1`).get({
      mirror: this.#mirror,
      root,
    }) as FileRow | undefined;
  }

  /**
   * Remembers what now stands on the disk under these names (`root` null: nothing of ours). A row
   * stays dirty when the index has meanwhile asked for something else, and comes back when it has
   * meanwhile asked for nothing: what we put there is then to be taken away.
   */
  setFilesOnDisk(files: readonly (Place & { root: Uint8Array | null; revision: number })[]): void {
    this.#database.transaction(() => {
      for (const { dir, name, root, revision } of files) {
        if (root) this.#run(SET_FILE_ON_DISK, { dir, name, root, revision });
        else for (const sql of SET_NOTHING_ON_DISK) this.#run(sql, { dir, name });
      }
    })();
  }

  /** What we wrote under this name is no longer there: it is fetched anew. */
  forgetOnDisk({ dir, name }: Place): void {
    this.#run(
      "UPDATE mirror_file SET disk_root = NULL, dirty = 1 WHERE mirror = @mirror AND dir = @dir AND name = @name",
      { dir, name },
    );
  }

  /** What we wrote under this name is known of no longer: it is looked at again. */
  recheck({ dir, name }: Place): void {
    this.#run(RECHECK, { dir, name });
  }

  #isKnown(dir: number): boolean {
    const row = this.#sql(
      "SELECT 1 FROM mirror_dir WHERE mirror = @mirror AND dir = @dir AND listed = 1",
    );
    return row.get({ mirror: this.#mirror, dir }) !== undefined;
  }

  #unseen(dir: number, epoch: number): string[] {
    const rows =
      this.#sql(`SELECT name FROM mirror_file WHERE mirror = @mirror AND dir = @dir AND epoch <> @epoch AND root IS NOT NULL
      UNION SELECT name FROM mirror_dir WHERE mirror = @mirror AND parent = @dir AND epoch <> @epoch`);
    return (rows.all({ mirror: this.#mirror, dir, epoch }) as { name: string }[]).map(
      ({ name }) => name,
    );
  }

  #set(place: Place, entry: FileEntry | DirEntry): void {
    if (entry.kind === "dir") this.#setDir(place, entry.dir);
    else this.#setFile(place, entry);
  }

  #setDir(place: Place, dir: number): void {
    this.#clearFile(place);
    this.#clearDir(place, dir);
    this.#run(
      `INSERT INTO mirror_dir (mirror, dir, parent, name, listed, dirty, epoch)
        VALUES (@mirror, @dir, @parent, @name, 0, 1, (SELECT epoch FROM mirror WHERE id = @mirror))
      ON CONFLICT DO UPDATE SET parent = @parent, name = @name, epoch = excluded.epoch,
        dirty = CASE WHEN disk_parent IS @parent AND disk_name IS @name THEN 0 ELSE 1 END`,
      { dir, parent: place.dir, name: place.name },
    );
  }

  /**
   * Only a restored index tells an older revision than before: the newer version may be nowhere else
   * and stays, until somebody writes one under this name again.
   */
  #setFile(place: Place, file: FileEntry): void {
    this.#clearDir(place, 0);
    this.#run(
      `INSERT INTO mirror_file (mirror, dir, name, revision, size, mtime, executable, root, extents, sums, dirty, epoch)
        VALUES (@mirror, @dir, @name, @revision, @size, @mtime, @executable, @root, @extents, @sums, 1, (SELECT epoch FROM mirror WHERE id = @mirror))
      ON CONFLICT DO UPDATE SET epoch = excluded.epoch, size = @size, mtime = @mtime, executable = @executable,
        root = @root, extents = @extents, sums = @sums, revision = @revision,
        dirty = CASE WHEN root IS @root AND revision = @revision AND extents = @extents THEN dirty
          WHEN revision > @revision AND disk_root IS NOT NULL AND disk_root IS NOT @root THEN 0
          ELSE 1 END`,
      {
        ...place,
        revision: file.revision,
        size: file.size,
        mtime: file.mtimeMs,
        executable: file.executable ? 1 : 0,
        root: file.root,
        extents: encodeExtents(file.extents),
        sums: file.sums ?? null,
      },
    );
  }

  #clear(place: Place): void {
    this.#clearFile(place);
    this.#clearDir(place, 0);
  }

  #clearFile(place: Place): void {
    this.#run(
      "UPDATE mirror_file SET root = NULL, dirty = 1 WHERE mirror = @mirror AND dir = @dir AND name = @name",
      { ...place },
    );
  }

  /** Whatever other directory should have stood here is gone, unless it is named elsewhere later. */
  #clearDir({ dir, name }: Place, except: number): void {
    this.#run(
      `UPDATE mirror_dir SET parent = NULL, dirty = 1
      WHERE mirror = @mirror AND parent = @dir AND name = @name AND dir <> @except`,
      { dir, name, except },
    );
  }

  #run(sql: string, values: Record<string, unknown> = {}): void {
    this.#sql(sql).run({ mirror: this.#mirror, ...values });
  }

  #sql(sql: string): Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) this.#prepared.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }
}
