/** Hashing a file where it lies. */
import { hash } from "node:crypto";
import { runSteps, type Disk, type DiskFile, type DiskStats } from "@goliath/kit";
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
  /** Bytes it should have: a file of one chunk is then read and hashed in one go. */
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
  const { size, chunkBytes, extents } = init;
  const small =
    size !== undefined && size <= chunkBytes && !extents ? await hashSmall(init, size) : undefined;
  return small ?? hashOpened(init);
}

/** Undefined when it has not the size it should have. */
async function hashSmall(init: HashFileInit, size: number): Promise<HashedFile | undefined> {
  const { disk, path, onProgress } = init;
  const { results, failed } = await runSteps(disk, [
    { do: "open", path, flags: OPEN_IN_PLACE },
    { do: "stat" },
    { do: "hash", length: size, position: 0, pieceBytes: init.chunkBytes },
    { do: "stat" },
  ]);
  if (failed) throw fileError(failed, path);
  const [, stats, sums, after] = results as [undefined, DiskStats, Uint8Array, DiskStats];
  if (!stats.isFile() || Number(stats.size) !== size) return undefined;
  if (!isSameStamp(stampOf(stats), stampOf(after))) throw changedWhileHashing(path);
  onProgress?.(size);
  return hashed(stats, sums);
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
