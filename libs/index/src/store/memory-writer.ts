/** Writes a batch into the tables of `MemoryIndexStore`. */
import type { Revision } from "@goliath/protocols/nouns";
import type { Batch, DoneRow, EntryWrite, Segment } from "./index-store.ts";
import type { MemoryTables, Names, Undo, WriterTable } from "./memory-tables.ts";
import { writeUpkeep } from "./memory-upkeep-writes.ts";

export interface MemoryWrite {
  tables: MemoryTables;
  undo: Undo;
}

export function writeBatch(batch: Batch, write: MemoryWrite): void {
  const { tables, undo } = write;
  if (batch.head) undo.assign(tables, "head", batch.head);
  writeUpkeep(batch, write);
  for (const entry of batch.entries ?? []) writeEntry(entry, write);
  for (const row of batch.dirs ?? []) undo.set(tables.dirs, row.dir, row);
  for (const place of batch.places ?? []) {
    undo.set(tables.places, place.dir, [...(tables.places.get(place.dir) ?? []), place]);
  }
  if (batch.digests) undo.assign(tables, "segments", merged(tables.segments, batch.digests));
  writeRevision(batch, write);
  if (batch.done) writeDone(batch.done, write);
  if (batch.forget) forget(batch.forget, write);
  writeLeases(batch, write);
  if (batch.record) undo.set(tables.records, batch.record.key, batch.record.value);
}

function writeEntry({ dir, name, before, now }: EntryWrite, { tables, undo }: MemoryWrite): void {
  const revision = tables.head.revision;
  const names = tables.names.get(dir) ?? newNames();
  if (!tables.names.has(dir)) undo.set(tables.names, dir, names);
  if (!names.live.has(name) && !names.past.has(name)) undo.assign(names, "sorted", undefined);
  if (before) {
    const past = names.past.get(name) ?? [];
    undo.set(names.past, name, [...past, { ...before, until: revision }]);
  }
  undo.set(names.live, name, now && { dir, name, revision, content: now });
}

function newNames(): Names {
  return { live: new Map(), past: new Map(), sorted: undefined };
}

function merged(segments: readonly Segment[], added: readonly Segment[]): Segment[] {
  return [...segments, ...added].toSorted((a, b) => a.first - b.first);
}

function writeRevision({ revision, feed, touched }: Batch, { tables, undo }: MemoryWrite): void {
  if (!revision) return;
  undo.set(tables.revisions, revision.revision, { row: revision, feed: feed ?? [] });
  for (const dir of touched ?? []) {
    const revisions = tables.touched.get(dir) ?? new Map<Revision, true>();
    if (!tables.touched.has(dir)) undo.set(tables.touched, dir, revisions);
    undo.set(revisions, revision.revision, true);
  }
}

function writerOf({ tables, undo }: MemoryWrite, peer: DoneRow["peer"]): WriterTable {
  const known = tables.writers.get(peer);
  if (known) return known;
  const writer = { done: new Map<number, DoneRow>(), floor: -1 };
  undo.set(tables.writers, peer, writer);
  return writer;
}

function writeDone(done: DoneRow, write: MemoryWrite): void {
  write.undo.set(writerOf(write, done.peer).done, done.number, done);
}

function forget({ peer, number }: NonNullable<Batch["forget"]>, write: MemoryWrite): void {
  const writer = writerOf(write, peer);
  write.undo.assign(writer, "floor", Math.max(writer.floor, number));
  for (const known of writer.done.keys()) {
    if (known <= number) write.undo.set(writer.done, known, undefined);
  }
}

function writeLeases({ leases, ended, staged }: Batch, { tables, undo }: MemoryWrite): void {
  for (const lease of leases ?? []) undo.set(tables.leases, lease.lease, lease);
  for (const lease of ended ?? []) {
    undo.set(tables.leases, lease, undefined);
    undo.set(tables.staged, lease, undefined);
  }
  if (!staged) return;
  const kept = (tables.staged.get(staged.lease) ?? []).filter(
    (segment) => !staged.remove.includes(segment.first),
  );
  undo.set(tables.staged, staged.lease, merged(kept, staged.add));
}
