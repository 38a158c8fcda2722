/** Stamps: how a file on disk is recognised without reading it. */
import { constants } from "node:fs";
import type { DiskStats } from "@goliath/kit";
import type { FileStamp } from "./placed-file.ts";

/**
 * How a file the user owns is opened: a link in its place is refused (ELOOP), and a pipe in its
 * place does not block a thread until somebody writes to it.
 */
export const OPEN_IN_PLACE =
  constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function stampOf(stats: DiskStats): FileStamp {
  return {
    size: Number(stats.size),
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
    inode: stats.ino,
  };
}

/** Nothing at all happened to the file, not even a rename or a chmod. */
export function isSameStamp(a: FileStamp, b: FileStamp): boolean {
  return isSameContent(a, b) && a.ctimeNs === b.ctimeNs;
}

/**
 * The file was not written to by ordinary means. ctime also moves with rename, chmod and hard
 * links, which leave the bytes alone; it alone betrays a write whose mtime was set back.
 */
export function isSameContent(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeNs === b.mtimeNs && a.inode === b.inode;
}
