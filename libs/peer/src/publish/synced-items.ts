/**
 * What a program wrote lies in the system's memory for a while. Were it published from there, a
 * power cut could leave the file older, shorter or without its name, and the next look at the folder
 * would publish that, or its deletion, over what the drive has. So every file is put on the disk,
 * with the names that lead to it, before others hear of it.
 */
import { dirname } from "node:path";
import { isSameStamp, OPEN_IN_PLACE, stampOf, type PlacedChunks } from "@goliath/chunks";
import { mapBounded, syncDirectory, unlessUnsupported, type Disk } from "@goliath/kit";
import { GoliathError, type DrivePath } from "@goliath/protocols/nouns";
import { isAbsent } from "../share/share-disk.ts";
import { codeOf } from "../mirror/move-new.ts";
import type { FailedSyncs } from "./failed-syncs.ts";
import type { ReadyItem } from "./publish-item.ts";

/** Files synced at once: the disk takes them together. */
const SYNCS_AT_ONCE = 8;

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
  const { items, root, signal, onSkipped } = init;
  const folders = new Set<string>();
  const synced = await mapBounded(
    items,
    SYNCS_AT_ONCE,
    async (item) => {
      const local = "file" in item ? item.file.local : item.local;
      if ("file" in item) {
        if (isSynced(parts, item)) return item;
        const failed = await syncFile(parts, item).catch(GoliathError.from);
        if (failed) return onSkipped(item.file.path, failed);
      }
      if (local) for (const folder of foldersAbove(local, root)) folders.add(folder);
      return item;
    },
    { signal },
  );
  await mapBounded(folders, SYNCS_AT_ONCE, (folder) => syncNames(parts.disk, folder), { signal });
  return synced.filter((item) => item !== undefined);
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
