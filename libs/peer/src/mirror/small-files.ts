/**
 * Puts many new small files in their places together: one answer brings their bytes, one set of
 * steps makes each under a temporary name, one sync puts them on the disk, one note tells of them
 * all, and another set of steps gives each its final name. Only what is plain is done here: a name
 * that is taken, bytes that do not come, a disk that refuses are left to `installFile`, which tells
 * of them or makes way, and begins anew.
 */
import { constants } from "node:fs";
import { dirname, join } from "node:path";
import { isSameContent, stampOf, type PlacedFile } from "@goliath/chunks";
import { runSteps, type DiskStats, type Step } from "@goliath/kit";
import { SMALL_CHUNK_BYTES_MAX } from "@goliath/protocols/chunks";
import {
  checkExtents,
  chunkCount,
  DIGEST_BYTES,
  equalBytes,
  rootOf,
  type Digest,
  type Extent,
} from "@goliath/protocols/nouns";
import type { ChunkNeed } from "../parts.ts";
import { modeOf, type WantedRow } from "./adopt-file.ts";
import { decodeExtents } from "./extent-codec.ts";
import { isOvertaken, temporaryPath } from "./file-installer.ts";
import { secondsOf } from "./file-time.ts";
import { diskPathOf, type MirrorContext } from "./mirror-context.ts";

const NEW_FILE =
  constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Whether a row may be among those that are installed together. */
export function isSmall(row: WantedRow): boolean {
  return row.diskRoot === null && row.size <= SMALL_CHUNK_BYTES_MAX;
}

interface Small {
  row: WantedRow;
  extents: Extent[];
  sums: Uint8Array;
  /** Where it is made. */
  path: string;
  /** Where it goes. */
  target: string;
}

interface Made extends Small {
  file: PlacedFile;
}

/** What was put in place, to be recorded; a row without one is for `installFile`. */
export async function installTogether(
  context: MirrorContext,
  rows: readonly WantedRow[],
): Promise<Map<WantedRow, PlacedFile>> {
  const plain = rows.flatMap((row) => plainOf(context, row) ?? []);
  const free = await freeOf(context, plain);
  const made = await makeAll(context, free);
  const wanted = made.filter(({ row }) => !isOvertaken(context, row));
  const notes = wanted.map(({ row, file }) => ({ ...placeOf(row), file }));
  if (notes.length > 0) await context.placing.note(...notes);
  const placed = new Map<WantedRow, PlacedFile>();
  try {
    await Promise.all(
      wanted.map(async (one) => {
        const file = await moveIn(context, one);
        if (file) placed.set(one.row, file);
      }),
    );
  } finally {
    const left = made.filter(({ row }) => !placed.has(row));
    if (left.length > 0) await context.placing.recorded(left.map(({ target }) => target));
    await unlinkAll(context, left);
  }
  return placed;
}

function placeOf({ dir, name, revision, root }: WantedRow) {
  return { dir, name, revision, root };
}

/** Undefined for whatever needs a closer look. */
function plainOf(context: MirrorContext, row: WantedRow): Small | undefined {
  const folder = diskPathOf(context, row.dir);
  const extents = decodeExtents(row.extents);
  const sums = row.sums ?? new Uint8Array();
  const count = chunkCount(extents);
  checkExtents(extents, context.chunkBytes);
  const isWhole = count <= 1 && sums.length === count * DIGEST_BYTES;
  if (folder === undefined || !isWhole || !equalBytes(rootOf(sums), row.root)) return undefined;
  // What is here under another name is moved, not fetched.
  if (context.names.refusal(row) !== undefined || context.replica.leaving(row.root))
    return undefined;
  const path = temporaryPath(context, row);
  return { row, extents, sums, path, target: join(folder, row.name) };
}

/** Those in whose place nothing stands. */
async function freeOf(context: MirrorContext, all: readonly Small[]): Promise<Small[]> {
  const looks = await Promise.all(
    all.map(({ target }) => runSteps(context.disk, [{ do: "lstat", path: target }])),
  );
  return all.filter((_, at) => isAbsent(looks[at]?.failed));
}

function isAbsent(failed: unknown): boolean {
  return failed instanceof Error && "code" in failed && failed.code === "ENOENT";
}

/** Makes each under its temporary name, on the disk. */
async function makeAll(context: MirrorContext, all: readonly Small[]): Promise<Made[]> {
  const bytes = await bytesOf(context, all);
  const outcomes = await Promise.all(all.map((one, at) => make(context, one, bytes[at])));
  const made = outcomes.filter((one) => one !== undefined);
  try {
    await context.disk.syncFiles(made.map(({ path }) => path));
    return made;
  } catch (error) {
    context.log.debug("small files are put on the disk one by one", { error });
    // What the system could not write it forgets: another sync would succeed and prove nothing.
    await unlinkAll(context, made);
    return [];
  }
}

async function bytesOf(
  { fetcher, signal }: MirrorContext,
  all: readonly Small[],
): Promise<(Uint8Array | undefined)[]> {
  const lacking = all.filter(({ row }) => row.size > 0);
  const needs = lacking.map(({ row, extents, sums }): ChunkNeed => {
    const [{ first } = { first: 0 as ChunkNeed["id"] }] = extents;
    return { id: first, digest: sums as Digest, length: row.size };
  });
  const came = needs.length > 0 ? ((await fetcher.fetchSmall?.(needs, { signal })) ?? []) : [];
  const byRow = new Map(lacking.map(({ row }, at) => [row, came[at]]));
  return all.map(({ row }) => (row.size > 0 ? byRow.get(row) : new Uint8Array()));
}

async function make(
  { disk }: MirrorContext,
  small: Small,
  bytes: Uint8Array | undefined,
): Promise<Made | undefined> {
  const { row, path, target, extents, sums } = small;
  if (bytes?.length !== row.size) return undefined;
  const time = secondsOf(row.mtimeMs);
  const { results, failed } = await runSteps(disk, [
    { do: "open", path, flags: NEW_FILE, mode: modeOf(row) },
    { do: "write", bytes, position: 0 },
    { do: "utimes", atime: time, mtime: time },
    { do: "stat" },
  ]);
  const stats = results[3] as DiskStats | undefined;
  if (!failed && stats) {
    return { ...small, file: { path: target, stamp: stampOf(stats), extents, sums } };
  }
  // Unless it was left there by an earlier run, which `installFile` looks at.
  if (results.length > 0) await disk.unlink(path).catch(() => undefined);
  return undefined;
}

/** A link fails where the name is taken, and the way to it must lead through none. */
async function moveIn(
  { disk }: MirrorContext,
  { path, target, file }: Made,
): Promise<PlacedFile | undefined> {
  const steps: Step[] = [
    { do: "isReal", path: dirname(target) },
    { do: "link", existing: path, path: target },
    { do: "unlink", path },
    { do: "lstat", path: target },
  ];
  const { results } = await runSteps(disk, steps);
  if (results.length < 3) return undefined;
  const after = results[3] as DiskStats | undefined;
  const stamp = after && stampOf(after);
  // Somebody may have replaced or edited it in the same moment: their file is not taken for ours.
  return stamp && isSameContent(file.stamp, stamp) ? { ...file, stamp } : file;
}

async function unlinkAll({ disk }: MirrorContext, all: readonly Small[]): Promise<void> {
  await Promise.all(all.map(({ path }) => disk.unlink(path).catch(() => undefined)));
}
