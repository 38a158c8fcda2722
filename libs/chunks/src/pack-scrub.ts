/**
 * Hashing what lies in a pack anew. What has rotted is no longer held, so that others mend it; what
 * is found right again (the disk could not be read before) is held again, and what is wrong at a
 * second look is forgotten.
 */
import type { Database } from "better-sqlite3";
import { digestOf, equalBytes, hasCode } from "@goliath/protocols/nouns";
import type { ChunkRun } from "@goliath/protocols/nouns";
import { throwIfAborted } from "./chunk-errors.ts";
import { recordBytes, type PackCatalogue, type PackedChunk } from "./pack-catalogue.ts";

/** Chunks looked up at a time. */
const PAGE_CHUNKS = 256;

/** Waits so that so many bytes take no more than their share of the disk. */
export type Pace = (bytes: number, signal: AbortSignal | undefined) => Promise<void>;

/** What was found in one pack. */
export interface ScrubbedPack {
  pack: number;
  chunks: number;
  bytes: number;
  /** Chunks that are wrong now and were not known to be. */
  rotten: number;
  /** Chunks that were thought to be wrong and are right. */
  mended: number;
}

export interface PackScrubInit {
  db: Database;
  catalogue: PackCatalogue;
  /** The bytes as they lie; undefined when the disk cannot read them. Throws `missing`. */
  readRaw: (chunk: PackedChunk) => Promise<Uint8Array | undefined>;
  /** Takes a chunk out of what is held, and says so. */
  onRotten: (chunk: PackedChunk) => void;
  onAdded: (added: ChunkRun[]) => void;
  pace?: Pace | undefined;
  signal?: AbortSignal | undefined;
}

export async function scrubPack(pack: number, init: PackScrubInit): Promise<ScrubbedPack> {
  const { catalogue, pace, signal } = init;
  const found: ScrubbedPack = { pack, chunks: 0, bytes: 0, rotten: 0, mended: 0 };
  for (let from = 0; ;) {
    const page = catalogue.chunksOf(pack, { from, limit: PAGE_CHUNKS });
    for (const chunk of page) {
      throwIfAborted(signal);
      await pace?.(recordBytes(chunk), signal);
      await scrubChunk(chunk, { ...init, found });
      from = chunk.offset + 1;
    }
    if (page.length < PAGE_CHUNKS) return found;
  }
}

async function scrubChunk(
  chunk: PackedChunk,
  { found, catalogue, db, readRaw, onRotten, onAdded }: PackScrubInit & { found: ScrubbedPack },
): Promise<void> {
  const bytes = await readRaw(chunk).catch(ignoreMissing);
  // Dropped, or moved by compaction, while it was read.
  if (catalogue.get(chunk.id)?.pack !== chunk.pack) return;
  const isRight = bytes !== undefined && equalBytes(digestOf(bytes), chunk.digest);
  const isHeld = catalogue.held.has(chunk.id);
  found.chunks++;
  found.bytes += recordBytes(chunk);
  if (isRight && !isHeld) {
    const run = { first: chunk.id, count: 1 };
    db.transaction(() => catalogue.held.add([run]))();
    found.mended++;
    onAdded([run]);
  } else if (!isRight && isHeld) {
    found.rotten++;
    onRotten(chunk);
    // What the disk cannot read may come back with it; wrong bytes do not become right.
  } else if (!isRight && bytes) db.transaction(() => catalogue.remove([chunk]))();
}

function ignoreMissing(thrown: unknown): undefined {
  if (!hasCode(thrown, "missing")) throw thrown;
}
