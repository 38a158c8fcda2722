/**
 * The folder of a mirrored directory, once it is sure that the way to it leads through no link. A
 * user may have moved a directory elsewhere and left a link in its place: what is written or
 * removed through it would be written and removed elsewhere.
 *
 * The check is of the moment before the call it protects. Whoever puts a link there in the
 * microseconds between still has new files appear behind it, under names that were free there, and
 * nothing replaced: that is decided after moving what stood there, by what it is.
 */
import { isAbsent } from "../share/share-disk.ts";
import { diskPathOf, type MirrorContext } from "./mirror-context.ts";
import { wasMoved } from "./moved-directory.ts";
import { statIfThere } from "./stat-if-there.ts";

/**
 * Undefined when the directory is not on the disk. One that should be and is not, or is behind a
 * link, is forgotten with all below it: it is made again, and its files are fetched again.
 */
export async function realFolderOf(
  context: MirrorContext,
  dir: number,
): Promise<string | undefined> {
  const path = diskPathOf(context, dir);
  if (path === undefined) return undefined;
  const real = await context.disk.realpath(path).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (real === path) return path;
  await forgetDisplaced(context, dir);
  return undefined;
}

/** Forgets the outermost directory on the way that is not one any more. Returns whether one was. */
export async function forgetDisplaced(context: MirrorContext, dir: number): Promise<boolean> {
  const { replica, disk } = context;
  const way: number[] = [];
  for (let at = replica.dir(dir); at?.diskParent; at = replica.dir(at.diskParent)) way.push(at.dir);
  for (const one of way.toReversed()) {
    const path = diskPathOf(context, one) ?? "";
    const stats = await statIfThere(disk, path);
    if (stats?.isDirectory()) continue;
    const row = replica.dir(one);
    if (!row || !(await wasMoved(context, row))) replica.forgetDirOnDisk(one);
    return true;
  }
  return false;
}
