/** Small files that are either the old or the new bytes, also after a power cut. */
import { randomUUID } from "node:crypto";
import { basename, dirname, join } from "node:path";
import type { Disk } from "./disk/disk.ts";

/** What follows the file's name in that of an unfinished one: a UUID, and its end. */
const UNFINISHED = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/u;

export interface WriteFileDurablyOptions {
  disk: Disk;
  /** Permissions of the file, whatever the umask. */
  mode?: number;
}

/**
 * Replaces the file at `path` as a whole and returns once it is on disk. A crash leaves the old
 * file, or the new one, and at most a `.NAME.*.tmp` beside it, which `removeUnfinished` takes away.
 */
export async function writeFileDurably(
  path: string,
  bytes: Uint8Array | string,
  { disk, mode = 0o644 }: WriteFileDurablyOptions,
): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await using file = await disk.open(beside, "wx", mode);
    await file.chmod(mode);
    await file.writeFile(bytes);
    await file.sync();
    await disk.rename(beside, path);
  } catch (error) {
    await disk.rm(beside, { force: true });
    throw error;
  }
  await syncDirectory(disk, dirname(path));
}

/**
 * Removes what crashes amid `writeFileDurably` left beside the file at `path`: a key among them would
 * lie about for good. For the one who may write the file, before it does: a write that is under way
 * would lose its bytes. A disk that refuses keeps them until the next time.
 */
export async function removeUnfinished(path: string, { disk }: { disk: Disk }): Promise<void> {
  const [folder, start] = [dirname(path), `.${basename(path)}.`];
  const names = await disk.readdir(folder).catch(() => []);
  for (const name of names)
    if (name.startsWith(start) && UNFINISHED.test(name.slice(start.length)))
      await disk.rm(join(folder, name), { force: true }).catch(() => undefined);
}

export interface MakeDirectoryOptions {
  disk: Disk;
  /** Permissions, before the user's umask. */
  mode?: number;
}

/**
 * Makes a directory with those above it, and returns once its name is on disk: whatever is synced
 * inside is worth nothing while the way to it is not.
 */
export async function makeDirectoryDurably(
  path: string,
  { disk, ...options }: MakeDirectoryOptions,
): Promise<void> {
  const first = await disk.mkdir(path, { ...options, recursive: true });
  // Also when it was there: whoever made it may not have come as far as here.
  for (let made = path; ; made = dirname(made)) {
    await syncDirectory(disk, dirname(made)).catch(unlessForbidden);
    if (first === undefined || made === first || made === dirname(made)) return;
  }
}

/** A directory may be another user's, in which one can go about and not look: then it was theirs. */
function unlessForbidden(error: NodeJS.ErrnoException): void {
  if (error.code !== "EACCES" && error.code !== "EPERM") throw error;
}

/** Puts a directory's names on disk: without it a rename may be lost with the power. */
export async function syncDirectory(disk: Disk, path: string): Promise<void> {
  // Windows cannot open directories; its file systems journal names by themselves.
  if (process.platform === "win32") return;
  await using directory = await disk.open(path, "r");
  await directory.sync().catch(unlessUnsupported);
}

/** Some network and FUSE file systems cannot sync: there is nothing more to be had. */
export function unlessUnsupported(error: NodeJS.ErrnoException): void {
  if (error.code !== "EINVAL" && error.code !== "ENOTSUP" && error.code !== "ENOSYS") throw error;
}
