/**
 * Makes the disk follow the replica: directories first, then files that should be there, then those
 * that should not, then empty directories. Sweeps until nothing is dirty; what fails stays dirty
 * and is tried again later, so that one bad file holds up no other.
 */
import { join } from "node:path";
import type { PlacedFile } from "@goliath/chunks";
import { mapBounded } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { makeWay, placeDirectories, removeDirectories } from "./directory-pass.ts";
import { installFile, type WantedRow } from "./file-installer.ts";
import { diskPathOf, type MirrorContext } from "./mirror-context.ts";
import type { FileRow } from "./replica-tables.ts";

/** Files in the making at once: hides the latency of small ones, bounds open files. */
const FILES_AT_ONCE = 24;
/** Rows read from the replica at a time. */
const PAGE_ROWS = 512;
/** Finished files recorded in one durable transaction. */
const RECORDED_TOGETHER = 256;
const START = { dir: 0, name: "" };

interface Finished {
  row: WantedRow;
  file: PlacedFile;
}

/** One sweep's outcome: whether all is in place, and how many files were brought there. */
export interface Sweep {
  clean: boolean;
  installed: number;
  failed: number;
}

export async function sweep(context: MirrorContext): Promise<Sweep> {
  for (;;) {
    const moved = await placeDirectories(context);
    const { installed, failed } = await installWanted(context);
    await removeLeaving(context);
    await removeDirectories(context);
    const clean = context.replica.isClean();
    if (clean || failed > 0 || (!moved && installed === 0)) return { clean, installed, failed };
  }
}

async function installWanted(
  context: MirrorContext,
): Promise<{ installed: number; failed: number }> {
  const counts = { installed: 0, failed: 0 };
  let finished: Finished[] = [];
  const record = async (): Promise<void> => {
    const batch = finished;
    finished = [];
    await recordFinished(context, batch);
  };
  await mapBounded(wantedRows(context), FILES_AT_ONCE, async (row) => {
    const file = await installOne(context, row, counts);
    if (!file) return;
    counts.installed++;
    finished.push({ row, file });
    if (finished.length >= RECORDED_TOGETHER) await record();
  });
  await record();
  return counts;
}

async function installOne(
  context: MirrorContext,
  row: WantedRow,
  counts: { failed: number },
): Promise<PlacedFile | undefined> {
  try {
    return await installFile(context, row);
  } catch (thrown) {
    context.signal.throwIfAborted();
    const error = GoliathError.from(thrown);
    // A newer revision of the same name: its own row is dirty and comes next.
    if (error.code === "changed") return undefined;
    counts.failed++;
    context.log.warn("a file could not be mirrored yet", { name: row.name, error: error.message });
    context.problem(row.name, error.message);
    return undefined;
  }
}

/** Placing makes the files servable; only then does the replica call them here. */
async function recordFinished(
  { placed, replica }: MirrorContext,
  batch: Finished[],
): Promise<void> {
  if (batch.length === 0) return;
  await placed.place(batch.map(({ file }) => file));
  replica.setFilesOnDisk(
    batch.map(({ row: { dir, name, root, revision } }) => ({ dir, name, root, revision })),
  );
}

function* wantedRows(context: MirrorContext): Generator<WantedRow> {
  for (const row of dirtyRows(context, true)) if (row.root) yield row as WantedRow;
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
async function removeLeaving(context: MirrorContext): Promise<void> {
  let done: FileRow[] = [];
  const record = (): void => {
    const batch = done;
    done = [];
    const gone = batch.map(({ dir, name, revision }) => ({ dir, name, revision, root: null }));
    context.replica.setFilesOnDisk(gone);
  };
  await mapBounded(dirtyRows(context, false), FILES_AT_ONCE, async (row) => {
    await removeFile(context, row);
    done.push(row);
    if (done.length >= RECORDED_TOGETHER) record();
  });
  record();
}

async function removeFile(context: MirrorContext, row: FileRow): Promise<void> {
  const folder = row.diskRoot ? diskPathOf(context, row.dir) : undefined;
  if (folder === undefined) return;
  const path = join(folder, row.name);
  const ours = context.placed.placed(path);
  const found = await context.disk.lstat(path, { bigint: true }).catch(() => undefined);
  if (!ours || !found?.isFile()) return;
  if (ours.stamp.inode === found.ino && ours.stamp.mtimeNs === found.mtimeNs)
    await makeWay(context, path);
  else await context.placed.withdraw([path]);
}
