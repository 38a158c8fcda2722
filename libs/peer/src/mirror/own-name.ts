/** Names at the top of a mirrored folder that are ours: nothing of the drive goes there. */

/** The folder inside a mirror that is ours: temporary and kept files. */
export const OWN_FOLDER = ".goliath";
/** Before the id of a directory that waits for its place. */
export const MOVING_PREFIX = ".goliath-moving-";

/** Whether a mirror keeps this name for itself; on a disk that folds case, in any case. */
export function isOwnName(name: string): boolean {
  const folded = name.toLowerCase();
  return folded === OWN_FOLDER || folded.startsWith(MOVING_PREFIX);
}
