/** Directories that were moved, and a crash or a full disk kept that from being recorded. */
import { join } from "node:path";
import { isAbsent } from "../share/share-disk.ts";
import { diskPathOf, type MirrorContext } from "./mirror-context.ts";
import { OWN_FOLDER } from "./own-name.ts";
import type { DirRow } from "./replica-tables.ts";
import { statIfThere } from "./stat-if-there.ts";

/** The folder in ours where directories wait that stand in the way of another. */
export const MOVING = "moving";

/**
 * Whether a directory that is not where it is said to be stands where it should, or where it would
 * wait; that is recorded then. It may be another one, by chance: all files below are looked at again.
 */
export async function wasMoved(context: MirrorContext, row: DirRow): Promise<boolean> {
  const { replica, placed } = context;
  const from = row.diskParent === null ? undefined : diskPathOf(context, row.dir);
  if (from === undefined || !(await isGone(context, from))) return false;
  for (const { target, place } of placesOf(context, row)) {
    if (replica.dirOnDisk(place) || !(await isDirectory(context, target))) continue;
    // It may have followed already: what is at the target must not be pushed out.
    if (placed.list(from, { limit: 1 }).length > 0) await placed.moved(from, target);
    replica.setDirOnDisk(row.dir, place);
    replica.recheckBelow(row.dir);
    return true;
  }
  return false;
}

function placesOf(context: MirrorContext, row: DirRow) {
  const { replica, local } = context;
  const name = `${OWN_FOLDER}/${MOVING}/${row.dir}`;
  const waiting = { target: join(local, name), place: { dir: replica.row().dir, name } };
  const parent = row.parent === null ? undefined : diskPathOf(context, row.parent);
  if (row.parent === null || parent === undefined) return [waiting];
  const place = { dir: row.parent, name: row.name };
  return [{ target: join(parent, row.name), place }, waiting];
}

async function isGone({ disk }: MirrorContext, path: string): Promise<boolean> {
  return disk.lstat(path, { bigint: true }).then(() => false, isAbsent);
}

async function isDirectory({ disk }: MirrorContext, path: string): Promise<boolean> {
  const stats = await statIfThere(disk, path);
  return stats?.isDirectory() === true;
}
