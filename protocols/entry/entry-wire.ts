/** Entries as messages: one form for the index and the feed. SPEC.md says what is checked. */
import {
  CHUNK_BYTES_MAX,
  CHUNK_BYTES_MIN,
  chunkCount,
  DIGEST_BYTES,
  EXTENTS_MAX,
  GoliathError,
  INLINE_CHUNKS_MAX,
  parseChunkId,
  parseDigest,
  parseDirId,
  parseRevision,
  sizeOf,
  type Entry,
  type Extent,
  type FileBody,
} from "../nouns/exports.ts";
import { parseCount, type WireForm } from "../wire/fields.ts";
import type {
  Directory as WireDirectory,
  Entry as WireEntry,
  Extent as WireExtent,
  FileBody as WireFileBody,
} from "./generated/entry.js";

/** Most bytes an extent can take: tag and length, then three fields of a tag and 8 bytes each. */
const EXTENT_BYTES_MAX = 29;
/** Most bytes the rest of an entry can take. */
const ENTRY_BYTES_MAX = 96;

export const fileBodyWire: WireForm<FileBody, WireFileBody> = {
  toWire(file) {
    const { root, extents, mtimeMs, executable, sums } = file;
    if (file.size !== checkBody(file)) {
      throw new GoliathError("bad-request", "a file's size is not the sum of its extents");
    }
    return sums
      ? { root, extents, mtimeMs, executable, sums }
      : { root, extents, mtimeMs, executable };
  },
  // The bytes are copied: what is kept for long must not hold on to the frame it came in.
  fromWire({ root, extents, mtimeMs, executable, sums }) {
    const file: FileBody = {
      root: parseDigest(new Uint8Array(root)),
      extents: extents.map(extentOf),
      size: 0,
      mtimeMs,
      executable,
    };
    if (sums) file.sums = new Uint8Array(sums);
    file.size = checkBody(file);
    return file;
  },
};

export const entryWire: WireForm<Entry, WireEntry> = {
  toWire(entry) {
    const revision = parseRevision(entry.revision);
    if (entry.kind === "file") return { revision, file: fileBodyWire.toWire(entry) };
    return { revision, directory: parseDirectory(entry) };
  },
  fromWire({ revision, file, directory }) {
    const at = parseRevision(revision);
    if (file && !directory) return { kind: "file", revision: at, ...fileBodyWire.fromWire(file) };
    if (directory && !file) return { kind: "dir", revision: at, ...parseDirectory(directory) };
    throw new GoliathError("unsupported", "an entry of a kind that this version does not know");
  },
};

/** An upper bound of the bytes that the entry takes in a message: what replies are cut by. */
export function entryBytesMax(entry: Entry | undefined): number {
  return entry?.kind === "file" ? fileBytesMax(entry) : ENTRY_BYTES_MAX;
}

export function fileBytesMax(file: FileBody): number {
  return ENTRY_BYTES_MAX + file.extents.length * EXTENT_BYTES_MAX + (file.sums?.length ?? 0);
}

/** Checks a body but for its size, which it returns. */
function checkBody({ root, extents, mtimeMs, sums }: FileBody): number {
  parseDigest(root);
  if (extents.length > EXTENTS_MAX) {
    throw new GoliathError("too-large", `a file of more than ${EXTENTS_MAX} extents`);
  }
  for (const extent of extents) checkExtent(extent);
  const chunks = chunkCount(extents);
  if (!Number.isSafeInteger(mtimeMs)) {
    throw new GoliathError("bad-request", "a modification time is not in whole milliseconds");
  }
  if (sums && (chunks > INLINE_CHUNKS_MAX || sums.length !== chunks * DIGEST_BYTES)) {
    throw new GoliathError("bad-request", "the digests do not fit the chunks");
  }
  return parseCount(sizeOf(extents), { what: "a file's size" });
}

const extentOf = ({ first, count, bytes }: WireExtent): Extent => ({
  first: parseChunkId(first),
  count,
  bytes,
});

/** Whether some chunk size K allows this extent; whether the drive's does, the index checks. */
function checkExtent({ first, count, bytes }: Extent): void {
  parseChunkId(first);
  const fits =
    Number.isSafeInteger(count) &&
    Number.isSafeInteger(bytes) &&
    Number.isSafeInteger(first + count) &&
    bytes > (count - 1) * CHUNK_BYTES_MIN &&
    bytes <= count * CHUNK_BYTES_MAX;
  if (!fits || count < 1) {
    throw new GoliathError("bad-request", "an extent's bytes do not fit its chunks");
  }
}

function parseDirectory({ dir, files, bytes }: WireDirectory) {
  return {
    dir: parseDirId(dir),
    files: parseCount(files, { what: "a count of files" }),
    bytes: parseCount(bytes, { what: "a count of bytes" }),
  };
}
