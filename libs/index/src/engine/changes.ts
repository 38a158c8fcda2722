/** The feed of one directory. */
import {
  FEED_CHANGES_MAX,
  type EntryChange,
  type FeedEvent,
} from "@goliath/protocols/feed/service";
import { GoliathError, REVISION_ZERO } from "@goliath/protocols/nouns";
import type { Revision } from "@goliath/protocols/nouns";
import type { FeedRow, StoreReader } from "../store/index-store.ts";
import type { ChangesReply, ChangesRequest } from "./engine.ts";
import { entriesOf } from "./entry-of.ts";
import { isWholeAt } from "./kept.ts";
import { lineNow } from "./line-of.ts";

export async function changes(
  reader: StoreReader,
  { dir, from, limit, sums }: ChangesRequest,
): Promise<ChangesReply> {
  const head = await reader.head();
  const line = await lineNow(reader, dir);
  if (!line) throw new GoliathError("not-found", "no such directory", { about: { id: dir } });
  if (from < head.oldest || from > head.revision) {
    return { events: [{ kind: "reset" }], reached: from };
  }
  // The nearest removal is the one that took it; what went above it, went later.
  const lost = line.find(({ gone }) => gone > REVISION_ZERO)?.gone;
  const rows = await reader.feed({ dir, from, limit: Math.max(1, limit) });
  const names = rows.reduce((sum, { groups }) => sum + namesIn(groups), rows.length);
  const reached =
    names >= limit && rows.length > 0 ? (rows.at(-1) as FeedRow).revision : head.revision;
  const events: FeedEvent[] = [];
  for (const row of rows) {
    const told = await eventsOf(reader, row, sums);
    if (!told) return { events: [{ kind: "reset" }], reached: from };
    events.push(...told);
  }
  if (lost !== undefined && lost <= reached) {
    events.push({ kind: "lost", revision: lost });
    return { events, reached: lost };
  }
  const last = rows.findLast(({ groups }) => groups.length > 0)?.revision ?? from;
  if (reached > last) events.push({ kind: "reached", revision: reached });
  return { events, reached };
}

function namesIn(groups: FeedRow["groups"]): number {
  return groups.reduce((sum, group) => sum + group.names.length, 0);
}

/** Undefined where a name may have stood in the revision and be forgotten: it was not removed. */
async function eventsOf(
  reader: StoreReader,
  { revision, atMs, groups }: FeedRow,
  sums: boolean | undefined,
): Promise<FeedEvent[] | undefined> {
  const keys = groups.flatMap(({ dir, names }) => names.map((name) => ({ dir, name })));
  const rows = await reader.entries(keys, revision);
  const missing = keys.filter((_, index) => !rows[index]).map(({ dir }) => dir);
  if (!(await isWholeAt(reader, missing, revision))) return undefined;
  const entries = await entriesOf(reader, rows, { sums });
  const all = keys.map((key, index): EntryChange => ({ ...key, entry: entries[index] }));
  const events: FeedEvent[] = [];
  for (let i = 0; i < all.length; i += FEED_CHANGES_MAX) {
    const part = all.slice(i, i + FEED_CHANGES_MAX);
    const last = i + FEED_CHANGES_MAX >= all.length;
    events.push({ kind: "changes", revision: revision as Revision, at: atMs, changes: part, last });
  }
  return events;
}
