/** What is done when packs are opened: after it, catalogue and packs say the same. */
import type { Database } from "better-sqlite3";
import { syncDirectory, type Disk, type DiskFile } from "@goliath/kit";
import { nonceOf, PACK_HEADER_BYTES } from "./pack-format.ts";
import { recordBytes, type PackCatalogue, type PackedChunk } from "./pack-catalogue.ts";
import { scanPack } from "./pack-scan.ts";
import { packPath } from "./pack-writer.ts";
import { readFully } from "./hash-file.ts";

/** Chunks entered in one transaction while a pack is read. */
const BATCH_CHUNKS = 1024;

/** What opening found; all zero after a clean end. */
export interface PackRecovery {
  /** Chunks on disk that the catalogue did not know. */
  found: number;
  /** Bytes of unfinished writes that were cut off. None of them had been acknowledged. */
  cutBytes: number;
  /** Chunks whose bytes are no longer there: a pack was deleted or cut short by somebody. */
  lost: number;
  /** Records whose bytes did not match their digest, in what the catalogue did not know. */
  rotten: number;
  /** Packs that do not begin as one: left as they are, what the catalogue knows of them is served. */
  foreign: number;
  /** The highest number of any pack. */
  lastPack: number;
}

export interface PackRecoveryInit {
  disk: Disk;
  directory: string;
  db: Database;
  catalogue: PackCatalogue;
}

interface PackState {
  handle: DiskFile;
  pack: number;
  /** Bytes the catalogue knows of, and bytes there are. */
  known: number;
  size: number;
}

export async function recoverPacks(init: PackRecoveryInit): Promise<PackRecovery> {
  const recovery: PackRecovery = {
    found: 0,
    cutBytes: 0,
    lost: 0,
    rotten: 0,
    foreign: 0,
    lastPack: 0,
  };
  const onDisk = await packsIn(init);
  const known = init.catalogue.packs();
  recovery.lastPack = Math.max(0, ...onDisk, ...known.map((row) => row.pack));
  for (const { pack } of known.filter(({ dead }) => dead)) {
    await init.disk.rm(packPath(init.directory, pack), { force: true });
    onDisk.delete(pack);
  }
  // A file that came back without its row would bring back what was dropped from it.
  await syncDirectory(init.disk, init.directory);
  for (const { pack } of known) if (!onDisk.has(pack)) forgetPack(pack, init, recovery);
  for (const pack of [...onDisk].toSorted((a, b) => a - b)) await reconcile(pack, init, recovery);
  return recovery;
}

/** The numbers of the packs in a directory. */
async function packsIn({ disk, directory }: PackRecoveryInit): Promise<Set<number>> {
  const names = await disk.readdir(directory);
  const numbers = names.map((name) => /^pack-(\d{1,15})\.pack$/u.exec(name)?.[1]);
  return new Set(numbers.filter((text) => text !== undefined).map(Number));
}

function forgetPack(pack: number, init: PackRecoveryInit, recovery: PackRecovery): void {
  init.db.transaction(() => {
    recovery.lost += forgetBehind(0, { pack, catalogue: init.catalogue });
    init.catalogue.deletePack(pack);
  })();
}

/** Forgets the chunks of a pack that do not end before `size`; returns how many. */
function forgetBehind(
  size: number,
  { pack, catalogue }: { pack: number; catalogue: PackCatalogue },
) {
  let lost = 0;
  for (let from = 0; ;) {
    const chunks = catalogue.chunksOf(pack, { from, limit: BATCH_CHUNKS });
    if (chunks.length === 0) return lost;
    const cut = chunks.filter((chunk) => chunk.offset + recordBytes(chunk) > size);
    catalogue.remove(cut);
    lost += cut.length;
    for (const { offset } of chunks) from = offset + 1;
  }
}

async function reconcile(pack: number, init: PackRecoveryInit, recovery: PackRecovery) {
  const { disk, catalogue, db, directory } = init;
  const row = catalogue.packs().find((known) => known.pack === pack);
  const handle = await disk.open(packPath(directory, pack), "r+");
  try {
    const size = Number((await handle.stat({ bigint: true })).size);
    const state = { handle, pack, size, known: row?.bytes ?? 0 };
    if (size < state.known) {
      db.transaction(() => {
        recovery.lost += forgetBehind(size, { pack, catalogue });
        catalogue.setPackBytes(pack, size);
      })();
    } else if (size > state.known) {
      await adopt(state, init, recovery);
    }
  } finally {
    await handle.close();
  }
}

/** Enters what lies behind the known part, and cuts what no record explains at the very end. */
async function adopt(state: PackState, init: PackRecoveryInit, recovery: PackRecovery) {
  const { handle, pack, known, size } = state;
  const header = await readFully(handle, Buffer.alloc(PACK_HEADER_BYTES), 0);
  const nonce = header && nonceOf(header);
  if (!header) {
    // Its writer ended before the first record.
    recovery.cutBytes += size;
    await init.disk.rm(packPath(init.directory, pack));
    return;
  }
  if (!nonce) {
    recovery.foreign++;
    return;
  }
  // What is found here may never have been synced: it counts only once it is.
  await handle.sync();
  let end = Math.max(known, PACK_HEADER_BYTES);
  let batch: PackedChunk[] = [];
  const enter = () => {
    recovery.found += enterBatch(batch, { init, pack, end });
    batch = [];
  };
  for await (const record of scanPack(handle, { nonce, from: end, size })) {
    if (!record.sound) {
      recovery.rotten++;
      continue;
    }
    const { id, offset, length, digest } = record;
    batch.push({ id, pack, offset, length, digest });
    end = offset + recordBytes(record);
    if (batch.length >= BATCH_CHUNKS) enter();
  }
  if (end < size) {
    await handle.truncate(end);
    recovery.cutBytes += size - end;
  }
  enter();
  await handle.sync();
}

function enterBatch(
  batch: readonly PackedChunk[],
  { init, pack, end }: { init: PackRecoveryInit; pack: number; end: number },
): number {
  return init.db.transaction(() => {
    init.catalogue.setPackBytes(pack, end);
    // A compaction that was cut short leaves copies of chunks that are held already.
    const fresh = batch.filter((chunk) => !init.catalogue.held.has(chunk.id));
    init.catalogue.add(fresh);
    return fresh.length;
  })();
}
