/** Moving something of ours to a name that must be free. */
import type { Disk } from "@goliath/kit";

/** What systems answer where a disk has no hard links, as FAT's have none. */
const NO_LINKS = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/**
 * Moves `from`, which nobody but us touches, to `to`; fails with `EEXIST` when that is taken and
 * never overwrites it. A file is linked, which fails where a rename would overwrite; a directory
 * replaces an empty one that was made for it, which a rename does only while it is empty.
 *
 * Without hard links the name is looked at and then renamed to: what somebody saves under it
 * between these two calls would be lost, and no call of the system that we can reach closes that.
 */
export async function moveNew(
  disk: Disk,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const stats = await disk.lstat(from, { bigint: true });
  if (stats.isDirectory()) return moveDirectory(disk, { from, to });
  try {
    await disk.link(from, to);
  } catch (error) {
    if (!NO_LINKS.has(codeOf(error))) throw error;
    if (await isTaken(disk, to)) throw taken(to);
    return disk.rename(from, to);
  }
  await disk.unlink(from);
}

async function moveDirectory(
  disk: Disk,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await disk.mkdir(to);
  try {
    await disk.rename(from, to);
  } catch (error) {
    // Somebody put something into it already.
    if (codeOf(error) === "ENOTEMPTY") throw taken(to);
    throw error;
  }
}

async function isTaken(disk: Disk, path: string): Promise<boolean> {
  return disk.lstat(path, { bigint: true }).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === "ENOENT") return false;
      throw error;
    },
  );
}

/** The system's name of an error; empty for errors that are not the system's. */
export function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function taken(path: string): Error {
  return Object.assign(new Error(`EEXIST: the name is taken, ${path}`), { code: "EEXIST" });
}
