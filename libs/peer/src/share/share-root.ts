/** Whether the folder of a share is still the one that was shared. */
import type { DiskStats } from "@goliath/kit";
import type { ShareDisk } from "./share-disk.ts";
import type { ShareRecord } from "./share-record.ts";

/** Recognises a folder: its disk, and its inode with the time it was made. */
export function rootIdentity(stats: DiskStats): { device: string; inode: string } {
  return { device: String(stats.dev), inode: `${stats.ino}:${stats.birthtimeNs}` };
}

export interface RootVerdict {
  /** The folder, when it may be looked into. */
  stats?: DiskStats;
  /** Why not, in words for a person. */
  problem?: string;
}

export interface CheckRootOptions {
  disk: ShareDisk;
  /** The user has said that another or an empty folder is meant. */
  confirmed: boolean;
}

/** Nothing is deleted from the drive unless this gives `stats`. */
export async function checkRoot(
  record: ShareRecord,
  { disk, confirmed }: CheckRootOptions,
): Promise<RootVerdict> {
  const { local, device, inode, path } = record.row();
  const yes = `if that is right: goliath share --confirm ${path}`;
  try {
    const stats = await disk.stat(local);
    if (!stats?.isDirectory()) return { problem: `${local} is missing: paused until it is back` };
    const now = rootIdentity(stats);
    if (!confirmed && !isSameRoot({ device, inode }, now)) {
      return { problem: `${local} is another folder or disk than was shared: paused; ${yes}` };
    }
    const had = record.hasChildren(record.root());
    if (!confirmed && had && (await disk.isEmpty(local))) {
      return { problem: `${local} is empty and was not: paused; ${yes}` };
    }
    if (confirmed) record.set(now);
    return { stats };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { problem: `${local} cannot be read: ${reason}` };
  }
}

/**
 * A disk may come back under another device number: inode and birth tell it then. Where the file
 * system does not tell births (0), the device must be the same too.
 */
function isSameRoot(
  before: { device: string; inode: string },
  now: { device: string; inode: string },
): boolean {
  const hasBirth = !now.inode.endsWith(":0");
  return before.inode === now.inode && (hasBirth || before.device === now.device);
}
