/**
 * What a program wrote lies in the system's memory for a while. Were it published from there, a
 * power cut could leave the file older, shorter or without its name, and the next look at the folder
 * would publish that, or its deletion, over what the drive has. So every file is put on the disk,
 * with the names that lead to it, before others hear of it.
 */
import { dirname } from "node:path";
import { isSameStamp, OPEN_IN_PLACE, stampOf, type PlacedChunks } from "@goliath/chunks";
import {
  mapBounded,
  runSteps,
  syncDirectory,
  unlessUnsupported,
  type Disk,
  type DiskStats,
} from "@goliath/kit";
import { GoliathError, type DrivePath } from "@goliath/protocols/nouns";
import { isAbsent } from "../share/share-disk.ts";
import { codeOf } from "../mirror/move-new.ts";
import type { FailedSyncs } from "./failed-syncs.ts";
import type { ReadyItem } from "./publish-item.ts";

/** Files synced at once: the disk takes them together. */
const SYNCS_AT_ONCE = 8;
/**
 * From so many files on all of a file system is synced: fewer take less one by one, and wait for
 * nothing that another program has written.
 */
const SYNCED_TOGETHER_MIN = 64;

export interface SyncItemsInit {
  items: ReadyItem[];
  /** The folder that is published: its own name is older than what is in it. */
  root: string;
  signal: AbortSignal;
  onSkipped: (path: DrivePath, error: GoliathError) => void;
}

interface SyncParts {
  disk: Disk;
  placed: PlacedChunks;
  failedSyncs: FailedSyncs;
}

/** Gives the items whose files are on the disk as they were read; tells of the others. */
export async function syncItems(parts: SyncParts, init: SyncItemsInit): Promise<ReadyItem[]> {
  const { items, root, onSkipped } = init;
  const fresh = items.filter((item) => !("file" in item) || !isSynced(parts, item));
  const files = fresh.filter((item): item is ReadyFile => "file" in item);
  const folders = new Set(
    fresh.flatMap((item) => {
      const local = "file" in item ? item.file.local : item.local;
      return local ? foldersAbove(local, root) : [];
    }),
  );
  const skipped = new Set<ReadyItem>();
  const skip: Skip = (file, error) => {
    skipped.add(file);
    onSkipped(file.file.path, error);
  };
  const work = { files, folders, skip, signal: init.signal };
  if (!(await syncTogether(parts, work))) await syncEach(parts, work);
  return items.filter((item) => !skipped.has(item));
}

type Skip = (file: ReadyFile, error: GoliathError) => void;

interface SyncWork {
  files: ReadyFile[];
  folders: ReadonlySet<string>;
  skip: Skip;
  signal: AbortSignal;
}

/**
 * Many small files by whole file systems: that is one call where syncing each takes the disk's time
 * for every file, also for one that is there already. False where it cannot be done or was not.
 */
async function syncTogether(
  { disk, failedSyncs }: SyncParts,
  { files, folders, skip }: SyncWork,
): Promise<boolean> {
  if (!disk.syncFileSystems || files.length < SYNCED_TOGETHER_MIN) return false;
  const stats = await statsOf(
    disk,
    files.map(({ file }) => file.local),
  );
  const found = await statsOf(disk, [...folders]);
  const onDisk = new Map<bigint, string>();
  [...folders].forEach((folder, at) => {
    const dev = found[at]?.dev;
    if (dev !== undefined) onDisk.set(dev, folder);
  });
  const refused: [ReadyFile, GoliathError][] = [];
  files.forEach((item, at) => {
    const { file, hashed } = item;
    const now = stats[at];
    if (!now || !isSameStamp(stampOf(now), hashed.stamp)) refused.push([item, changed(file.local)]);
    else if (failedSyncs.has(file.local, hashed.stamp)) refused.push([item, notTaken(file.local)]);
    else onDisk.set(now.dev, file.local);
  });
  if (!(await disk.syncFileSystems([...onDisk.values()]))) return false;
  for (const [file, error] of refused) skip(file, error);
  return true;
}

/** Undefined for what is not there any more. */
async function statsOf(disk: Disk, paths: readonly string[]): Promise<(DiskStats | undefined)[]> {
  const all = await Promise.all(paths.map((path) => runSteps(disk, [{ do: "lstat", path }])));
  return all.map(({ results }) => results[0] as DiskStats | undefined);
}

async function syncEach(
  parts: SyncParts,
  { files, folders, skip, signal }: SyncWork,
): Promise<void> {
  await mapBounded(
    files,
    SYNCS_AT_ONCE,
    async (item) => {
      const failed = await syncFile(parts, item).catch(GoliathError.from);
      if (failed) skip(item, failed);
    },
    { signal },
  );
  await mapBounded(folders, SYNCS_AT_ONCE, (folder) => syncNames(parts.disk, folder), { signal });
}

type ReadyFile = Extract<ReadyItem, { file: unknown }>;

/** What is placed was synced before it was placed. */
function isSynced({ placed }: SyncParts, { file, hashed }: ReadyFile): boolean {
  const known = placed.placed(file.local);
  return known !== undefined && isSameStamp(known.stamp, hashed.stamp);
}

/** Syncing needs no permission to write. Throws `changed` unless it is the file that was read. */
async function syncFile(
  { disk, failedSyncs }: SyncParts,
  { file: { local }, hashed: { stamp } }: ReadyFile,
): Promise<undefined> {
  await using file = await disk.open(local, OPEN_IN_PLACE).catch((cause: unknown) => {
    throw changed(local, cause);
  });
  if (!isSameStamp(stampOf(await file.stat({ bigint: true })), stamp)) throw changed(local);
  if (failedSyncs.has(local, stamp)) throw notTaken(local);
  // Windows flushes only what is open for writing, and the file is not ours to write.
  if (process.platform === "win32") return;
  await file
    .datasync()
    .catch(unlessUnsupported)
    .catch((cause: unknown) => {
      failedSyncs.note(local, stamp);
      throw notTaken(local, cause);
    });
}

/** From the file's folder up to the published one. */
function foldersAbove(local: string, root: string): string[] {
  const folders: string[] = [];
  for (let at = dirname(local); at.length > root.length; at = dirname(at)) folders.push(at);
  return [...folders, root];
}

/** A folder that went away meanwhile has no names; one in which we may not look shows us none. */
async function syncNames(disk: Disk, folder: string): Promise<void> {
  await syncDirectory(disk, folder).catch((error: unknown) => {
    if (!isAbsent(error) && codeOf(error) !== "EACCES") throw error;
  });
}

function notTaken(local: string, cause?: unknown): GoliathError {
  const text = "the disk did not take its bytes: check the disk, then save the file again";
  return new GoliathError("disk-fault", text, { cause, about: { file: local } });
}

function changed(local: string, cause?: unknown): GoliathError {
  const text = "the file changed before it was on the disk";
  return new GoliathError("changed", text, { cause, about: { path: local } });
}
