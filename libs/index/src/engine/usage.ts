/**
 * Which chunks the kept revisions use, read from the namespace itself: nothing is counted, so
 * nothing can drift. A sweep passes over all live rows, then over all past ones, then over the
 * names that commits changed since it began. Each page is of a snapshot of its own. No row is
 * missed: it was there under its name all the time, live at first and perhaps past later, which
 * is the order of the sweep, or a commit since the start made it, and the feed names it.
 */
import { GoliathError, REVISION_ZERO } from "@goliath/protocols/nouns";
import type { ChunkRun, DirId, Revision } from "@goliath/protocols/nouns";
import type { EntryKey, EntryRow, StoreReader } from "../store/index-store.ts";
import type { ChangedNames, FeedPosition, PastKey, PastRow } from "../store/upkeep-store.ts";
import { FEED_PARTS_AT_ONCE, USAGE_ROWS_MAX } from "./bounds.ts";
import type { UsageCursor } from "./cursors.ts";
import type { UsagePage, UsageRequest } from "./engine.ts";
import { HeldPolicies } from "./held-policies.ts";
import { mergeUses, type UsedRun } from "./merge-uses.ts";

/** Past every part of a revision. */
const WHOLE = Number.MAX_SAFE_INTEGER;
const START: PastKey = { dir: 0 as DirId, name: "", until: REVISION_ZERO };

export async function usage(
  reader: StoreReader,
  { cursor, since, limit = USAGE_ROWS_MAX }: UsageRequest,
): Promise<UsagePage> {
  const { revision } = await reader.head();
  const from =
    cursor ?? (since === undefined ? sweepFrom(revision) : changedFrom(since, { since }));
  const rows = Math.max(1, Math.min(limit, USAGE_ROWS_MAX));
  const { used, next } = await readPage(reader, from, rows);
  const columns = mergeUses(await usedRuns(reader, used));
  return { ...columns, since: from.since, revision, ...(next && { next }) };
}

interface Page {
  used: (EntryRow | PastRow)[];
  next: UsageCursor | undefined;
}

function sweepFrom(since: Revision): UsageCursor {
  return { kind: "live", since, after: START };
}

function changedFrom(revision: Revision, { since }: { since: Revision }): UsageCursor {
  return { kind: "changed", since, after: { revision, part: WHOLE } };
}

async function readPage(reader: StoreReader, cursor: UsageCursor, limit: number): Promise<Page> {
  const { since } = cursor;
  switch (cursor.kind) {
    case "live": {
      const used = await reader.entriesAfter(cursor.after, limit);
      const last = used.length < limit ? undefined : used.at(-1);
      const next = last && keyOf(last);
      return {
        used,
        next: next ? { kind: "live", since, after: next } : { kind: "past", since, after: START },
      };
    }
    case "past": {
      const used = await reader.pastAfter(cursor.after, limit);
      const last = used.length < limit ? undefined : used.at(-1);
      const next = last && { ...keyOf(last), until: last.until };
      return {
        used,
        next: next ? { kind: "past", since, after: next } : changedFrom(since, { since }),
      };
    }
    case "changed": {
      const request = { since, after: cursor.after, names: limit };
      const { rows, last } = await changedRows(reader, request);
      return { used: rows, next: last && { kind: "changed", since, after: last } };
    }
  }
}

function keyOf({ dir, name }: EntryKey): EntryKey {
  return { dir, name };
}

/**
 * What stands, and what ended since, under the names that the feed tells after a position, until
 * there are enough; `last` is where to go on. Throws `reset` where the feed is forgotten.
 */
export async function changedRows(
  reader: StoreReader,
  { since, after, names }: { since: Revision; after: FeedPosition; names: number },
): Promise<{ rows: EntryRow[]; last: FeedPosition | undefined }> {
  const { oldest, revision } = await reader.head();
  if (since < oldest || since > revision) {
    throw new GoliathError("reset", "what was used at that revision cannot be brought up to date");
  }
  const keys = new Map<string, EntryKey>();
  let last: FeedPosition | undefined = after;
  while (last && keys.size < names) {
    const parts: ChangedNames[] = await reader.changedAfter(last, FEED_PARTS_AT_ONCE);
    for (const { groups } of parts) addKeys(keys, groups);
    const end = parts.at(-1);
    last = end && { revision: end.revision, part: end.part };
  }
  return { rows: await reader.since([...keys.values()], since), last };
}

function addKeys(keys: Map<string, EntryKey>, groups: ChangedNames["groups"]): void {
  for (const { dir, names } of groups) {
    for (const name of names) keys.set(`${dir}/${name}`, { dir, name });
  }
}

async function usedRuns(
  reader: StoreReader,
  rows: readonly (EntryRow | PastRow)[],
): Promise<UsedRun[]> {
  const held = new HeldPolicies(reader);
  const runs: UsedRun[] = [];
  for (const row of rows) {
    if (row.content.kind === "dir") continue;
    const { dir, name } = row;
    const until = "until" in row ? { until: row.until } : {};
    const { copies, prefer, avoid } = await held.of({ dir, name, ...until });
    const wish = { prefer, avoid };
    for (const extent of row.content.extents) runs.push({ ...extent, copies, wish });
  }
  return runs;
}

/** The ids that rows use. */
export function runsOf(rows: readonly EntryRow[]): ChunkRun[] {
  return rows.flatMap(({ content }) => (content.kind === "file" ? content.extents : []));
}
