/**
 * Puts one file in its place in a mirror: by renaming what is here already, adopting what matches,
 * or assembling it from local bytes and other peers. The bytes are verified and synced under a
 * temporary name before they get their final one, and a user's own file is never overwritten.
 */
import { dirname, join } from "node:path";
import { isSameContent, stampOf, type FileStamp, type PlacedFile } from "@goliath/chunks";
import {
  checkExtents,
  chunkCount,
  digestAt,
  digestOf,
  DIGEST_BYTES,
  equalBytes,
  GoliathError,
  INLINE_CHUNKS_MAX,
  rootOf,
  type ChunkRun,
  type Extent,
} from "@goliath/protocols/nouns";
import { adoptFile, dress, modeOf, type Goal, type WantedRow } from "./adopt-file.ts";
import { moveAside } from "./directory-pass.ts";
import { decodeExtents } from "./extent-codec.ts";
import { OWN_FOLDER } from "./own-name.ts";
import type { MirrorContext } from "./mirror-context.ts";
import { codeOf, moveNew } from "./move-new.ts";
import { isThere, nameRefused } from "./name-rules.ts";
import { PartialFile } from "./partial-file.ts";
import { forgetDisplaced, realFolderOf } from "./real-folder.ts";
import type { FileRow } from "./replica-tables.ts";

/** Chunks of one file asked for at a time: enough to keep several holders busy. */
const CHUNKS_AT_ONCE = 24;
/** Digests asked of the index at a time. */
const DIGESTS_AT_ONCE = 4096;
/**
 * How long a file that is on its way waits for a holder to come back, which saves hashing again what
 * is here. One that has nothing yet does not wait: it would keep others from their turn.
 */
const PATIENCE_MS = 30_000;
/** Chunks of a mirrored file: 4 TiB of 1 MiB chunks, whose digests take 128 MiB of memory. */
export const FILE_CHUNKS_MAX = 4 * 1024 * 1024;
/** No revision of the index: a row that was given it is not clean. */
const UNRECORDED = -1;
/** Times a name is cleared for one file: somebody saves under it again and again. */
const PLACE_ATTEMPTS_MAX = 100;

/**
 * Makes the file of `row` stand in its place. Returns what to place, or undefined when it cannot
 * be now: its directory is not there (any more), or the row was overtaken.
 */
export async function installFile(
  context: MirrorContext,
  row: WantedRow,
): Promise<PlacedFile | undefined> {
  const folder = await realFolderOf(context, row.dir);
  if (folder === undefined) return undefined;
  checkSize(context, row);
  const goal = { row, target: join(folder, row.name) };
  return (
    (await adoptFile(context, goal)) ??
    (await renameLeaving(context, goal)) ??
    (await assemble(context, goal))
  );
}

/** Throws for extents that no file has, before memory is taken for their digests. */
function checkSize({ chunkBytes }: MirrorContext, row: WantedRow): void {
  const extents = decodeExtents(row.extents);
  checkExtents(extents, chunkBytes);
  if (chunkCount(extents) <= FILE_CHUNKS_MAX) return;
  throw new GoliathError("too-large", `a file of more than ${FILE_CHUNKS_MAX} chunks: use cat`);
}

/** A rename on the drive: the file that should go elsewhere on this disk has these bytes. */
async function renameLeaving(context: MirrorContext, goal: Goal): Promise<PlacedFile | undefined> {
  const { keep, replica, placed } = context;
  const { row, target } = goal;
  const leaving = replica.leaving(row.root);
  const folder = leaving && (await realFolderOf(context, leaving.dir));
  if (!leaving || folder === undefined) return undefined;
  const source = join(folder, leaving.name);
  const ours = placed.placed(source);
  if (!ours || !equalBytes(rootOf(ours.sums), row.root)) return undefined;
  const kept = await keep.clear(source, { root: leaving.diskRoot, back: "same" });
  if (!kept) return undefined;
  const stamp = await moveIntoPlace(context, {
    from: kept.path,
    goal,
    move: () => keep.giveOut(kept, target),
  });
  // Known as ours at once, whatever the index asks for next; not clean before it is placed.
  const { dir, name, root } = row;
  const moved = stamp ? [{ dir, name, root, revision: UNRECORDED }] : [];
  replica.setFilesOnDisk([{ ...leaving, root: null }, ...moved]);
  const dressed = stamp && (await dress(context, { ...goal, stamp }));
  if (!dressed) return undefined;
  return { path: target, stamp: dressed, extents: decodeExtents(row.extents), sums: ours.sums };
}

async function assemble(
  context: MirrorContext,
  { row, target }: Goal,
): Promise<PlacedFile | undefined> {
  const extents = decodeExtents(row.extents);
  const sums = await sumsOf(context, { row, extents });
  const path = temporaryPath(context, row);
  const file = new PartialFile({
    disk: context.disk,
    path,
    extents,
    sums,
    chunkBytes: context.chunkBytes,
    mode: modeOf(row),
  });
  const served = chunkCount(extents) > 1;
  let isPlaced = false;
  try {
    await file.open(context.signal);
    if (served) context.partial.add(file);
    await fetchMissing(context, { file, row, served });
    await file.finish({ size: row.size, mtimeMs: row.mtimeMs });
    if (isOvertaken(context, row)) return undefined;
    const { dir, name, revision, root } = row;
    const placed = { path: target, stamp: await stampAt(context, path), extents, sums };
    await context.placing.note({ dir, name, revision, root, file: placed });
    const stamp = await moveIntoPlace(context, {
      from: path,
      goal: { row, target },
      move: () => moveNew(context.disk, { from: path, to: target }),
    });
    isPlaced = stamp !== undefined;
    return stamp && { ...placed, stamp };
  } finally {
    await file.close();
    if (!isPlaced) await context.placing.recorded([target]);
    if (served) context.partial.remove(file);
    if (isOvertaken(context, row)) await context.disk.unlink(path).catch(() => undefined);
  }
}

/** Where a file is put together: the same for the same bytes at the same place, so that a later run goes on with it. */
export function temporaryPath({ local }: MirrorContext, row: WantedRow): string {
  const place = Buffer.from(`${row.dir}/${row.name}`);
  const digest = Buffer.from(digestOf(Buffer.concat([row.root, place])));
  return join(local, OWN_FOLDER, "tmp", `${digest.toString("hex").slice(0, 40)}.part`);
}

/**
 * Fetches what is missing, several chunks at a time; the first failure ends the others, and so does
 * a newer revision: nobody may have the bytes of the old one any more.
 */
async function fetchMissing(
  context: MirrorContext,
  { file, row, served }: { file: PartialFile; row: WantedRow; served: boolean },
): Promise<void> {
  const failed = new AbortController();
  const signal = AbortSignal.any([context.signal, failed.signal]);
  const missing = file.missing();
  let patienceMs = 0;
  const unsubscribe = context.onChange(() => {
    if (isOvertaken(context, row)) failed.abort(overtaken(row));
  });
  const worker = async (): Promise<void> => {
    for (const span of missing) {
      if (isOvertaken(context, row)) throw overtaken(row);
      const digest = digestAt(file.sums, span.index);
      const bytes = await context.fetcher.fetch(
        { id: span.id, digest, length: span.length },
        { signal, patienceMs },
      );
      patienceMs = PATIENCE_MS;
      await file.write(span, bytes);
      if (served) context.partial.wrote(span.id);
    }
  };
  const count = Math.min(CHUNKS_AT_ONCE, chunkCount(file.extents));
  try {
    await allOrFirst(Array.from({ length: count }, worker), failed);
  } catch (error) {
    throw isOvertaken(context, row) ? overtaken(row) : error;
  } finally {
    unsubscribe();
  }
}

/** Resolves when all have; after the first failure aborts the others, and throws it at the end. */
async function allOrFirst(workers: Promise<void>[], failed: AbortController): Promise<void> {
  let first: GoliathError | undefined;
  const ends = workers.map((one) =>
    one.catch((error: unknown) => {
      first ??= GoliathError.from(error);
      failed.abort(error);
    }),
  );
  await Promise.all(ends);
  if (first) throw first;
}

/** All digests of the file: those that came with the entry, or the index's, checked by the root. */
async function sumsOf(
  { digests, signal }: MirrorContext,
  { row, extents }: { row: WantedRow; extents: Extent[] },
): Promise<Uint8Array> {
  const count = chunkCount(extents);
  if (count === 0) return new Uint8Array();
  const inline = count <= INLINE_CHUNKS_MAX ? row.sums : null;
  const sums =
    inline ??
    Buffer.concat(await Promise.all(runsOf(extents).map((runs) => digests(runs, signal))));
  if (sums.length !== count * DIGEST_BYTES || !equalBytes(rootOf(sums), row.root)) {
    throw new GoliathError("corrupt", "the digests do not match the file's root", {
      about: { path: row.name },
    });
  }
  return sums;
}

/** The runs of a file in requests of bounded size. */
function runsOf(extents: readonly Extent[]): ChunkRun[][] {
  const requests: ChunkRun[][] = [];
  let room = 0;
  for (const { first, count } of extents) {
    for (let done = 0; done < count;) {
      if (room === 0) {
        requests.push([]);
        room = DIGESTS_AT_ONCE;
      }
      const taken = Math.min(room, count - done);
      requests.at(-1)?.push({ first: (first + done) as ChunkRun["first"], count: taken });
      done += taken;
      room -= taken;
    }
  }
  return requests;
}

/**
 * Moves a file of ours to its final name; what is in the way makes way first, and only then.
 * Returns the stamp of what was moved, undefined when its directory is not there any more. Should
 * somebody have replaced or edited it in the same moment, it is the stamp from before: their file
 * is not taken for ours.
 */
async function moveIntoPlace(
  context: MirrorContext,
  { from, goal, move }: { from: string; goal: Goal; move: () => Promise<void> },
): Promise<FileStamp | undefined> {
  const { row, target } = goal;
  const before = await stampAt(context, from);
  for (let attempt = 1; ; attempt++) {
    if ((await realFolderOf(context, row.dir)) !== dirname(target)) return undefined;
    try {
      await move();
      break;
    } catch (error) {
      const code = codeOf(error);
      if (code === "ENOENT" || code === "ENOTDIR") {
        if (await forgetDisplaced(context, row.dir)) return undefined;
        // Its folder is there and so is the file: it is the name that the disk does not find.
        throw (await isThere(context.disk, from)) ? nameRefused(target) : error;
      }
      if (code !== "EEXIST" || attempt >= PLACE_ATTEMPTS_MAX) throw error;
      await makeWay(context, goal);
    }
  }
  const after = await stampAt(context, target).catch(() => before);
  return isSameContent(before, after) ? after : before;
}

/** A directory of ours that is to go elsewhere waits; what else stands there goes or is kept. */
async function makeWay(context: MirrorContext, { row, target }: Goal): Promise<void> {
  const { replica, keep } = context;
  const occupant = replica.dirOnDisk({ dir: row.dir, name: row.name });
  if (occupant) return moveAside(context, occupant);
  await keep.clear(target, { root: replica.wanted(row)?.diskRoot ?? null, back: "aside" });
}

export function isOvertaken({ replica }: MirrorContext, row: WantedRow): boolean {
  const now = replica.wanted(row);
  return !now?.root || !equalBytes(now.root, row.root) || now.revision !== row.revision;
}

function overtaken(row: FileRow): GoliathError {
  return new GoliathError("changed", "a newer revision overtook this one", {
    about: { path: row.name },
  });
}

async function stampAt({ disk }: MirrorContext, path: string): Promise<FileStamp> {
  return stampOf(await disk.lstat(path, { bigint: true }));
}
