/** The tables of `MemoryIndexStore`, and the undoing of what a failed job wrote. */
import { REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkRun, DirId, LeaseId, PeerId, Policy, Revision } from "@goliath/protocols/nouns";
import { emptyDir } from "./first-head.ts";
import type {
  DirRow,
  DoneRow,
  EntryRow,
  FeedGroup,
  Head,
  LeaseRow,
  PastPlace,
  RevisionRow,
  Segment,
} from "./index-store.ts";
import type { PastRow } from "./upkeep-store.ts";

/** The names of one directory. */
export interface Names {
  live: Map<string, EntryRow>;
  /** Oldest first. */
  past: Map<string, PastRow[]>;
  /** All names that are or were, sorted; undefined after a new one came. */
  sorted: string[] | undefined;
}

export interface WriterTable {
  done: Map<number, DoneRow>;
  floor: number;
}

export interface RevisionLog {
  row: RevisionRow;
  feed: FeedGroup[];
}

/** The policies of one name, the one in force last. */
export interface NamePolicies {
  inForce: Policy | undefined;
  /** Oldest first. */
  ended: { until: Revision; policy: Policy }[];
}

export interface MemoryTables {
  head: Head;
  names: Map<DirId, Names>;
  dirs: Map<DirId, DirRow>;
  places: Map<DirId, PastPlace[]>;
  segments: Segment[];
  leases: Map<LeaseId, LeaseRow>;
  staged: Map<LeaseId, Segment[]>;
  writers: Map<PeerId, WriterTable>;
  revisions: Map<Revision, RevisionLog>;
  records: Map<string, Uint8Array>;
  /** The revisions that touched each directory. */
  touched: Map<DirId, Map<Revision, true>>;
  policies: Map<DirId, Map<string, NamePolicies>>;
  quarantine: ChunkRun[];
}

export function createTables(head: Head): MemoryTables {
  const root = emptyDir({ dir: ROOT_DIR, parent: ROOT_DIR, name: "", made: REVISION_ZERO });
  return {
    head,
    names: new Map(),
    dirs: new Map([[ROOT_DIR, root]]),
    places: new Map(),
    segments: [],
    leases: new Map(),
    staged: new Map(),
    writers: new Map(),
    revisions: new Map(),
    records: new Map(),
    touched: new Map(),
    policies: new Map(),
    quarantine: [],
  };
}

/** What takes back the writes of one job, newest first. */
export class Undo {
  readonly #steps: (() => void)[] = [];

  /** Sets or, for undefined, deletes a key. */
  set<Key, Value>(map: Map<Key, Value>, key: Key, value: Value | undefined): void {
    const had = map.get(key);
    this.#steps.push(() => void (had === undefined ? map.delete(key) : map.set(key, had)));
    if (value === undefined) map.delete(key);
    else map.set(key, value);
  }

  /** Changes one field. */
  assign<Row extends object, Field extends keyof Row>(
    row: Row,
    field: Field,
    value: Row[Field],
  ): void {
    const had = row[field];
    this.#steps.push(() => void (row[field] = had));
    row[field] = value;
  }

  run(): void {
    for (const step of this.#steps.toReversed()) step();
  }
}
