/** Hashing a file where it lies. */
import { hash } from "node:crypto";
import { mapBounded, runSteps, type Disk, type DiskFile, type DiskStats } from "@goliath/kit";
import {
  checkExtents,
  chunkCount,
  chunksFor,
  DIGEST_BYTES,
  GoliathError,
  sizeOf,
  spansOf,
  type ChunkId,
  type ChunkSpan,
  type Extent,
} from "@goliath/protocols/nouns";
import { throwIfAborted } from "./chunk-errors.ts";
import { isSameStamp, OPEN_IN_PLACE, stampOf } from "./file-stamp.ts";
import type { FileStamp } from "./placed-file.ts";

/** Bytes of a large file that are hashed in one go: about 3 ms, on a slow disk 30. */
const PART_BYTES = 4 * 1024 * 1024;
/** Parts of one file under way: the threads of a disk have the next one when they end one. */
const PARTS_AT_ONCE = 4;

export interface HashFileInit {
  disk: Disk;
  path: string;
  /** The drive's chunk size. */
  chunkBytes: number;
  /**
   * Where the chunks of a known version begin: appended ones are as short as what was appended. A
   * file of another size is cut as a new one.
   */
  extents?: readonly Extent[];
  /** Bytes it should have: then it may be read and hashed in parts beside each other. */
  size?: number;
  signal?: AbortSignal;
  /** Called after each chunk with the bytes hashed so far. */
  onProgress?: (bytes: number) => void;
}

export interface HashedFile {
  stamp: FileStamp;
  size: number;
  /** Whole milliseconds since 1970, rounded down. */
  mtimeMs: number;
  /** Whether the owner may execute it. */
  executable: boolean;
  /** One digest a chunk, 32 bytes each. */
  sums: Uint8Array;
}

/**
 * Reads a file chunk by chunk: the next one is read while this one is hashed, in two buffers
 * whatever the size. Throws `changed` when the file changed meanwhile, `not-found`, `bad-request`
 * for what is not a regular file (links are not followed), `unavailable` when it cannot be read.
 */
export async function hashFile(init: HashFileInit): Promise<HashedFile> {
  throwIfAborted(init.signal);
  const { disk, size, chunkBytes, extents } = init;
  const inParts = size !== undefined && !extents && (size <= chunkBytes || disk.steps);
  return (inParts && (await hashInParts(init, size))) || hashOpened(init);
}

/**
 * Parts are read and hashed beside each other where the disk has threads for it: one of a small
 * file, several of a large one, each of a few milliseconds so that others get their turn. Undefined
 * when the file has not the size it should have.
 */
async function hashInParts(init: HashFileInit, size: number): Promise<HashedFile | undefined> {
  const { path, chunkBytes, signal, onProgress } = init;
  const partBytes = Math.max(1, Math.floor(PART_BYTES / chunkBytes)) * chunkBytes;
  const count = Math.max(1, Math.ceil(size / partBytes));
  const stats: DiskStats[] = [];
  let done = 0;
  const sums = await mapBounded(
    Array.from({ length: count }, (_, at) => at * partBytes),
    PARTS_AT_ONCE,
    async (start) => {
      const length = Math.min(partBytes, size - start);
      const part = await hashPart(init, { start, length });
      stats.push(part.before, part.after);
      onProgress?.((done += length));
      return part.sums;
    },
    signal ? { signal } : {},
  );
  const [first] = stats;
  if (!first?.isFile() || Number(first.size) !== size) return undefined;
  const stamp = stampOf(first);
  if (!stats.every((one) => isSameStamp(stamp, stampOf(one)))) throw changedWhileHashing(path);
  return hashed(first, new Uint8Array(Buffer.concat(sums)));
}

async function hashPart(
  { disk, path, chunkBytes }: HashFileInit,
  { start, length }: { start: number; length: number },
): Promise<{ sums: Uint8Array; before: DiskStats; after: DiskStats }> {
  const { results, failed } = await runSteps(disk, [
    { do: "open", path, flags: OPEN_IN_PLACE },
    { do: "stat" },
    { do: "hash", length, position: start, pieceBytes: chunkBytes },
    { do: "stat" },
  ]);
  if (failed) throw fileError(failed, path);
  const [, before, sums, after] = results as [undefined, DiskStats, Uint8Array, DiskStats];
  return { sums, before, after };
}

function hashed(stats: DiskStats, sums: Uint8Array): HashedFile {
  const stamp = stampOf(stats);
  const { size } = stamp;
  return { stamp, size, mtimeMs: mtimeMsOf(stats), executable: isExecutable(stats), sums };
}

async function hashOpened(init: HashFileInit): Promise<HashedFile> {
  const handle = await init.disk.open(init.path, OPEN_IN_PLACE).catch((thrown: unknown) => {
    throw fileError(thrown, init.path);
  });
  try {
    return await hashHandle(handle, init);
  } catch (thrown) {
    throw fileError(thrown, init.path);
  } finally {
    await handle.close();
  }
}

async function hashHandle(handle: DiskFile, init: HashFileInit): Promise<HashedFile> {
  const stats = await handle.stat({ bigint: true });
  if (!stats.isFile()) throw new GoliathError("bad-request", `${init.path} is not a regular file`);
  const stamp = stampOf(stats);
  const sums = await hashChunks(handle, stamp.size, init);
  const after = stampOf(await handle.stat({ bigint: true }));
  if (!isSameStamp(stamp, after)) throw changedWhileHashing(init.path);
  return hashed(stats, sums);
}

async function hashChunks(handle: DiskFile, size: number, init: HashFileInit) {
  const { chunkBytes, path, signal, onProgress } = init;
  const extents = cut(size, init);
  const spans = spansOf(extents, { chunkBytes });
  const sums = new Uint8Array(chunkCount(extents) * DIGEST_BYTES);
  const bufferBytes = Math.min(chunkBytes, size);
  const buffers = Buffer.allocUnsafe(bufferBytes * Math.min(2, chunkCount(extents)));
  const readNext = () => {
    const { value: span } = spans.next() as IteratorResult<ChunkSpan, undefined>;
    if (!span) return undefined;
    const start = (span.index % 2) * bufferBytes;
    const buffer = buffers.subarray(start, start + span.length);
    return { span, bytes: readFully(handle, buffer, span.offset) };
  };
  let coming = readNext();
  try {
    while (coming) {
      const { span } = coming;
      const bytes = await coming.bytes;
      throwIfAborted(signal);
      if (!bytes) throw changedWhileHashing(path);
      coming = readNext();
      sums.set(hash("sha256", bytes, "buffer"), span.index * DIGEST_BYTES);
      onProgress?.(span.offset + span.length);
    }
  } finally {
    // A read that was begun ahead must not outlive its file handle, nor fail unheard.
    await coming?.bytes.catch(() => undefined);
  }
  return sums;
}

function cut(
  size: number,
  { extents, chunkBytes }: Pick<HashFileInit, "extents" | "chunkBytes">,
): readonly Extent[] {
  if (extents && sizeOf(extents) === size) {
    checkExtents(extents, chunkBytes);
    return extents;
  }
  const count = chunksFor(size, chunkBytes);
  return count > 0 ? [{ first: 0 as ChunkId, count, bytes: size }] : [];
}

/** Fills `buffer` from `position`, or resolves to undefined when the file ends before. */
export async function readFully(handle: DiskFile, buffer: Buffer, position: number) {
  for (let done = 0; done < buffer.length;) {
    const length = buffer.length - done;
    const { bytesRead } = await handle.read(buffer, done, length, position + done);
    if (bytesRead === 0) return undefined;
    done += bytesRead;
  }
  return buffer;
}

export function mtimeMsOf(stats: Pick<DiskStats, "mtimeNs">): number {
  // Division of bigints rounds towards zero; times before 1970 must go down as well.
  const ns = stats.mtimeNs;
  return Number((ns - (((ns % 1_000_000n) + 1_000_000n) % 1_000_000n)) / 1_000_000n);
}

export function isExecutable(stats: Pick<DiskStats, "mode">): boolean {
  return process.platform !== "win32" && (stats.mode & 0o100n) !== 0n;
}

function changedWhileHashing(path: string): GoliathError {
  return new GoliathError("changed", `${path} changed while it was hashed`, { about: { path } });
}

function fileError(thrown: unknown, path: string): GoliathError {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  const init = { cause: thrown, about: { path } };
  if (thrown instanceof GoliathError) return thrown;
  if (code === "ENOENT" || code === "ENOTDIR") {
    return new GoliathError("not-found", `${path} is not there`, init);
  }
  if (code === "ELOOP" || code === "EISDIR" || code === "ENXIO") {
    return new GoliathError("bad-request", `${path} is not a regular file`, init);
  }
  if (code === "EIO") {
    const text = `${path} cannot be read: the disk reports a fault, check it`;
    return new GoliathError("disk-fault", text, init);
  }
  if (code.startsWith("E")) return new GoliathError("unavailable", `${path} cannot be read`, init);
  return GoliathError.from(thrown);
}
