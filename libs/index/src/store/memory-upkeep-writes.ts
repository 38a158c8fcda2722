/** Writes of policies, and what the care for the past and for garbage deletes, in memory. */
import { REVISION_ZERO } from "@goliath/protocols/nouns";
import type { MemoryTables, NamePolicies, Undo } from "./memory-tables.ts";
import type { PastKey, PolicyWrite, UpkeepBatch } from "./upkeep-store.ts";

interface UpkeepWrite {
  tables: MemoryTables;
  undo: Undo;
}

export function writeUpkeep(batch: UpkeepBatch, write: UpkeepWrite): void {
  const { tables, undo } = write;
  for (const policy of batch.policies ?? []) writePolicy(policy, write);
  for (const key of batch.pruned ?? []) prune(key, write);
  const { below, limit } = batch.forgotten ?? { below: REVISION_ZERO, limit: 0 };
  const old = [...tables.revisions.keys()].filter((revision) => revision < below);
  for (const revision of old.toSorted((a, b) => a - b).slice(0, limit)) {
    undo.set(tables.revisions, revision, undefined);
  }
  untouch(batch, write);
  clear(batch, write);
  for (const dir of batch.drop ?? []) undo.set(tables.dirs, dir, undefined);
  recut(batch, write);
}

function writePolicy({ dir, name, now, ended }: PolicyWrite, { tables, undo }: UpkeepWrite): void {
  const names = tables.policies.get(dir) ?? new Map<string, NamePolicies>();
  if (!tables.policies.has(dir)) undo.set(tables.policies, dir, names);
  const before = names.get(name)?.ended ?? [];
  const until = tables.head.revision;
  const all = ended ? [...before, { until, policy: ended }] : before;
  undo.set(names, name, now || all.length > 0 ? { inForce: now, ended: all } : undefined);
}

function prune({ dir, name, until }: PastKey, { tables, undo }: UpkeepWrite): void {
  const names = tables.names.get(dir);
  const rows = names?.past.get(name)?.filter((row) => row.until !== until) ?? [];
  if (names) undo.set(names.past, name, rows.length > 0 ? rows : undefined);
  if (names && !names.live.has(name)) undo.assign(names, "sorted", undefined);
  const policies = tables.policies.get(dir);
  const found = policies?.get(name);
  if (!policies || !found) return;
  const ended = found.ended.filter((one) => one.until !== until);
  const left = found.inForce || ended.length > 0 ? { ...found, ended } : undefined;
  undo.set(policies, name, left);
}

function untouch({ untouch: asked }: UpkeepBatch, { tables, undo }: UpkeepWrite): void {
  if (!asked) return;
  const { dir, upTo } = asked;
  const touched = tables.touched.get(dir);
  for (const revision of touched?.keys() ?? []) {
    if (touched && revision <= upTo) undo.set(touched, revision, undefined);
  }
  const places = tables.places.get(dir);
  if (places) {
    const left = places.filter(({ until }) => until > upTo);
    undo.set(tables.places, dir, left);
  }
}

function clear({ clear: asked }: UpkeepBatch, { tables, undo }: UpkeepWrite): void {
  if (!asked) return;
  const { dir, limit } = asked;
  const names = tables.names.get(dir);
  if (names) undo.assign(names, "sorted", undefined);
  if (names) {
    cut(names.live, { limit, undo });
    cut(names.past, { limit, undo });
  }
  cut(tables.policies.get(dir), { limit, undo });
  cut(tables.touched.get(dir), { limit, undo });
  undo.set(tables.places, dir, undefined);
}

function cut<Key, Row>(
  rows: Map<Key, Row> | undefined,
  { limit, undo }: { limit: number; undo: Undo },
): void {
  if (!rows) return;
  for (const key of [...rows.keys()].slice(0, limit)) undo.set(rows, key, undefined);
}

function recut({ recut: change, quarantined = [] }: UpkeepBatch, write: UpkeepWrite): void {
  const { tables, undo } = write;
  if (change) {
    const removed = new Set(change.remove);
    const left = tables.segments.filter(({ first }) => !removed.has(first));
    const all = [...left, ...change.add].toSorted((a, b) => a.first - b.first);
    undo.assign(tables, "segments", all);
  }
  if (quarantined.length === 0) return;
  const all = [...tables.quarantine, ...quarantined];
  undo.assign(
    tables,
    "quarantine",
    all.toSorted((a, b) => a.first - b.first),
  );
}
