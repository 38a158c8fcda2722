/** Where long passes over the namespace go on. */
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { EntryKey } from "../store/index-store.ts";
import type { FeedPosition, PastKey, PastRow } from "../store/upkeep-store.ts";

export type PastPosition = Pick<PastRow, "name" | "until">;

/** Where a pass goes on: behind this directory, or in it. */
export interface RetainCursor {
  dir: DirId;
  after?: PastPosition;
}

/** Where a sweep goes on. `since`: the revision at which it began. */
export type UsageCursor = { since: Revision } & (
  | { kind: "live"; after: EntryKey }
  | { kind: "past"; after: PastKey }
  | { kind: "changed"; after: FeedPosition }
);
