/**
 * Hashing what lies in a pack anew. What has rotted is no longer held, so that others mend it; what
 * is found right again (the disk could not be read before) is held again, and what is wrong at a
 * second look is forgotten. A disk that fails says nothing of the bytes: what it could not read is
 * tried again for as long as a reader would, then it is not held, and its record stays.
 */
import type { Database } from "better-sqlite3";
import { digestOf, equalBytes, hasCode } from "@goliath/protocols/nouns";
import type { ChunkRun } from "@goliath/protocols/nouns";
import { throwIfAborted } from "./chunk-errors.ts";
import { recordBytes, type PackCatalogue, type PackedChunk } from "./pack-catalogue.ts";
import type { ReadAttempt } from "./pack-reads.ts";
import { FAULTS_MIN, FAULTS_MS_MIN } from "./read-faults.ts";

/** Chunks looked up at a time. */
const PAGE_CHUNKS = 256;
/** Between two attempts to read what the disk could not. */
const AGAIN_MS = FAULTS_MS_MIN / (FAULTS_MIN - 1);
/** Chunks of a pack that are tried again; where there are more, those are for another time. */
const UNREAD_MAX = 4096;

/** Waits so that so many bytes take no more than their share of the disk. */
export type Pace = (bytes: number, signal: AbortSignal | undefined) => Promise<void>;

/** What was found in one pack. */
export interface ScrubbedPack {
  pack: number;
  chunks: number;
  bytes: number;
  /** Chunks that are wrong now and were not known to be. */
  rotten: number;
  /** Chunks that the disk cannot read, and could before. */
  unreadable: number;
  /** Chunks that were thought to be wrong and are right. */
  mended: number;
}

export interface PackScrubInit {
  db: Database;
  catalogue: PackCatalogue;
  /** The bytes as they lie. Throws `missing`. */
  read: (chunk: PackedChunk) => Promise<ReadAttempt>;
  /** Takes a chunk out of what is held, and says so. */
  onLost: (chunk: PackedChunk, kind: "rotten" | "unreadable") => void;
  onAdded: (added: ChunkRun[]) => void;
  pace?: Pace | undefined;
  wait: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
  signal?: AbortSignal | undefined;
}

export async function scrubPack(pack: number, init: PackScrubInit): Promise<ScrubbedPack> {
  const { catalogue, pace, signal } = init;
  const found: ScrubbedPack = {
    pack,
    chunks: 0,
    bytes: 0,
    rotten: 0,
    unreadable: 0,
    mended: 0,
  };
  const unread: PackedChunk[] = [];
  for (let from = 0; ;) {
    const page = catalogue.chunksOf(pack, { from, limit: PAGE_CHUNKS });
    for (const chunk of page) {
      throwIfAborted(signal);
      await pace?.(recordBytes(chunk), signal);
      const isRead = await scrubChunk(chunk, { ...init, found });
      if (!isRead && unread.length < UNREAD_MAX) unread.push(chunk);
      from = chunk.offset + 1;
    }
    if (page.length < PAGE_CHUNKS) break;
  }
  await tryAgain(unread, { ...init, found });
  return found;
}

/** Whoever still cannot be read in the end is held no longer. */
async function tryAgain(
  unread: PackedChunk[],
  init: PackScrubInit & { found: ScrubbedPack },
): Promise<void> {
  const { wait, signal, catalogue, onLost, found } = init;
  let left = unread;
  for (let attempt = 1; attempt < FAULTS_MIN && left.length > 0; attempt++) {
    await wait(AGAIN_MS, signal);
    const still: PackedChunk[] = [];
    for (const chunk of left) {
      throwIfAborted(signal);
      if (!(await scrubChunk(chunk, init))) still.push(chunk);
    }
    left = still;
  }
  for (const chunk of left) {
    if (!catalogue.held.has(chunk.id)) continue;
    found.unreadable++;
    onLost(chunk, "unreadable");
  }
}

/** False when it is held and the disk could not read it. */
async function scrubChunk(
  chunk: PackedChunk,
  { found, catalogue, db, read, onLost, onAdded }: PackScrubInit & { found: ScrubbedPack },
): Promise<boolean> {
  const tried = await read(chunk).catch(ignoreMissing);
  const isHeld = catalogue.held.has(chunk.id);
  // Dropped, or moved by compaction, while it was read.
  if (!tried || catalogue.get(chunk.id)?.pack !== chunk.pack) return true;
  const { bytes, fault } = tried;
  if (fault !== undefined) return !isHeld;
  found.chunks++;
  found.bytes += recordBytes(chunk);
  const isRight = bytes !== undefined && equalBytes(digestOf(bytes), chunk.digest);
  if (isRight && !isHeld) {
    const run = { first: chunk.id, count: 1 };
    db.transaction(() => catalogue.held.add([run]))();
    found.mended++;
    onAdded([run]);
  } else if (!isRight && isHeld) {
    found.rotten++;
    onLost(chunk, "rotten");
    // A pack that is gone may come back; wrong bytes do not become right.
  } else if (!isRight && bytes) db.transaction(() => catalogue.remove([chunk]))();
  return true;
}

function ignoreMissing(thrown: unknown): undefined {
  if (!hasCode(thrown, "missing")) throw thrown;
}
