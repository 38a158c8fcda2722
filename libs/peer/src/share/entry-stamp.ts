/** Recognising entries of a shared folder without reading them. */
import { isExecutable } from "@goliath/chunks";
import type { DiskStats } from "@goliath/kit";
import type { EntryRow, EntryStamp } from "./share-record.ts";

/** Directories change with what is in them: only which directory it is counts. */
const NO_CONTENT = { size: 0, mtimeNs: 0n, ctimeNs: 0n, executable: false };

/** `device` is that of the share's root. */
export function entryStampOf(stats: DiskStats, device: bigint): EntryStamp {
  const which = { inode: stats.ino, birthNs: stats.birthtimeNs, mounted: stats.dev !== device };
  if (stats.isDirectory()) return { ...which, ...NO_CONTENT };
  const { mtimeNs, ctimeNs } = stats;
  return { ...which, size: Number(stats.size), mtimeNs, ctimeNs, executable: isExecutable(stats) };
}

/** Whether nothing happened to the entry since its row was written. */
export function isSameEntry(row: EntryRow, stamp: EntryStamp): boolean {
  const same = row.inode === stamp.inode && row.mounted === stamp.mounted;
  if (row.dir) return same && row.birthNs === stamp.birthNs;
  return (
    same &&
    row.size === stamp.size &&
    row.mtimeNs === stamp.mtimeNs &&
    row.ctimeNs === stamp.ctimeNs
  );
}
