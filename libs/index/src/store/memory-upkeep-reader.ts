/** Reads of `MemoryIndexStore` for policies, sweeps, retention and garbage. */
import { DIGEST_BYTES, REVISION_ZERO } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, DirId, Policy, Revision } from "@goliath/protocols/nouns";
import type { DirRow, EntryKey, EntryRow, LeaseRow, PastPlace, Segment } from "./index-store.ts";
import type { MemoryTables } from "./memory-tables.ts";
import { compareNames } from "./name-order.ts";
import type {
  ChangedNames,
  FeedPosition,
  PastKey,
  PastRow,
  PolicyKey,
  RetentionRow,
  UpkeepReader,
} from "./upkeep-store.ts";

export class MemoryUpkeepReader implements UpkeepReader {
  readonly #t: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#t = tables;
  }

  async policies(keys: readonly PolicyKey[]): Promise<(Policy | undefined)[]> {
    return keys.map(({ dir, name, until }) => {
      const found = this.#t.policies.get(dir)?.get(name);
      const ended = until !== undefined && found?.ended.find((one) => one.until >= until);
      return ended ? ended.policy : found?.inForce;
    });
  }

  async hasPolicies(dir: DirId): Promise<boolean> {
    return (this.#t.policies.get(dir)?.size ?? 0) > 0;
  }

  async longestRetention(): Promise<number | undefined> {
    const rows = await this.retentions(Infinity);
    return rows.length === 0 ? undefined : Math.max(...rows.map((row) => row.retentionMs));
  }

  async retentions(limit: number): Promise<RetentionRow[]> {
    const rows: RetentionRow[] = [];
    for (const [dir, names] of this.#t.policies) {
      for (const [name, { inForce, ended }] of names) {
        for (const policy of [inForce, ...ended.map((one) => one.policy)]) {
          if (policy?.retentionMs === undefined) continue;
          rows.push({ dir, name, retentionMs: policy.retentionMs });
        }
      }
    }
    return rows.toSorted((a, b) => b.retentionMs - a.retentionMs).slice(0, limit);
  }

  async revisionBy(runMs: number): Promise<Revision> {
    let found = REVISION_ZERO;
    for (const [revision, { row }] of this.#t.revisions) {
      if (row.runMs <= runMs && revision > found) found = revision;
    }
    return found;
  }

  async dirsAfter(dir: DirId, limit: number): Promise<DirRow[]> {
    const rows = [...this.#t.dirs.values()].filter((row) => row.dir > dir);
    return rows.toSorted((a, b) => a.dir - b.dir).slice(0, limit);
  }

  async placesOf(dir: DirId, limit: number): Promise<PastPlace[]> {
    return (this.#t.places.get(dir) ?? []).slice(0, limit);
  }

  async pastOf(
    dir: DirId,
    { name, until }: Pick<PastRow, "name" | "until">,
    limit: number,
  ): Promise<PastRow[]> {
    return this.#pastIn(dir)
      .filter((row) => comparePast(row, { dir, name, until }) > 0)
      .slice(0, limit);
  }

  async touchedUpTo(request: { dir: DirId; upTo: Revision; limit: number }): Promise<Revision[]> {
    const { dir, upTo, limit } = request;
    const revisions = [...(this.#t.touched.get(dir)?.keys() ?? [])].filter(
      (revision) => revision <= upTo,
    );
    return revisions.toSorted((a, b) => a - b).slice(0, limit);
  }

  async hasRows(dir: DirId): Promise<boolean> {
    const { names, policies, places, touched } = this.#t;
    const kinds = [names.get(dir)?.live, names.get(dir)?.past, policies.get(dir), touched.get(dir)];
    return kinds.some((rows) => rows && rows.size > 0) || (places.get(dir)?.length ?? 0) > 0;
  }

  async entriesAfter(after: EntryKey, limit: number): Promise<EntryRow[]> {
    const rows: EntryRow[] = [];
    for (const dir of this.#namedDirs(after.dir)) {
      const live = [...(this.#t.names.get(dir)?.live.values() ?? [])];
      const rest = live.filter((row) => dir > after.dir || compareNames(row.name, after.name) > 0);
      rows.push(...rest.toSorted((a, b) => compareNames(a.name, b.name)));
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  }

  async pastAfter(after: PastKey, limit: number): Promise<PastRow[]> {
    const rows: PastRow[] = [];
    for (const dir of this.#namedDirs(after.dir)) {
      rows.push(...this.#pastIn(dir).filter((row) => comparePast(row, after) > 0));
      if (rows.length >= limit) break;
    }
    return rows.slice(0, limit);
  }

  async since(keys: readonly EntryKey[], from: Revision): Promise<EntryRow[]> {
    return keys.flatMap(({ dir, name }) => {
      const names = this.#t.names.get(dir);
      const live = names?.live.get(name);
      const past = (names?.past.get(name) ?? []).filter(({ until }) => until > from);
      return live ? [live, ...past] : past;
    });
  }

  async changedAfter({ revision, part }: FeedPosition, limit: number): Promise<ChangedNames[]> {
    const parts: ChangedNames[] = [];
    const revisions = [...this.#t.revisions.keys()].filter((one) => one >= revision);
    for (const one of revisions.toSorted((a, b) => a - b)) {
      for (const [index, group] of (this.#t.revisions.get(one)?.feed ?? []).entries()) {
        if (one === revision && index <= part) continue;
        parts.push({ revision: one, part: index, groups: [group] });
      }
    }
    return parts.slice(0, limit);
  }

  async segments({ first, count }: ChunkRun, limit: number): Promise<Segment[]> {
    const found = this.#t.segments.filter(
      (row) => row.first < first + count && row.first + row.sums.length / DIGEST_BYTES > first,
    );
    return found.slice(0, limit);
  }

  async digestRuns(from: ChunkId, limit: number): Promise<ChunkRun[]> {
    const found = this.#t.segments.filter(({ first }) => first >= from).slice(0, limit);
    return found.map(({ first, sums }) => ({ first, count: sums.length / DIGEST_BYTES }));
  }

  async leasesIn({ first, count }: ChunkRun, limit: number): Promise<LeaseRow[]> {
    const found = [...this.#t.leases.values()].filter(
      (row) => row.first < first + count && row.first + row.count > first,
    );
    return found.toSorted((a, b) => a.first - b.first).slice(0, limit);
  }

  async quarantine(): Promise<ChunkRun[]> {
    return this.#t.quarantine;
  }

  #namedDirs(from: DirId): DirId[] {
    return [...this.#t.names.keys()].filter((dir) => dir >= from).toSorted((a, b) => a - b);
  }

  #pastIn(dir: DirId): PastRow[] {
    const rows = [...(this.#t.names.get(dir)?.past.values() ?? [])].flat();
    return rows.toSorted(comparePast);
  }
}

function comparePast(a: PastKey, b: PastKey): number {
  return a.dir - b.dir || compareNames(a.name, b.name) || a.until - b.until;
}
