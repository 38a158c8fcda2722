/**
 * Manifests: the ordered chunks of one version of a file.
 *
 * Extents name the chunks, pages carry their digests, the root commits to the pages:
 *   page  = the raw digests of up to 1,024 consecutive chunks of the file (the last page is shorter)
 *   leaf  = sha256(0x00 ‖ page)
 *   root  = sha256(0x01 ‖ leaf ‖ leaf ‖ …)          (no leaves for an empty file)
 * Whoever knows the root can take leaves and pages from anybody and check them.
 */
import { hash } from "node:crypto";
import { DIGEST_BYTES, equalBytes, parseDigest, type Digest } from "./digest.ts";
import { GoliathError } from "./error.ts";
import type { ChunkId } from "./ids.ts";

/** Digests in a full page: 32 KiB. */
export const PAGE_CHUNKS = 1024;
/** The drive's default chunk size: larger gained nothing, smaller costs requests. */
export const CHUNK_BYTES_DEFAULT = 1024 * 1024;
/** Bounds of a drive's chunk size K. */
export const CHUNK_BYTES_MIN = 4 * 1024;
export const CHUNK_BYTES_MAX = 4 * 1024 * 1024;
/**
 * Extents of one file: 1.9 MB of message at most, so that one entry always fits a frame. A file
 * written once has one; a journal is merged in the background long before it gets here.
 */
export const EXTENTS_MAX = 65_536;

/**
 * `count` chunks with consecutive ids holding `bytes` bytes: every chunk is K bytes long but the
 * last, which holds the rest. A file that is written once is one extent.
 */
export interface Extent {
  first: ChunkId;
  count: number;
  bytes: number;
}

/** A manifest without its digests: what an entry carries. */
export interface Manifest {
  root: Digest;
  extents: Extent[];
}

/** One chunk of a file: where it stands, what it is called and how long it is. */
export interface ChunkSpan {
  id: ChunkId;
  /** Position among the file's chunks, from 0. */
  index: number;
  /** Byte offset in the file. */
  offset: number;
  length: number;
}

export function chunkCount(extents: readonly Extent[]): number {
  let count = 0;
  for (const extent of extents) count += extent.count;
  return count;
}

export function sizeOf(extents: readonly Extent[]): number {
  let bytes = 0;
  for (const extent of extents) bytes += extent.bytes;
  return bytes;
}

/** Chunks needed for `bytes` bytes at chunk size `chunkBytes`. */
export function chunksFor(bytes: number, chunkBytes: number): number {
  return Math.ceil(bytes / chunkBytes);
}

/** Throws `bad-request` unless every extent's bytes fit its count at chunk size `chunkBytes`. */
export function checkExtents(extents: readonly Extent[], chunkBytes: number): void {
  for (const { first, count, bytes } of extents) {
    const fits =
      first >= 0 &&
      count > 0 &&
      Number.isSafeInteger(first + count) &&
      Number.isSafeInteger(bytes) &&
      chunksFor(bytes, chunkBytes) === count;
    if (!fits) throw new GoliathError("bad-request", "an extent's bytes do not fit its chunks");
  }
}

/**
 * Walks the chunks of a file in order; `from` and `to` are byte offsets, `to` exclusive. The
 * extents are ones that `checkExtents` takes.
 */
export function* spansOf(
  extents: readonly Extent[],
  { chunkBytes, from = 0, to = Infinity }: { chunkBytes: number; from?: number; to?: number },
): Generator<ChunkSpan> {
  if (from >= to) return;
  let offset = 0;
  let index = 0;
  for (const extent of extents) {
    if (offset >= to) return;
    const skip = Math.min(extent.count, Math.max(0, Math.floor((from - offset) / chunkBytes)));
    for (let i = skip; i < extent.count; i++) {
      const start = offset + i * chunkBytes;
      if (start >= to) return;
      const length = Math.min(chunkBytes, extent.bytes - i * chunkBytes);
      if (start + length <= from) continue;
      yield { id: (extent.first + i) as ChunkId, index: index + i, offset: start, length };
    }
    offset += extent.bytes;
    index += extent.count;
  }
}

/** The leaves of a file's digests: one 32-byte hash a page, concatenated. */
export function leavesOf(sums: Uint8Array): Uint8Array {
  const pageBytes = PAGE_CHUNKS * DIGEST_BYTES;
  const pages = Math.ceil(sums.length / pageBytes);
  const leaves = new Uint8Array(pages * DIGEST_BYTES);
  for (let page = 0; page < pages; page++) {
    const bytes = sums.subarray(page * pageBytes, (page + 1) * pageBytes);
    leaves.set(hashWithPrefix(0x00, bytes), page * DIGEST_BYTES);
  }
  return leaves;
}

/** The root of leaves as made by `leavesOf`. */
export function rootOfLeaves(leaves: Uint8Array): Digest {
  return hashWithPrefix(0x01, leaves);
}

/** The root of a file's digests, `sums` being all of them in order, 32 bytes each. */
export function rootOf(sums: Uint8Array): Digest {
  return rootOfLeaves(leavesOf(sums));
}

/**
 * Whether `page`, the digests of page number `pageIndex`, belongs under `leaves`. Whether it is as
 * long as the file's chunks want it, the caller checks: the writer chose the root.
 */
export function isPage(leaves: Uint8Array, pageIndex: number, page: Uint8Array): boolean {
  const leaf = leaves.subarray(pageIndex * DIGEST_BYTES, (pageIndex + 1) * DIGEST_BYTES);
  return leaf.length === DIGEST_BYTES && equalBytes(leaf, hashWithPrefix(0x00, page));
}

/** The `index`-th digest of concatenated digests. Throws `bad-request` beyond the last. */
export function digestAt(sums: Uint8Array, index: number): Digest {
  return parseDigest(sums.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES));
}

/** One-shot and by way of hex: for the short pages of small files five times as fast as a `Hash`. */
function hashWithPrefix(prefix: number, bytes: Uint8Array): Digest {
  const input = Buffer.allocUnsafe(1 + bytes.length);
  input[0] = prefix;
  input.set(bytes, 1);
  return Buffer.from(hash("sha256", input, "hex"), "hex") as Uint8Array as Digest;
}
