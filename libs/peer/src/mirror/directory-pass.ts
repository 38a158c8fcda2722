/**
 * Brings a mirror's directories to where they should stand: renames those that moved (one rename
 * however much lies below), makes new ones, and at the end removes those that are gone and empty.
 */
import { dirname, join } from "node:path";
import { troubleOf } from "../disk-trouble.ts";
import { MOVING, wasMoved } from "./moved-directory.ts";
import { OWN_FOLDER } from "./own-name.ts";
import { depthOf, diskPathOf, type MirrorContext } from "./mirror-context.ts";
import { codeOf } from "./move-new.ts";
import { isNameRefused, isThere, nameRefused } from "./name-rules.ts";
import { realFolderOf } from "./real-folder.ts";
import type { DirRow, Place } from "./replica-tables.ts";
import { statIfThere } from "./stat-if-there.ts";

/** Directories handled in one round; more come in the next. */
const ROUND_DIRS = 10_000;
/** Placed files looked at in one go. */
const PAGE_FILES = 1_000;

/** What became of a round. */
export interface Placed {
  /** Directories that were brought to their place, or must be looked at in another round. */
  moved: number;
  failed: number;
  /** Directories that this disk cannot hold. */
  refused: number;
}

/** Moves and makes directories, parents first. */
export async function placeDirectories(context: MirrorContext): Promise<Placed> {
  const ordered = wantedDirectories(context);
  const counts = { moved: 0, failed: 0, refused: 0 };
  for (const { row } of ordered) {
    context.signal.throwIfAborted();
    try {
      counts[await placeDirectory(context, row)]++;
    } catch (error) {
      context.signal.throwIfAborted();
      counts[isNameRefused(error) ? "refused" : "failed"]++;
      context.problem(row.name, troubleOf(error));
    }
  }
  return counts;
}

function wantedDirectories(context: MirrorContext) {
  const wanted = context.replica.dirtyDirs(ROUND_DIRS).filter(({ parent }) => parent !== null);
  return wanted
    .map((row) => ({ row, depth: depthOf(context, row.dir) }))
    .toSorted((a, b) => a.depth - b.depth);
}

/** Directories that were moved when there was no time, or no way, to record it. */
export async function takeOverMoved(context: MirrorContext): Promise<void> {
  for (const { row } of wantedDirectories(context)) await wasMoved(context, row);
}

/**
 * Removes directories that are gone, deepest first; what a user put inside keeps its folder. One in
 * which something of ours still stands waits for that: in the midst of a revision a directory is
 * known to be gone before what was in it is.
 */
export async function removeDirectories(context: MirrorContext): Promise<void> {
  const gone = context.replica.dirtyDirs(ROUND_DIRS).filter(({ parent }) => parent === null);
  const ordered = gone
    .map((row) => ({ row, path: diskPathOf(context, row.dir) }))
    .toSorted((a, b) => (b.path?.length ?? 0) - (a.path?.length ?? 0));
  const removed: DirRow[] = [];
  const waiting = new Set<number | null>();
  for (const { row } of ordered) {
    context.signal.throwIfAborted();
    if (waiting.has(row.dir) || context.replica.isInUse(row.dir)) {
      waiting.add(row.diskParent);
      continue;
    }
    try {
      await removeDirectory(context, row);
      removed.push(row);
    } catch (error) {
      context.problem(row.name, troubleOf(error));
    }
  }
  await context.disk.syncNames();
  for (const { dir } of removed) context.replica.setDirOnDisk(dir, undefined);
}

async function placeDirectory(context: MirrorContext, row: DirRow): Promise<keyof Placed> {
  const { replica, names } = context;
  // It waits for its parent, which has its own row and its own fault.
  if (row.parent === null || diskPathOf(context, row.parent) === undefined) return "refused";
  const place = { dir: row.parent, name: row.name };
  const refusal = names.refusal(place);
  if (refusal !== undefined) {
    context.problem(row.name, refusal);
    return "refused";
  }
  const parent = await realFolderOf(context, row.parent);
  if (parent === undefined) return "moved";
  const target = join(parent, row.name);
  if (await wasMoved(context, row)) return "moved";
  const occupant = replica.dirOnDisk(place);
  if (occupant && occupant.dir !== row.dir) await moveAside(context, occupant);
  const from = row.diskParent === null ? undefined : await realFolderOf(context, row.dir);
  if (from !== undefined && from !== target)
    await moveDirectory(context, { from, to: target, row, place });
  else {
    await makeDirectory(context, { path: target, place });
    replica.setDirOnDisk(row.dir, place);
  }
  names.renew();
  return "moved";
}

/**
 * A directory of ours that stands where something else must go waits in our own folder, with all
 * that is in it.
 */
export async function moveAside(context: MirrorContext, row: DirRow): Promise<void> {
  const from = await realFolderOf(context, row.dir);
  if (from === undefined) return;
  const name = `${OWN_FOLDER}/${MOVING}/${row.dir}`;
  const to = join(context.local, name);
  const place = { dir: context.replica.row().dir, name };
  await renameRecorded(context, { from, to, row, place });
}

/**
 * What an earlier run left waiting. A crash may have come before the replica knew where a directory
 * waits; one that it does not want any more is given back, as it may hold files of the user's.
 */
export async function openMoving(context: MirrorContext): Promise<void> {
  const { disk, replica, local } = context;
  const folder = join(local, OWN_FOLDER, MOVING);
  await disk.mkdir(folder, { recursive: true });
  for (const name of await disk.readdir(folder)) {
    const row = replica.dir(Number(name));
    const at = { dir: replica.row().dir, name: `${OWN_FOLDER}/${MOVING}/${name}` };
    if (row?.diskName === at.name) continue;
    const stands = row && diskPathOf(context, row.dir);
    if (row && (stands === undefined || !(await isDirectory(context, stands)))) {
      // It may have followed already: what is here must not be pushed out.
      if (stands !== undefined && context.placed.list(stands, { limit: 1 }).length > 0)
        await context.placed.moved(stands, join(folder, name));
      replica.setDirOnDisk(row.dir, at);
    } else await context.keep.giveBackFolder(join(folder, name), row?.name ?? name);
  }
}

async function makeDirectory(
  context: MirrorContext,
  { path, place }: { path: string; place: Place },
): Promise<void> {
  const found = await statIfThere(context.disk, path);
  if (found?.isDirectory()) return;
  if (found) await clear(context, { path, place });
  await context.disk.mkdir(path).catch(async (error: unknown) => {
    const isName = codeOf(error) === "ENOENT" && (await isThere(context.disk, dirname(path)));
    throw isName ? nameRefused(path) : error;
  });
}

/** A file of ours makes way for a directory; anything else gets another name. */
async function clear(
  { keep, replica }: MirrorContext,
  { path, place }: { path: string; place: Place },
): Promise<void> {
  await keep.clear(path, { root: replica.wanted(place)?.diskRoot ?? null, back: "aside" });
}

async function isDirectory(context: MirrorContext, path: string): Promise<boolean> {
  const stats = await statIfThere(context.disk, path);
  return stats?.isDirectory() === true;
}

interface Move {
  row: DirRow;
  from: string;
  to: string;
  /** What `to` is in the replica's words. */
  place: Place;
}

async function moveDirectory(context: MirrorContext, move: Move): Promise<void> {
  const { disk } = context;
  const { from, to, place } = move;
  await checkRoomBelow(context, move);
  const stats = await disk.lstat(from, { bigint: true });
  const found = await statIfThere(disk, to);
  // On a disk that folds case a directory finds itself under its new name.
  if (found && (found.ino !== stats.ino || found.dev !== stats.dev))
    await clear(context, { path: to, place });
  await renameRecorded(context, move);
}

/**
 * A rename succeeds though the way to what lies below becomes longer than the system takes: nothing
 * could open those files then, and they would still be told of as held. Throws what opening the one
 * with the longest path would, before anything is moved.
 */
async function checkRoomBelow(
  { disk, placed }: MirrorContext,
  { from, to }: { from: string; to: string },
): Promise<void> {
  if (Buffer.byteLength(to) <= Buffer.byteLength(from)) return;
  let longest = "";
  for (let after = ""; ;) {
    const page = placed.list(from, { after, limit: PAGE_FILES });
    for (const { path } of page)
      if (Buffer.byteLength(path) > Buffer.byteLength(longest)) longest = path;
    const last = page.at(-1);
    if (!last) break;
    after = last.path;
  }
  if (longest !== "") await statIfThere(disk, to + longest.slice(from.length));
}

/** Should the recording fail, it is made good when the directory is next looked for. */
async function renameRecorded(
  { disk, placed, replica }: MirrorContext,
  { row, from, to, place }: Move,
): Promise<void> {
  await disk.rename(from, to);
  await placed.moved(from, to);
  replica.setDirOnDisk(row.dir, place);
}

async function removeDirectory(context: MirrorContext, row: DirRow): Promise<void> {
  const path = await realFolderOf(context, row.dir);
  if (path === undefined) return;
  try {
    await context.disk.rmdir(path);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return;
    if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error;
    context.log.info("a removed directory stays because it holds other files", { path });
    if (row.diskName?.startsWith(OWN_FOLDER)) await context.keep.giveBackFolder(path, row.name);
  }
}
