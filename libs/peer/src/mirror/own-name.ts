/** Names at the top of a mirrored folder that are ours: nothing of the drive goes there. */

/** The folder inside a mirror that is ours: temporary and kept files, and what waits. */
export const OWN_FOLDER = ".goliath";

/** Whether a mirror keeps this name for itself; on a disk that folds case, in any case. */
export function isOwnName(name: string): boolean {
  return name.toLowerCase() === OWN_FOLDER;
}
