/**
 * Makes the disk follow the replica: directories first, then files that should be there, then those
 * that should not, then empty directories. Sweeps until nothing is dirty; what fails stays dirty
 * and is tried again later, so that one bad file holds up no other.
 */
import { join } from "node:path";
import type { PlacedFile } from "@goliath/chunks";
import { mapBounded, Semaphore } from "@goliath/kit";
import { READ_SMALL_MAX, SMALL_REPLY_BYTES_MAX } from "@goliath/protocols/chunks";
import { GoliathError } from "@goliath/protocols/nouns";
import { isFull, troubleOf } from "../disk-trouble.ts";
import { adoptFile, type WantedRow } from "./adopt-file.ts";
import { placeDirectories, removeDirectories } from "./directory-pass.ts";
import { decodeExtents } from "./extent-codec.ts";
import { installFile } from "./file-installer.ts";
import { knownByBytes } from "./known-by-bytes.ts";
import { diskPathOf, type MirrorContext } from "./mirror-context.ts";
import { isNameRefused } from "./name-rules.ts";
import { realFolderOf } from "./real-folder.ts";
import type { FileRow } from "./replica-tables.ts";
import { installTogether, isSmall } from "./small-files.ts";
import { statIfThere } from "./stat-if-there.ts";

/** Files in the making at once: hides the latency of small ones, bounds open files. */
const FILES_AT_ONCE = 24;
/** Fewer small files than this are installed one by one. */
const TOGETHER_MIN = 4;
/** Rows read from the replica at a time. */
const PAGE_ROWS = 512;
/** Finished files recorded in one durable transaction. */
const RECORDED_TOGETHER = 256;
const START = { dir: 0, name: "" };

interface Finished {
  row: WantedRow;
  file: PlacedFile;
}

/** One sweep's outcome. */
export interface Sweep {
  /** All is in place. */
  clean: boolean;
  /** What is missing is what this disk cannot hold: nothing more can be done. */
  refused: boolean;
}

interface Counts {
  installed: number;
  failed: number;
  refused: number;
  /** Their directory was not there any more: it is made again in the next round. */
  displaced: number;
  /** The disk is full: no more is tried in this sweep. */
  full: boolean;
}

export async function sweep(context: MirrorContext): Promise<Sweep> {
  for (;;) {
    context.names.renew();
    await context.keep.checkRecent();
    const dirs = await placeDirectories(context);
    const files = await installWanted(context);
    const left = await removeLeaving(context);
    await removeDirectories(context);
    const clean = context.replica.isClean();
    const failed = dirs.failed + files.failed + left.failed > 0;
    if (clean || failed) return { clean, refused: false };
    const done = dirs.moved + files.installed + files.displaced + left.removed;
    if (done === 0) return { clean, refused: dirs.refused + files.refused > 0 };
  }
}

async function installWanted(context: MirrorContext): Promise<Counts> {
  const counts: Counts = { installed: 0, failed: 0, refused: 0, displaced: 0, full: false };
  let finished: Finished[] = [];
  const record = async (): Promise<void> => {
    const batch = finished;
    finished = [];
    await recordFinished(context, batch);
  };
  const turns = new Semaphore({ max: FILES_AT_ONCE });
  const finish = async (row: WantedRow, file: PlacedFile | undefined): Promise<void> => {
    if (!file && diskPathOf(context, row.dir) === undefined) counts.displaced++;
    if (!file) return;
    counts.installed++;
    finished.push({ row, file });
    if (finished.length >= RECORDED_TOGETHER) await record();
  };
  try {
    await mapBounded(inGroups(wantedRows(context, counts)), FILES_AT_ONCE, async (rows) => {
      const together = rows.length < TOGETHER_MIN ? undefined : await installGroup(context, rows);
      const install = async (row: WantedRow): Promise<void> => {
        using _turn = await turns.acquire();
        await finish(row, together?.get(row) ?? (await installOne(context, row, counts)));
      };
      await Promise.all(rows.map(install));
    });
  } finally {
    // Also after an abort: what was not recorded would look like the user's own later.
    await record();
  }
  return counts;
}

/** A group that fails is installed file by file, which tells what is wrong with which. */
async function installGroup(
  context: MirrorContext,
  rows: readonly WantedRow[],
): Promise<Map<WantedRow, PlacedFile> | undefined> {
  try {
    return await installTogether(context, rows);
  } catch (error) {
    context.signal.throwIfAborted();
    context.log.debug("small files are installed one by one", { error });
    return undefined;
  }
}

/** Small files that are new follow each other in groups; every other file is a group of its own. */
function* inGroups(rows: Iterable<WantedRow>): Generator<WantedRow[]> {
  let group: WantedRow[] = [];
  let bytes = 0;
  for (const row of rows) {
    if (!isSmall(row)) {
      yield [row];
      continue;
    }
    if (group.length >= READ_SMALL_MAX || bytes + row.size > SMALL_REPLY_BYTES_MAX) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(row);
    bytes += row.size;
  }
  if (group.length > 0) yield group;
}

async function installOne(
  context: MirrorContext,
  row: WantedRow,
  counts: Counts,
): Promise<PlacedFile | undefined> {
  const refusal = context.names.refusal(row);
  if (refusal !== undefined) {
    counts.refused++;
    context.problem(row.name, refusal);
    return undefined;
  }
  try {
    return await installFile(context, row);
  } catch (thrown) {
    context.signal.throwIfAborted();
    const error = GoliathError.from(thrown);
    // A newer revision of the same name: its own row is dirty and comes next.
    if (error.code === "changed") return undefined;
    if (isNameRefused(thrown)) counts.refused++;
    else counts.failed++;
    counts.full ||= isFull(thrown);
    context.log.warn("a file could not be mirrored yet", { name: row.name, error: error.message });
    context.problem(isFull(thrown) ? context.local : row.name, troubleOf(thrown));
    return undefined;
  }
}

/** Placing makes the files servable; only then does the replica call them here. */
async function recordFinished(
  { placed, replica, placing }: MirrorContext,
  batch: Finished[],
): Promise<void> {
  if (batch.length === 0) return;
  await placed.place(batch.map(({ file }) => file));
  replica.setFilesOnDisk(
    batch.map(({ row: { dir, name, root, revision } }) => ({ dir, name, root, revision })),
  );
  await placing.recorded(batch.map(({ file }) => file.path));
}

/** What a process that was killed had put in place is recorded before anything else is done. */
export async function recordUnrecorded({ placed, replica, placing }: MirrorContext): Promise<void> {
  const unrecorded = await placing.unrecorded();
  await placed.place(unrecorded.map(({ file }) => file));
  replica.setFilesOnDisk(unrecorded);
  await placing.recorded([]);
}

/**
 * The same after a power cut, which takes the notes too: what stands where it should, with the bytes
 * it should have, is taken over before the index is heard and may want something else there.
 */
export async function takeOverUnrecorded(context: MirrorContext): Promise<void> {
  const { signal } = context;
  let found: Finished[] = [];
  const counts: Counts = { installed: 0, failed: 0, refused: 0, displaced: 0, full: false };
  const record = async (): Promise<void> => {
    const batch = found;
    found = [];
    await recordFinished(context, batch);
  };
  const look = async (row: WantedRow): Promise<void> => {
    const folder = diskPathOf(context, row.dir);
    const target = folder && join(folder, row.name);
    const file = target && (await adoptFile(context, { row, target }).catch(() => undefined));
    if (file) found.push({ row, file });
    if (found.length >= RECORDED_TOGETHER) await record();
  };
  await mapBounded(wantedRows(context, counts), FILES_AT_ONCE, look, { signal });
  await record();
}

function* wantedRows(context: MirrorContext, counts: Counts): Generator<WantedRow> {
  for (const row of dirtyRows(context, true)) {
    if (counts.full) return;
    // What waits for its directory is neither fetched nor counted.
    if (row.root && diskPathOf(context, row.dir) !== undefined) yield row as WantedRow;
  }
}

function* dirtyRows({ replica, signal }: MirrorContext, wanted: boolean): Generator<FileRow> {
  for (let after = START; ;) {
    signal.throwIfAborted();
    const rows = replica.dirtyFiles({ after, wanted, limit: PAGE_ROWS });
    yield* rows;
    const last = rows.at(-1);
    if (!last) return;
    after = { dir: last.dir, name: last.name };
  }
}

/** Files the drive no longer has: ours go to the keep area, the user's edits stay where they are. */
async function removeLeaving(context: MirrorContext): Promise<{ removed: number; failed: number }> {
  const counts = { removed: 0, failed: 0 };
  let done: FileRow[] = [];
  const record = (): void => {
    const batch = done;
    done = [];
    const gone = batch.map(({ dir, name, revision }) => ({ dir, name, revision, root: null }));
    context.replica.setFilesOnDisk(gone);
  };
  await mapBounded(dirtyRows(context, false), FILES_AT_ONCE, async (row) => {
    try {
      await removeFile(context, row);
    } catch (error) {
      context.signal.throwIfAborted();
      counts.failed++;
      context.problem(row.name, troubleOf(error));
      return;
    }
    counts.removed++;
    done.push(row);
    if (done.length >= RECORDED_TOGETHER) record();
  });
  record();
  return counts;
}

async function removeFile(context: MirrorContext, row: FileRow): Promise<void> {
  const { keep, placed } = context;
  const root = row.diskRoot;
  const folder = root ? await realFolderOf(context, row.dir) : undefined;
  if (!root || folder === undefined) return;
  const path = join(folder, row.name);
  if (await looksOurs(context, { path, row: { ...row, diskRoot: root } }))
    await keep.clear(path, { root, back: "same" });
  else if (placed.placed(path)) await placed.withdraw([path]);
}

/** A user's own file is not even moved away for a moment, where a look tells that it is theirs. */
async function looksOurs(
  { disk, placed, chunkBytes, signal }: MirrorContext,
  { path, row }: { path: string; row: FileRow & { diskRoot: Uint8Array } },
): Promise<boolean> {
  const found = await statIfThere(disk, path);
  const known = placed.placed(path);
  const size = known?.stamp.size ?? row.size;
  if (!found?.isFile() || Number(found.size) !== size) return false;
  if (known?.stamp.mtimeNs === found.mtimeNs) return true;
  const extents = known?.extents ?? decodeExtents(row.extents);
  const file = { disk, path, chunkBytes, extents, signal };
  return (await knownByBytes({ ...file, root: row.diskRoot })) !== undefined;
}
