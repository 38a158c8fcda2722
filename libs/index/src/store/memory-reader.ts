/** Reads of `MemoryIndexStore`. */
import { DIGEST_BYTES, REVISION_ZERO } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, DirId, LeaseId, PeerId, Revision } from "@goliath/protocols/nouns";
import type {
  DirRow,
  EntryKey,
  EntryRow,
  FeedRow,
  Head,
  LeaseRow,
  ListedRows,
  ListRows,
  Place,
  RevisionRow,
  Segment,
  StoreReader,
  WriterState,
} from "./index-store.ts";
import type { MemoryTables, Names } from "./memory-tables.ts";
import { MemoryUpkeepReader } from "./memory-upkeep-reader.ts";
import { compareNames } from "./name-order.ts";

/** Names one `list` looks at before it returns a short page: as in the other stores. */
const LIST_EXAMINED_MAX = 4096;

export class MemoryReader extends MemoryUpkeepReader implements StoreReader {
  readonly #t: MemoryTables;

  constructor(tables: MemoryTables) {
    super(tables);
    this.#t = tables;
  }

  async head(): Promise<Head> {
    return this.#t.head;
  }

  async entries(keys: readonly EntryKey[], at?: Revision): Promise<(EntryRow | undefined)[]> {
    return keys.map(({ dir, name }) => rowAt(this.#t.names.get(dir), name, at));
  }

  async list({ dir, at, after, limit }: ListRows): Promise<ListedRows> {
    const names = this.#t.names.get(dir);
    if (!names) return { rows: [] };
    names.sorted ??= [...new Set([...names.live.keys(), ...names.past.keys()])].toSorted(
      compareNames,
    );
    const start = after === undefined ? 0 : countUpTo(names.sorted, after);
    const rows: EntryRow[] = [];
    for (let i = start; i < names.sorted.length; i++) {
      const last = names.sorted[i - 1];
      const full = rows.length === limit || i - start === LIST_EXAMINED_MAX;
      if (full && last !== undefined) return { rows, next: last };
      const row = rowAt(names, names.sorted[i] as string, at);
      if (row) rows.push(row);
    }
    return { rows };
  }

  async dirs(dirs: readonly DirId[]): Promise<(DirRow | undefined)[]> {
    return dirs.map((dir) => this.#t.dirs.get(dir));
  }

  async places(dirs: readonly DirId[], at: Revision): Promise<(Place | undefined)[]> {
    return dirs.map((dir) => {
      const row = this.#t.dirs.get(dir);
      if (!row || row.made > at || (row.gone > REVISION_ZERO && row.gone <= at)) return undefined;
      return this.#t.places.get(dir)?.find(({ until }) => until > at) ?? row;
    });
  }

  async claims(): Promise<DirRow[]> {
    return [...this.#t.dirs.values()].filter(
      ({ owner, gone }) => owner !== undefined && gone === 0,
    );
  }

  async sums(runs: readonly ChunkRun[]): Promise<(Uint8Array | undefined)[]> {
    return runs.map((run) => sumsOf(this.#t.segments, run));
  }

  async leases(leases: readonly LeaseId[]): Promise<(LeaseRow | undefined)[]> {
    return leases.map((lease) => this.#t.leases.get(lease));
  }

  async leasesOf(peer: PeerId): Promise<LeaseRow[]> {
    return [...this.#t.leases.values()].filter((lease) => lease.peer === peer);
  }

  async leasesAt(ids: readonly ChunkId[]): Promise<(LeaseRow | undefined)[]> {
    const leases = [...this.#t.leases.values()];
    return ids.map((id) => leases.find(({ first, count }) => id >= first && id < first + count));
  }

  async expired(nowMs: number, limit: number): Promise<LeaseId[]> {
    const ended = [...this.#t.leases.values()].filter((lease) => lease.expiresAtMs <= nowMs);
    return ended.slice(0, limit).map(({ lease }) => lease);
  }

  async staged(lease: LeaseId, { first, count }: ChunkRun): Promise<Segment[]> {
    const segments = this.#t.staged.get(lease) ?? [];
    return segments.filter(
      (segment) =>
        segment.first < first + count && segment.first + segment.sums.length / DIGEST_BYTES > first,
    );
  }

  async writer(peer: PeerId, number: number): Promise<WriterState> {
    const writer = this.#t.writers.get(peer);
    if (!writer) return { done: undefined, floor: -1, first: undefined };
    const lowest = Math.min(...writer.done.keys());
    return { done: writer.done.get(number), floor: writer.floor, first: writer.done.get(lowest) };
  }

  async revisions(request: {
    dir?: DirId;
    before?: Revision;
    limit: number;
  }): Promise<RevisionRow[]> {
    const { dir, before = Infinity, limit } = request;
    const rows: RevisionRow[] = [];
    for (let revision = this.#t.head.revision; revision > 0 && rows.length < limit;) {
      const log = this.#t.revisions.get(revision);
      const wanted = dir === undefined || this.#t.touched.get(dir)?.has(revision);
      if (log && revision < before && wanted) rows.push(log.row);
      revision = (revision - 1) as Revision;
    }
    return rows;
  }

  async feed(request: { dir: DirId; from: Revision; limit: number }): Promise<FeedRow[]> {
    const { dir, from, limit } = request;
    const rows: FeedRow[] = [];
    let names = 0;
    for (let number = from + 1; number <= this.#t.head.revision && names < limit; number++) {
      const log = this.#t.revisions.get(number as Revision);
      if (!log || !this.#t.touched.get(dir)?.has(number as Revision)) continue;
      const groups = log.feed.filter(({ line }) => line.includes(dir));
      rows.push({ revision: number as Revision, atMs: log.row.atMs, groups });
      names += 1;
      for (const group of groups) names += group.names.length;
    }
    return rows;
  }

  async record(key: string): Promise<Uint8Array | undefined> {
    return this.#t.records.get(key);
  }

  async records(prefix: string, limit: number): Promise<{ key: string; value: Uint8Array }[]> {
    const keys = [...this.#t.records.keys()].filter((key) => key.startsWith(prefix));
    const found = keys.toSorted(compareNames).slice(0, limit);
    return found.map((key) => ({ key, value: this.#t.records.get(key) as Uint8Array }));
  }
}

function rowAt(names: Names | undefined, name: string, at?: Revision): EntryRow | undefined {
  const live = names?.live.get(name);
  if (at === undefined || (live && live.revision <= at)) return live;
  const past = names?.past.get(name)?.find(({ until }) => until > at);
  return past && past.revision <= at ? past : undefined;
}

/** How many of the sorted names are at most `name`. */
function countUpTo(sorted: readonly string[], name: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareNames(sorted[middle] as string, name) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sumsOf(segments: readonly Segment[], { first, count }: ChunkRun): Uint8Array | undefined {
  const sums = new Uint8Array(count * DIGEST_BYTES);
  let known = 0;
  for (const segment of segments) {
    const from = Math.max(first, segment.first);
    const to = Math.min(first + count, segment.first + segment.sums.length / DIGEST_BYTES);
    if (from >= to) continue;
    const start = (from - segment.first) * DIGEST_BYTES;
    const part = segment.sums.subarray(start, start + (to - from) * DIGEST_BYTES);
    sums.set(part, (from - first) * DIGEST_BYTES);
    known += to - from;
  }
  return known === count ? sums : undefined;
}
