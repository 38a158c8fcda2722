/**
 * The tables of shares: what of each shared folder is in the drive, as this peer committed it.
 * A row is written in the transaction that notes its commit, so the tables never say more than
 * the drive has. Rows hang from their directory's row: renaming a directory is one row.
 *
 * The root of a share is a row without a parent. `share_gone` lists entries that are no longer on
 * the disk and will be removed from the drive once it is clear that they were not moved, and
 * `share_ended` paths that were given back (see `ended-shares.ts`).
 */
import type { SqliteDatabase } from "@goliath/kit";
import { createPausedTable } from "../state/paused-folders.ts";

const TABLES = `
CREATE TABLE IF NOT EXISTS share (
  id INTEGER PRIMARY KEY, local TEXT NOT NULL UNIQUE, path TEXT NOT NULL UNIQUE,
  device TEXT NOT NULL, inode TEXT NOT NULL, once INTEGER NOT NULL,
  reconcile INTEGER NOT NULL, generation INTEGER NOT NULL, published INTEGER NOT NULL DEFAULT 0,
  revision INTEGER NOT NULL DEFAULT 0, files INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS share_entry (
  id INTEGER PRIMARY KEY,
  share INTEGER NOT NULL REFERENCES share (id) ON DELETE CASCADE,
  parent INTEGER REFERENCES share_entry (id) ON DELETE CASCADE,
  name TEXT NOT NULL, dir INTEGER NOT NULL, inode INTEGER NOT NULL, birth INTEGER NOT NULL,
  size INTEGER NOT NULL, mtime INTEGER NOT NULL, ctime INTEGER NOT NULL,
  executable INTEGER NOT NULL, mounted INTEGER NOT NULL, extents BLOB,
  UNIQUE (parent, name)
) STRICT;
CREATE INDEX IF NOT EXISTS share_entry_inode ON share_entry (share, inode);
CREATE TABLE IF NOT EXISTS share_gone (
  entry INTEGER PRIMARY KEY REFERENCES share_entry (id) ON DELETE CASCADE,
  share INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS share_ended (
  id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE, generation INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS share_gone_share ON share_gone (share, entry);
CREATE TRIGGER IF NOT EXISTS share_entry_added AFTER INSERT ON share_entry WHEN NEW.dir = 0 BEGIN
  UPDATE share SET files = files + 1, bytes = bytes + NEW.size WHERE id = NEW.share;
END;
CREATE TRIGGER IF NOT EXISTS share_entry_removed AFTER DELETE ON share_entry WHEN OLD.dir = 0 BEGIN
  UPDATE share SET files = files - 1, bytes = bytes - OLD.size WHERE id = OLD.share;
END;
CREATE TRIGGER IF NOT EXISTS share_entry_resized AFTER UPDATE OF size ON share_entry BEGIN
  UPDATE share SET bytes = bytes + NEW.size - OLD.size WHERE id = NEW.share;
END;
`;

export function createShareTables(database: SqliteDatabase): void {
  database.exec(TABLES);
  createPausedTable(database);
}

/** Believes no stamp of any shared file: each is read again, and takes its ids from the drive. */
export function forgetStamps(database: SqliteDatabase): void {
  database.exec("UPDATE share_entry SET ctime = 0 WHERE dir = 0; UPDATE share SET reconcile = 1");
}
