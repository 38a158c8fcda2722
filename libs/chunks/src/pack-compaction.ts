/** Getting back the space of dropped chunks: what is left of a pack is written anew elsewhere. */
import type { Database } from "better-sqlite3";
import { syncDirectory, type Disk } from "@goliath/kit";
import { throwIfAborted } from "./chunk-errors.ts";
import type { Pace } from "./pack-scrub.ts";
import type { PackAppendQueue } from "./pack-append-queue.ts";
import {
  recordBytes,
  type PackCatalogue,
  type PackedChunk,
  type PackRow,
} from "./pack-catalogue.ts";
import { PACK_HEADER_BYTES } from "./pack-format.ts";
import { packPath, type PackWriter } from "./pack-writer.ts";

/** A pack is worth it when at most this part of it is in use: a byte is copied to free another. */
const LIVE_SHARE_MAX = 0.5;
/** Bytes copied in one call, so that a caller can spread the work: some seconds of one disk. */
const COPIED_BYTES_MAX = 1024 * 1024 * 1024;
/** Bytes copied with one sync. */
const STEP_BYTES_MAX = 8 * 1024 * 1024;
/** Chunks copied with one sync. */
const STEP_CHUNKS_MAX = 1024;

export interface PackCompactionInit {
  disk: Disk;
  directory: string;
  db: Database;
  catalogue: PackCatalogue;
  writer: PackWriter;
  queue: PackAppendQueue;
  /**
   * The chunk's bytes as they lie, even when rotten: what is mended is not decided here. Undefined
   * when the disk cannot read them.
   */
  readRaw: (chunk: PackedChunk) => Promise<Uint8Array | undefined>;
  /** Closes the pack's file for reading. */
  forget: (pack: number) => Promise<void>;
  /** Whether copying so many bytes keeps the store within its capacity. */
  hasRoom: (bytes: number) => boolean;
  /** Waits so that copying this much takes no more than its share of the disk. */
  pace?: Pace | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Whatever moment it is cut short at, each live chunk lies in the pack the catalogue names: rows
 * move only to records that are on disk, and a file goes only after the rows' leaving is.
 */
export async function compactPacks(init: PackCompactionInit): Promise<void> {
  await sealSparse(init);
  let copied = 0;
  for (const row of sparsePacks(init)) {
    throwIfAborted(init.signal);
    if (copied > 0 && copied + row.live > COPIED_BYTES_MAX) return;
    if (!init.hasRoom(row.live)) return;
    await copyLive(row.pack, init);
    copied += row.live;
    await deleteEmpty(row.pack, init);
  }
}

/** Packs in which little is in use, those with the least first. */
function sparsePacks({ catalogue, writer }: PackCompactionInit): PackRow[] {
  const packs = catalogue.packs().filter((row) => row.pack !== writer.active?.pack);
  return packs.filter(isSparse).toSorted((a, b) => a.live - b.live);
}

function isSparse({ bytes, live, dead }: PackRow): boolean {
  return !dead && live <= (bytes - PACK_HEADER_BYTES) * LIVE_SHARE_MAX;
}

/** Were the pack that is written to left out, a small store would never shrink. */
async function sealSparse({ catalogue, writer, queue }: PackCompactionInit): Promise<void> {
  await queue.exclusively(async () => {
    const active = catalogue.packs().find((row) => row.pack === writer.active?.pack);
    if (active && isSparse(active)) await writer.rotate();
  });
}

async function copyLive(pack: number, init: PackCompactionInit): Promise<void> {
  const { catalogue, queue, readRaw, pace, signal } = init;
  for (let from = 0; ;) {
    throwIfAborted(signal);
    const step = nextStep(catalogue.chunksOf(pack, { from, limit: STEP_CHUNKS_MAX }));
    if (step.length === 0) return;
    const records = [];
    for (const chunk of step) {
      from = chunk.offset + 1;
      const bytes = await readRaw(chunk);
      // What the disk cannot read stays where it is, and its pack with it.
      if (bytes) records.push({ ...chunk, bytes });
    }
    if (records.length === 0) continue;
    const commit = (copies: readonly PackedChunk[]) => {
      for (const copy of copies) catalogue.relocate(copy, { from: pack });
      return [];
    };
    await queue.append({ records, commit, urgent: true });
    await pace?.(
      records.reduce((sum, { bytes }) => sum + recordBytes(bytes), 0),
      signal,
    );
  }
}

function nextStep(chunks: PackedChunk[]): PackedChunk[] {
  let bytes = 0;
  return chunks.filter((chunk, i) => (bytes += recordBytes(chunk)) <= STEP_BYTES_MAX || i === 0);
}

async function deleteEmpty(pack: number, init: PackCompactionInit): Promise<void> {
  const { disk, catalogue, db, directory, forget } = init;
  if (catalogue.chunksOf(pack, { from: 0, limit: 1 }).length > 0) return;
  catalogue.buryPack(pack);
  // Commits are not synced one by one; the file may go only when this one, and all before, are.
  db.pragma("wal_checkpoint(TRUNCATE)");
  await forget(pack);
  await disk.rm(packPath(directory, pack), { force: true });
  // A file that came back without its row would bring back what was dropped from it.
  await syncDirectory(disk, directory);
  catalogue.deletePack(pack);
}
