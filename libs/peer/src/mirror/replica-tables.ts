/**
 * The tables of a mirror's replica: what the index says should stand in the subscribed directory
 * (desired) beside what we last put on this disk (disk). Rows whose two halves differ are dirty.
 *
 * Directories are known by id, so renaming one is one row however much lies below it.
 * `parent` null: gone. `disk_parent` null: not on the disk. The subscribed directory itself has
 * parent 0 on both sides and is never dirty. `listed` 0: its content must still be asked for.
 * A mirror is in `mirror_midway` while its rows hold a part of a revision after its cursor.
 * `epoch` marks the listing that last saw a row; what a full listing did not see is gone.
 */
import type { Database } from "better-sqlite3";
import { createPausedTable } from "../state/paused-folders.ts";

export const REPLICA_TABLES = `
CREATE TABLE IF NOT EXISTS mirror (
  id INTEGER PRIMARY KEY, dir INTEGER NOT NULL, path TEXT NOT NULL, local TEXT NOT NULL UNIQUE,
  generation INTEGER NOT NULL, cursor INTEGER NOT NULL, complete INTEGER NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0, root_inode TEXT NOT NULL, lost INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS mirror_dir (
  mirror INTEGER NOT NULL, dir INTEGER NOT NULL, parent INTEGER, name TEXT NOT NULL,
  disk_parent INTEGER, disk_name TEXT, listed INTEGER NOT NULL, dirty INTEGER NOT NULL,
  epoch INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (mirror, dir)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mirror_dir_place ON mirror_dir (mirror, parent, name);
CREATE INDEX IF NOT EXISTS mirror_dir_disk ON mirror_dir (mirror, disk_parent, disk_name);
CREATE INDEX IF NOT EXISTS mirror_dir_dirty ON mirror_dir (mirror) WHERE dirty = 1;
CREATE INDEX IF NOT EXISTS mirror_dir_unlisted ON mirror_dir (mirror) WHERE listed = 0;
CREATE TABLE IF NOT EXISTS mirror_file (
  mirror INTEGER NOT NULL, dir INTEGER NOT NULL, name TEXT NOT NULL,
  revision INTEGER NOT NULL, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  executable INTEGER NOT NULL, root BLOB, extents BLOB NOT NULL, sums BLOB,
  disk_root BLOB, dirty INTEGER NOT NULL, epoch INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (mirror, dir, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS mirror_file_dirty ON mirror_file (mirror) WHERE dirty = 1;
CREATE INDEX IF NOT EXISTS mirror_file_held ON mirror_file (mirror)
  WHERE dirty = 0 AND root IS NOT NULL AND disk_root IS NOT NULL AND root <> disk_root;
CREATE INDEX IF NOT EXISTS mirror_file_leaving ON mirror_file (disk_root) WHERE dirty = 1 AND root IS NULL;
CREATE TABLE IF NOT EXISTS mirror_midway (mirror INTEGER PRIMARY KEY) STRICT;
INSERT OR IGNORE INTO mirror_midway SELECT id FROM mirror;
`;

/** A subscription as kept on disk. */
export interface MirrorRow {
  id: number;
  /** The directory followed, by id. */
  dir: number;
  /** Its path when last heard of: for people only. */
  path: string;
  /** Absolute path of the folder mirrored into. */
  local: string;
  generation: number;
  /** The revision whose state the replica holds; -1 until first listed. */
  cursor: number;
  /** The newest revision that was whole on this disk; -1 when none was. */
  complete: number;
  epoch: number;
  /** `device:inode` of the folder, to notice another disk in its place. */
  rootInode: string;
  /** Whether the directory was removed from the drive: nothing is deleted here then. */
  lost: number;
}

export interface DirRow {
  dir: number;
  parent: number | null;
  name: string;
  diskParent: number | null;
  diskName: string | null;
}

/** A name in a directory. */
export interface Place {
  dir: number;
  name: string;
}

export interface FileRow {
  dir: number;
  name: string;
  revision: number;
  size: number;
  mtimeMs: number;
  executable: number;
  /** Null: it should not be there. */
  root: Uint8Array | null;
  extents: Uint8Array;
  sums: Uint8Array | null;
  /** Root of what we last wrote under this name; null when nothing. */
  diskRoot: Uint8Array | null;
}

export const MIRROR_COLUMNS =
  "id, dir, path, local, generation, cursor, complete, epoch, root_inode AS rootInode, lost";
export const DIR_COLUMNS = "dir, parent, name, disk_parent AS diskParent, disk_name AS diskName";
export const FILE_COLUMNS =
  "dir, name, revision, size, mtime AS mtimeMs, executable, root, extents, sums, disk_root AS diskRoot";

/** What the index wants under a name, and what we put there. */
export type WantedThere = Pick<FileRow, "root" | "revision" | "diskRoot">;
export const WANTED = `SELECT root, revision, disk_root AS diskRoot FROM mirror_file
  WHERE mirror = @mirror AND dir = @dir AND name = @name`;
/** Directories that should be where they are. */
export const SETTLED_DIRS = `SELECT dir FROM mirror_dir
  WHERE mirror = @mirror AND dir > @after AND disk_parent > 0 AND dirty = 0 ORDER BY dir LIMIT @limit`;
/** What a restored index does not know as new as it is here: it waits for its next version. */
const IS_HELD_BACK =
  "dirty = 0 AND root IS NOT NULL AND disk_root IS NOT NULL AND root <> disk_root";
export const HELD_BACK = `SELECT name FROM mirror_file
  WHERE mirror = @mirror AND ${IS_HELD_BACK} LIMIT @limit`;
const BELOW = `WITH RECURSIVE below (dir) AS (SELECT @dir UNION
    SELECT d.dir FROM mirror_dir d JOIN below b ON d.mirror = @mirror AND d.disk_parent = b.dir)`;
/** What was put under a name, or below a directory, or anywhere is to be looked at again. */
export const RECHECK = `UPDATE mirror_file SET dirty = 1
  WHERE mirror = @mirror AND dir = @dir AND name = @name AND NOT (${IS_HELD_BACK})`;
export const RECHECK_BELOW = `${BELOW}
  UPDATE mirror_file SET dirty = 1
    WHERE mirror = @mirror AND dir IN below AND NOT (${IS_HELD_BACK})`;
export const RECOMPARE = `UPDATE mirror_file SET dirty = 1
  WHERE mirror = @mirror AND root IS NOT NULL AND NOT (${IS_HELD_BACK})`;
/** What of ours stands in a directory on the disk, or should stand elsewhere and does not yet. */
export const USE_OF_DIR = `SELECT 1 FROM mirror_file
    WHERE mirror = @mirror AND dir = @dir AND disk_root IS NOT NULL
  UNION ALL SELECT 1 FROM mirror_dir
    WHERE mirror = @mirror AND disk_parent = @dir AND parent IS NOT NULL LIMIT 1`;
/** A directory is not on the disk any more, and so nothing that was in it; in this order. */
export const FORGET_BELOW = [
  `${BELOW} UPDATE mirror_file SET disk_root = NULL, dirty = 1
    WHERE mirror = @mirror AND dir IN below`,
  `${BELOW} UPDATE mirror_dir SET disk_parent = NULL, disk_name = NULL, dirty = 1
    WHERE mirror = @mirror AND dir IN below`,
];
/** All names of a directory, wanted or still on the disk. */
export const SIBLINGS = `SELECT name, disk_root IS NOT NULL AS onDisk FROM mirror_file
    WHERE mirror = @mirror AND dir = @dir AND (root IS NOT NULL OR disk_root IS NOT NULL)
  UNION ALL SELECT name, 0 FROM mirror_dir WHERE mirror = @mirror AND parent = @dir
  UNION ALL SELECT disk_name, 1 FROM mirror_dir WHERE mirror = @mirror AND disk_parent = @dir`;
/** Makes the row that is to go where the index asks for nothing there any more. */
export const SET_FILE_ON_DISK = `
INSERT INTO mirror_file (mirror, dir, name, revision, size, mtime, executable, root, extents, disk_root, dirty)
  VALUES (@mirror, @dir, @name, @revision, 0, 0, 0, NULL, x'', @root, 1)
ON CONFLICT DO UPDATE SET disk_root = @root,
  dirty = CASE WHEN root IS @root AND revision = @revision THEN 0 ELSE dirty END`;

export const SET_NOTHING_ON_DISK = [
  "UPDATE mirror_file SET disk_root = NULL WHERE mirror = @mirror AND dir = @dir AND name = @name",
  `DELETE FROM mirror_file
    WHERE mirror = @mirror AND dir = @dir AND name = @name AND root IS NULL`,
] as const;

/** Of an older home it is not known whether its rows are midway: they are until a revision ends. */
export function createReplicaTables(database: Database): void {
  database.exec(REPLICA_TABLES);
  createPausedTable(database);
}

/** Believes nothing of what any mirror has on the disk: files that are right are adopted again. */
export function forgetMirrored(database: Database): void {
  database.exec("UPDATE mirror_file SET disk_root = NULL, dirty = 1 WHERE root IS NOT NULL");
}
