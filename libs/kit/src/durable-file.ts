/** Small files that are either the old or the new bytes, also after a power cut. */
import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

export interface WriteFileDurablyOptions {
  /** Permissions of the file, whatever the umask. */
  mode?: number;
}

/**
 * Replaces the file at `path` as a whole and returns once it is on disk. A crash leaves the old
 * file, or the new one, and at most a `.NAME.*.tmp` beside it.
 */
export async function writeFileDurably(
  path: string,
  bytes: Uint8Array | string,
  { mode = 0o644 }: WriteFileDurablyOptions = {},
): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    await using file = await open(beside, "wx", mode);
    await file.chmod(mode);
    await file.writeFile(bytes);
    await file.sync();
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncDirectory(dirname(path));
}

/** Puts a directory's names on disk: without it a rename may be lost with the power. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows cannot open directories; its file systems journal names by themselves.
  if (process.platform === "win32") return;
  await using directory = await open(path, "r");
  await directory.sync();
}
