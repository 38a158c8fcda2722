/**
 * Brings a mirror's directories to where they should stand: renames those that moved (one rename
 * however much lies below), makes new ones, and at the end removes those that are gone and empty.
 */
import { join } from "node:path";
import { conflictName } from "./conflict-name.ts";
import { depthOf, diskPathOf, type MirrorContext } from "./mirror-context.ts";
import { MOVING_PREFIX, OWN_FOLDER } from "./own-name.ts";
import type { DirRow } from "./replica-tables.ts";

/** Directories handled in one round; more come in the next. */
const ROUND_DIRS = 10_000;

/** Moves and makes directories, parents first. Returns whether anything was done. */
export async function placeDirectories(context: MirrorContext): Promise<boolean> {
  const wanted = context.replica.dirtyDirs(ROUND_DIRS).filter(({ parent }) => parent !== null);
  const ordered = wanted
    .map((row) => ({ row, depth: depthOf(context, row.dir) }))
    .toSorted((a, b) => a.depth - b.depth);
  let done = false;
  for (const { row } of ordered) {
    context.signal.throwIfAborted();
    done = (await placeDirectory(context, row)) || done;
  }
  return done;
}

/** Removes directories that are gone, deepest first; what a user put inside keeps its folder. */
export async function removeDirectories(context: MirrorContext): Promise<void> {
  const gone = context.replica.dirtyDirs(ROUND_DIRS).filter(({ parent }) => parent === null);
  const ordered = gone
    .map((row) => ({ row, path: diskPathOf(context, row.dir) }))
    .toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0));
  for (const { row, path } of ordered) {
    context.signal.throwIfAborted();
    if (path) await removeIfEmpty(context, path);
    context.replica.setDirOnDisk(row.dir, undefined);
  }
}

async function placeDirectory(context: MirrorContext, row: DirRow): Promise<boolean> {
  const parent = row.parent === null ? undefined : diskPathOf(context, row.parent);
  if (parent === undefined || row.parent === null) return false;
  const target = join(parent, row.name);
  const place = { dir: row.parent, name: row.name };
  const occupant = context.replica.dirOnDisk(place);
  if (occupant && occupant.dir !== row.dir) await moveAside(context, occupant);
  const from = row.diskParent === null ? undefined : diskPathOf(context, row.dir);
  if (from !== undefined && (await isDirectory(context, from)))
    await moveDirectory(context, { from, to: target });
  else {
    // Removed by somebody else: what was below is to be fetched again.
    if (from !== undefined) context.replica.forgetDirOnDisk(row.dir);
    await makeDirectory(context, target);
  }
  context.replica.setDirOnDisk(row.dir, place);
  return true;
}

/** A directory of ours that stands where another must go waits under a temporary name. */
async function moveAside(context: MirrorContext, row: DirRow): Promise<void> {
  const from = diskPathOf(context, row.dir);
  const root = context.replica.row().dir;
  const name = `${MOVING_PREFIX}${row.dir}`;
  const to = join(context.local, name);
  if (from === undefined) return;
  await context.disk.rename(from, to);
  await context.placed.moved(from, to);
  context.replica.setDirOnDisk(row.dir, { dir: root, name });
}

async function makeDirectory(context: MirrorContext, path: string): Promise<void> {
  const found = await context.disk.lstat(path, { bigint: true }).catch(() => undefined);
  if (found?.isDirectory()) return;
  if (found) await makeWay(context, path);
  await context.disk.mkdir(path);
}

async function isDirectory(context: MirrorContext, path: string): Promise<boolean> {
  return (
    (await context.disk.lstat(path, { bigint: true }).catch(() => undefined))?.isDirectory() ===
    true
  );
}

async function moveDirectory(
  context: MirrorContext,
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (await context.disk.lstat(to, { bigint: true }).catch(() => undefined))
    await makeWay(context, to);
  await context.disk.rename(from, to);
  await context.placed.moved(from, to);
}

/** What stands in our way: a file we wrote is kept, anything of the user's gets a conflict name. */
export async function makeWay(context: MirrorContext, path: string): Promise<void> {
  const found = await context.disk.lstat(path, { bigint: true });
  const ours = context.placed.placed(path);
  if (
    ours &&
    found.isFile() &&
    ours.stamp.inode === found.ino &&
    ours.stamp.mtimeNs === found.mtimeNs &&
    ours.stamp.size === Number(found.size)
  ) {
    await context.keep.keep(path, ours.stamp.size);
    return;
  }
  const slash = path.lastIndexOf("/");
  for (let attempt = 0; ; attempt++) {
    const name = conflictName(path.slice(slash + 1), { nowMs: context.clock.nowMs(), attempt });
    const aside = join(path.slice(0, slash), name);
    if (await context.disk.lstat(aside, { bigint: true }).catch(() => undefined)) continue;
    await context.disk.rename(path, aside);
    await context.placed.moved(path, aside);
    context.problem(path, `your own file stood here: it is now ${name}`);
    return;
  }
}

async function removeIfEmpty(context: MirrorContext, path: string): Promise<void> {
  try {
    await context.disk.rmdir(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || path.endsWith(`/${OWN_FOLDER}`)) return;
    context.log.info("a removed directory stays because it holds other files", { path, code });
  }
}
