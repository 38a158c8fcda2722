/** Turns rows into the entries that callers see. */
import { INLINE_CHUNKS_MAX } from "@goliath/protocols/nouns";
import { chunkCount, DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkRun, DirEntry, DirId, Entry, FileEntry } from "@goliath/protocols/nouns";
import type { DirRow, EntryRow, StoreReader } from "../store/index-store.ts";

type Row = Pick<EntryRow, "revision" | "content">;

export function dirEntryOf({ dir, files, bytes }: DirRow, revision: Row["revision"]): DirEntry {
  return { kind: "dir", revision, dir, files, bytes };
}

/** Entries in the order of the rows; directories with their counters of now. */
export async function entriesOf(
  reader: StoreReader,
  rows: readonly (Row | undefined)[],
  { sums = false }: { sums?: boolean | undefined },
): Promise<(Entry | undefined)[]> {
  const dirs = await dirRows(reader, rows);
  const entries = rows.map((row) => row && entryOf(row, dirs));
  if (sums) await addSums(reader, entries);
  return entries;
}

function entryOf({ revision, content }: Row, dirs: Map<DirId, DirRow>): Entry {
  if (content.kind === "file") return { ...content, revision };
  const dir = dirs.get(content.dir);
  if (!dir)
    throw new GoliathError("internal", "a directory has no row", { about: { id: content.dir } });
  return dirEntryOf(dir, revision);
}

async function dirRows(
  reader: StoreReader,
  rows: readonly (Row | undefined)[],
): Promise<Map<DirId, DirRow>> {
  const ids = new Set<DirId>();
  for (const row of rows) if (row?.content.kind === "dir") ids.add(row.content.dir);
  if (ids.size === 0) return new Map();
  const found = await reader.dirs([...ids]);
  return new Map(found.flatMap((row) => (row ? [[row.dir, row]] : [])));
}

async function addSums(
  reader: StoreReader,
  entries: readonly (Entry | undefined)[],
): Promise<void> {
  const small = entries.filter(isSmallFile);
  const runs: ChunkRun[] = small.flatMap(({ extents }) => extents);
  const found = await reader.sums(runs);
  let next = 0;
  for (const file of small) {
    const parts = found.slice(next, (next += file.extents.length));
    const sums = Buffer.concat(parts.map((part) => part ?? new Uint8Array()));
    if (sums.length === chunkCount(file.extents) * DIGEST_BYTES) file.sums = sums;
  }
}

function isSmallFile(entry: Entry | undefined): entry is FileEntry {
  return entry?.kind === "file" && chunkCount(entry.extents) <= INLINE_CHUNKS_MAX;
}
