/**
 * Taking over a file that stands where it should: ours from before, or one of the user's that has
 * the right bytes. Only its time and mode are changed, and only while it is still the file whose
 * bytes were looked at.
 */
import {
  hashFile,
  isSameContent,
  isSameStamp,
  mtimeMsOf,
  OPEN_IN_PLACE,
  stampOf,
  type FileStamp,
  type PlacedFile,
} from "@goliath/chunks";
import type { DiskFile } from "@goliath/kit";
import { equalBytes, rootOf } from "@goliath/protocols/nouns";
import { decodeExtents } from "./extent-codec.ts";
import { secondsOf } from "./file-time.ts";
import type { MirrorContext } from "./mirror-context.ts";
import { codeOf } from "./move-new.ts";
import type { FileRow } from "./replica-tables.ts";
import { statIfThere } from "./stat-if-there.ts";

const MODE_PLAIN = 0o644;
const MODE_EXECUTABLE = 0o755;
const EXECUTE_BITS = 0o111;

/** A row that should stand on the disk. */
export type WantedRow = FileRow & { root: Uint8Array };

/** A row and the absolute path its file should have. */
export interface Goal {
  row: WantedRow;
  target: string;
}

/** What to place of the file at the target, or undefined when it is another. */
export async function adoptFile(
  context: MirrorContext,
  { row, target }: Goal,
): Promise<PlacedFile | undefined> {
  const stats = await statIfThere(context.disk, target);
  if (!stats?.isFile() || Number(stats.size) !== row.size) return undefined;
  const ours = context.placed.placed(target);
  const known =
    ours && isSameStamp(ours.stamp, stampOf(stats)) ? ours : await hash(context, { row, target });
  if (!equalBytes(rootOf(known.sums), row.root)) return undefined;
  const stamp = await dress(context, { row, target, stamp: known.stamp });
  return stamp && { path: target, stamp, extents: decodeExtents(row.extents), sums: known.sums };
}

/**
 * Gives the file at `target` its mode and time, if it still has this stamp. Returns its new stamp;
 * undefined when it is another file by now.
 */
export async function dress(
  context: MirrorContext,
  { row, target, stamp }: Goal & { stamp: FileStamp },
): Promise<FileStamp | undefined> {
  const file = await context.disk.open(target, OPEN_IN_PLACE);
  try {
    const before = await file.stat({ bigint: true });
    if (!isSameStamp(stamp, stampOf(before))) return undefined;
    const mode = modeOf(row);
    const wrongMode = (Number(before.mode) & EXECUTE_BITS) !== (mode & EXECUTE_BITS);
    const wrongTime = mtimeMsOf(before) !== row.mtimeMs;
    if (wrongMode) await file.chmod(mode).catch(ifNotOurs);
    if (wrongTime) await setTime(file, row);
    // The user's program may have written it a moment ago: what is placed is on the disk.
    await file.sync().catch(ifNotOurs);
    const after = stampOf(await file.stat({ bigint: true }));
    if (!wrongTime) return isSameContent(stamp, after) ? after : undefined;
    // Setting the time hides a write that came just before it: only the bytes tell.
    const hashed = await hash(context, { row, target });
    const same = isSameStamp(hashed.stamp, after) && equalBytes(rootOf(hashed.sums), row.root);
    return same ? after : undefined;
  } finally {
    await file.close();
  }
}

export function modeOf(row: FileRow): number {
  return row.executable === 1 ? MODE_EXECUTABLE : MODE_PLAIN;
}

async function setTime(file: DiskFile, { mtimeMs }: FileRow): Promise<void> {
  await file.utimes(secondsOf(mtimeMs), secondsOf(mtimeMs)).catch(ifNotOurs);
}

/** Mode and time of somebody else's file stay as they are: its bytes are what counts. */
function ifNotOurs(error: unknown): void {
  if (codeOf(error) !== "EPERM" && codeOf(error) !== "EROFS") throw error;
}

function hash({ disk, chunkBytes, signal }: MirrorContext, { row, target: path }: Goal) {
  return hashFile({ disk, path, chunkBytes, extents: decodeExtents(row.extents), signal });
}
