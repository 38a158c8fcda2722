/**
 * What the care for the past and for garbage reads and writes of a store: policies, the ends of
 * retention, sweeps over all rows, chunks that are given up. Every read is bounded by its caller.
 */
import type { ChunkId, ChunkRun, DirId, Policy, Revision } from "@goliath/protocols/nouns";
import type { DirRow, EntryKey, EntryRow, LeaseRow, PastPlace, Segment } from "./rows.ts";

/** A policy is a name's. Undefined `until`: the one in force; else what was in force just before. */
export interface PolicyKey extends EntryKey {
  until?: Revision;
}

/** A policy in force, and one that ended with what stood under the name in `head.revision`. */
export interface PolicyWrite extends EntryKey {
  now: Policy | undefined;
  ended: Policy | undefined;
}

/** A name with a retention of its own, in force or not. */
export interface RetentionRow extends EntryKey {
  retentionMs: number;
}

/** What stood under a name until `until`, exclusive. */
export interface PastRow extends EntryRow {
  until: Revision;
}

export type PastKey = Pick<PastRow, "dir" | "name" | "until">;

/** Names that one revision changed in one directory, in one part of its feed. */
export interface ChangedNames {
  revision: Revision;
  part: number;
  groups: { dir: DirId; names: string[] }[];
}

/** Where in the feed a reader goes on: after this part of this revision. */
export type FeedPosition = Pick<ChangedNames, "revision" | "part">;

export interface UpkeepReader {
  policies(keys: readonly PolicyKey[]): Promise<(Policy | undefined)[]>;
  /** Whether any name in the directory has, or had, a policy of its own. */
  hasPolicies(dir: DirId): Promise<boolean>;
  /** The longest retention set anywhere, whether it is in force or ended. */
  longestRetention(): Promise<number | undefined>;
  /** The longest first. */
  retentions(limit: number): Promise<RetentionRow[]>;
  /** The newest revision made at or before this running time; 0 when all were made after. */
  revisionBy(runMs: number): Promise<Revision>;
  /** Directories with a higher id, removed ones included, in the order of their ids. */
  dirsAfter(dir: DirId, limit: number): Promise<DirRow[]>;
  /** Where a directory stood before it moved, at most `limit` places. */
  placesOf(dir: DirId, limit: number): Promise<PastPlace[]>;
  /** Past rows of one directory in the order of name and end. */
  pastOf(dir: DirId, after: Pick<PastRow, "name" | "until">, limit: number): Promise<PastRow[]>;
  /** Revisions up to `upTo` that touched a directory, oldest first. */
  touchedUpTo(request: { dir: DirId; upTo: Revision; limit: number }): Promise<Revision[]>;
  /** Whether any name, place, policy or touch of the directory is left. */
  hasRows(dir: DirId): Promise<boolean>;
  /** Live rows of the whole drive in the order of directory and name. */
  entriesAfter(after: EntryKey, limit: number): Promise<EntryRow[]>;
  /** Past rows of the whole drive in the order of directory, name and end. */
  pastAfter(after: PastKey, limit: number): Promise<PastRow[]>;
  /** What stands under each key, and what stood there and ended after `from`. */
  since(keys: readonly EntryKey[], from: Revision): Promise<EntryRow[]>;
  /** The names changed after a position in the feed, in removed directories too; some parts. */
  changedAfter(position: FeedPosition, limit: number): Promise<ChangedNames[]>;
  /** Committed digests that overlap a run, in the ids' order. */
  segments(run: ChunkRun, limit: number): Promise<Segment[]>;
  /** What has committed digests, in the ids' order from `first` on, without the digests. */
  digestRuns(first: ChunkId, limit: number): Promise<ChunkRun[]>;
  /** Leases, expired or not, that overlap a run, in the ids' order. */
  leasesIn(run: ChunkRun, limit: number): Promise<LeaseRow[]>;
  /** Ids without a digest here that another history of the drive may have committed. */
  quarantine(): Promise<ChunkRun[]>;
}

export interface UpkeepBatch {
  policies?: PolicyWrite[];
  /** Past rows to delete, each with the policy that ended with it. */
  pruned?: PastKey[];
  /** Forgets revisions below this one, at most `limit` and as many parts of the feed, oldest first. */
  forgotten?: { below: Revision; limit: number };
  /** Forgets which revisions up to `upTo` touched a directory, and where it stood until then. */
  untouch?: { dir: DirId; upTo: Revision };
  /** Deletes at most `limit` rows of each kind that are in or of a directory. */
  clear?: { dir: DirId; limit: number };
  /** Deletes the directories themselves. */
  drop?: DirId[];
  /** Replaces committed digests: whole segments by what is left of them. */
  recut?: { remove: ChunkId[]; add: Segment[] };
  quarantined?: ChunkRun[];
}
