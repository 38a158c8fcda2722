/** Replies as they cross from the store's thread: those that hold many entries as columns. */
import type { EntryChange, FeedEvent } from "@goliath/protocols/feed/service";
import type { ListReply, ResolveReply } from "@goliath/protocols/index/service";
import type { DirId, NamedEntry } from "@goliath/protocols/nouns";
import type { ChangesReply } from "./engine.ts";
import {
  fromEntryColumns,
  fromNamedColumns,
  toEntryColumns,
  toNamedColumns,
  type EntryColumns,
  type NamedColumns,
} from "./entry-columns.ts";

/** Fewer entries than this cross faster as they are. */
const COLUMNS_MIN = 8;

interface ChangeColumns extends NamedColumns {
  dirs: Float64Array;
}

type SentEvent =
  | Exclude<FeedEvent, { kind: "changes" }>
  | (Omit<Extract<FeedEvent, { kind: "changes" }>, "changes"> & { columns: ChangeColumns });

export type SentReply =
  | { plain: unknown }
  | { resolve: Omit<ResolveReply, "entries">; columns: EntryColumns }
  | { list: Omit<ListReply, "entries">; columns: NamedColumns }
  | { changes: Omit<ChangesReply, "events">; events: SentEvent[] };

export function toSentReply(name: string, reply: unknown): SentReply {
  if (name === "resolve") {
    const { entries, ...resolve } = reply as ResolveReply;
    if (entries.length >= COLUMNS_MIN) return { resolve, columns: toEntryColumns(entries) };
  } else if (name === "list") {
    const { entries, ...list } = reply as ListReply;
    if (entries.length >= COLUMNS_MIN) return { list, columns: toNamedColumns(entries) };
  } else if (name === "changes") {
    const { events, ...changes } = reply as ChangesReply;
    return { changes, events: events.map(toSentEvent) };
  }
  return { plain: reply };
}

export function fromSentReply(sent: SentReply): unknown {
  if ("plain" in sent) return sent.plain;
  if ("resolve" in sent) return { ...sent.resolve, entries: fromEntryColumns(sent.columns) };
  if ("list" in sent) {
    const entries = fromNamedColumns(sent.columns) as NamedEntry[];
    return { ...sent.list, entries };
  }
  return { ...sent.changes, events: sent.events.map(fromSentEvent) };
}

function toSentEvent(event: FeedEvent): SentEvent {
  if (event.kind !== "changes") return event;
  const { changes, ...rest } = event;
  const dirs = Float64Array.from(changes, ({ dir }) => dir);
  return { ...rest, columns: { ...toNamedColumns(changes), dirs } };
}

function fromSentEvent(event: SentEvent): FeedEvent {
  if (event.kind !== "changes") return event;
  const { columns, ...rest } = event;
  const changes = fromNamedColumns(columns).map((named, at): EntryChange => ({
    ...named,
    dir: columns.dirs[at] as DirId,
  }));
  return { ...rest, changes };
}
