/** What stands at a path. */
import type { Disk, DiskStats } from "@goliath/kit";
import { isAbsent } from "../share/share-disk.ts";

/**
 * Undefined only when surely nothing stands there: a disk that fails throws. Were its failure taken
 * for absence, a file that is to go would be called gone, and ours be taken for the user's.
 */
export async function statIfThere(disk: Disk, path: string): Promise<DiskStats | undefined> {
  return disk.lstat(path, { bigint: true }).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
}
