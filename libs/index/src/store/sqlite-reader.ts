/** Reads of `SqliteIndexStore`: one connection inside a transaction that its caller opened. */
import { DIGEST_BYTES } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, DirId, LeaseId, PeerId, Revision } from "@goliath/protocols/nouns";
import { decodeFeed } from "./feed-part.ts";
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
import { SqliteEntries } from "./sqlite-entries.ts";
import { toDirRow, toLeaseRow } from "./sqlite-row.ts";
import type { DirColumns, DoneColumns, LeaseColumns } from "./sqlite-row.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";
import { SqliteUpkeepReader } from "./sqlite-upkeep-reader.ts";

/** Past every revision: bound where a bound is left out. */
const NO_REVISION = Number.MAX_SAFE_INTEGER;

export class SqliteReader extends SqliteUpkeepReader implements StoreReader {
  readonly #entries: SqliteEntries;

  constructor(sql: SqliteStatements, chunkBytes: number) {
    super(sql, chunkBytes);
    this.#entries = new SqliteEntries(sql, chunkBytes);
  }

  async head(): Promise<Head> {
    return this.sql.get<Head>(
      `SELECT id AS drive, chunk_bytes AS chunkBytes, generation, revision, oldest,
       next_dir AS nextDir, next_chunk AS nextChunk, next_lease AS nextLease, run_ms AS runMs
       FROM drive`,
    ) as Head;
  }

  async entries(keys: readonly EntryKey[], at?: Revision): Promise<(EntryRow | undefined)[]> {
    return this.#entries.get(keys, at);
  }

  async list(request: ListRows): Promise<ListedRows> {
    return this.#entries.list(request);
  }

  async dirs(dirs: readonly DirId[]): Promise<(DirRow | undefined)[]> {
    const statement = this.sql.prepared("SELECT * FROM dir WHERE id = CAST(? AS INTEGER)");
    return dirs.map((dir) => {
      const row = statement.get(dir) as DirColumns | undefined;
      return row && toDirRow(row);
    });
  }

  async places(dirs: readonly DirId[], at: Revision): Promise<(Place | undefined)[]> {
    const rows = await this.dirs(dirs);
    return rows.map((row) => {
      if (!row || row.made > at || (row.gone > 0 && row.gone <= at)) return undefined;
      const past = this.sql.get<Place>(
        `SELECT parent, name FROM place WHERE dir = CAST(? AS INTEGER)
         AND until > CAST(? AS INTEGER) ORDER BY until LIMIT 1`,
        row.dir,
        at,
      );
      return past ?? row;
    });
  }

  async claims(): Promise<DirRow[]> {
    const sql = "SELECT * FROM dir WHERE owner IS NOT NULL AND gone = 0";
    return this.sql.all<DirColumns>(sql).map(toDirRow);
  }

  async sums(runs: readonly ChunkRun[]): Promise<(Uint8Array | undefined)[]> {
    const find = this.sql.raw(
      `SELECT first, sums FROM digests WHERE first <= CAST(? AS INTEGER)
       ORDER BY first DESC LIMIT 1`,
    );
    let segment: Segment | undefined;
    /** Small files share segments: the last one often has the next run too. */
    const at = (id: number): Segment | undefined => {
      if (segment && contains(segment, id)) return segment;
      const [first, sums] = (find.get(id) as [ChunkId, Uint8Array] | undefined) ?? [];
      if (first === undefined || !sums) return undefined;
      segment = { first, sums };
      return contains(segment, id) ? segment : undefined;
    };
    return runs.map((run) => gather(run, at));
  }

  async leases(leases: readonly LeaseId[]): Promise<(LeaseRow | undefined)[]> {
    return leases.map((lease) => {
      const sql = "SELECT * FROM lease WHERE id = CAST(? AS INTEGER)";
      const row = this.sql.get<LeaseColumns>(sql, lease);
      return row && toLeaseRow(row);
    });
  }

  async leasesOf(peer: PeerId): Promise<LeaseRow[]> {
    const sql = "SELECT * FROM lease WHERE peer = CAST(? AS TEXT)";
    return this.sql.all<LeaseColumns>(sql, peer).map(toLeaseRow);
  }

  async leasesAt(ids: readonly ChunkId[]): Promise<(LeaseRow | undefined)[]> {
    return ids.map((id) => {
      const row = this.sql.get<LeaseColumns>(
        "SELECT * FROM lease WHERE first <= CAST(? AS INTEGER) ORDER BY first DESC LIMIT 1",
        id,
      );
      return row && id < row.first + row.count ? toLeaseRow(row) : undefined;
    });
  }

  async expired(nowMs: number, limit: number): Promise<LeaseId[]> {
    const rows = this.sql.all<{ id: LeaseId }>(
      `SELECT id FROM lease WHERE expires <= CAST(? AS INTEGER)
       ORDER BY expires LIMIT CAST(? AS INTEGER)`,
      nowMs,
      limit,
    );
    return rows.map(({ id }) => id);
  }

  async staged(lease: LeaseId, { first, count }: ChunkRun): Promise<Segment[]> {
    const segments = this.sql.all<Segment>(
      `SELECT first, sums FROM staged WHERE lease = CAST(? AS INTEGER)
       AND first < CAST(? AS INTEGER) AND first >= COALESCE((SELECT MAX(first) FROM staged
       WHERE lease = CAST(? AS INTEGER) AND first <= CAST(? AS INTEGER)), 0)
       ORDER BY first`,
      lease,
      first + count,
      lease,
      first,
    );
    // The one that begins before the run may also end before it.
    return segments.filter((segment) => segment.first + segment.sums.length / DIGEST_BYTES > first);
  }

  async writer(peer: PeerId, number: number): Promise<WriterState> {
    const writer = this.sql.get<{ id: number; floor: number }>(
      "SELECT id, floor FROM writer WHERE peer = CAST(? AS TEXT)",
      peer,
    );
    if (!writer) return { done: undefined, floor: -1, first: undefined };
    const done = this.sql.get<DoneColumns>(
      "SELECT * FROM done WHERE writer = CAST(? AS INTEGER) AND number = CAST(? AS INTEGER)",
      writer.id,
      number,
    );
    const first = this.sql.get<DoneColumns>(
      "SELECT * FROM done WHERE writer = CAST(? AS INTEGER) ORDER BY number LIMIT 1",
      writer.id,
    );
    const row = (columns: DoneColumns | undefined): WriterState["done"] => {
      if (!columns) return undefined;
      const { digest, rev: revision, at: atMs } = columns;
      return { peer, number: columns.number, digest, revision, atMs };
    };
    return { done: row(done), floor: writer.floor, first: row(first) };
  }

  async revisions(request: {
    dir?: DirId;
    before?: Revision;
    limit: number;
  }): Promise<RevisionRow[]> {
    const { dir, before = NO_REVISION, limit } = request;
    const columns = `r.rev AS revision, r.at AS atMs, r.run_ms AS runMs, w.peer, r.changes,
      r.summary, r.note`;
    const joined = "revision r JOIN writer w ON w.id = r.writer";
    const newest = "ORDER BY r.rev DESC LIMIT CAST(? AS INTEGER)";
    if (dir === undefined) {
      const sql = `SELECT ${columns} FROM ${joined} WHERE r.rev < CAST(? AS INTEGER) ${newest}`;
      return this.sql.all<RevisionRow>(sql, before, limit);
    }
    const sql = `SELECT ${columns} FROM touched t CROSS JOIN revision r ON r.rev = t.rev
      JOIN writer w ON w.id = r.writer
      WHERE t.dir = CAST(? AS INTEGER) AND t.rev < CAST(? AS INTEGER)
      ORDER BY t.rev DESC LIMIT CAST(? AS INTEGER)`;
    return this.sql.all<RevisionRow>(sql, dir, before, limit);
  }

  async feed(request: { dir: DirId; from: Revision; limit: number }): Promise<FeedRow[]> {
    const { dir, from, limit } = request;
    const rows: FeedRow[] = [];
    const touched = this.sql.all<{ revision: Revision; atMs: number }>(
      `SELECT t.rev AS revision, r.at AS atMs FROM touched t CROSS JOIN revision r ON r.rev = t.rev
       WHERE t.dir = CAST(? AS INTEGER) AND t.rev > CAST(? AS INTEGER)
       ORDER BY t.rev LIMIT CAST(? AS INTEGER)`,
      dir,
      from,
      limit,
    );
    const parts = "SELECT body FROM feed WHERE rev = CAST(? AS INTEGER) ORDER BY part";
    let names = 0;
    for (const { revision, atMs } of touched) {
      if (names >= limit) break;
      const bodies = this.sql.all<{ body: Uint8Array }>(parts, revision);
      const groups = bodies.flatMap(({ body }) => [...decodeFeed(body, dir)]);
      rows.push({ revision, atMs, groups });
      names += 1;
      for (const group of groups) names += group.names.length;
    }
    return rows;
  }

  async record(key: string): Promise<Uint8Array | undefined> {
    const sql = "SELECT value FROM record WHERE key = CAST(? AS TEXT)";
    return this.sql.get<{ value: Uint8Array }>(sql, key)?.value;
  }

  async records(prefix: string, limit: number): Promise<{ key: string; value: Uint8Array }[]> {
    return this.sql.all<{ key: string; value: Uint8Array }>(
      `SELECT key, value FROM record WHERE key >= CAST(? AS TEXT) AND key < CAST(? AS TEXT)
       ORDER BY key LIMIT CAST(? AS INTEGER)`,
      prefix,
      // Above every text that starts with the prefix: no text contains the last code point.
      `${prefix}\u{10ffff}`,
      limit,
    );
  }
}

function contains({ first, sums }: Segment, id: number): boolean {
  return id >= first && id < first + sums.length / DIGEST_BYTES;
}

function gather(
  { first, count }: ChunkRun,
  at: (id: number) => Segment | undefined,
): Uint8Array | undefined {
  const parts: Uint8Array[] = [];
  for (let done = 0; done < count;) {
    const segment = at(first + done);
    if (!segment) return undefined;
    const start = (first + done - segment.first) * DIGEST_BYTES;
    const part = segment.sums.subarray(start, start + (count - done) * DIGEST_BYTES);
    parts.push(part);
    done += part.length / DIGEST_BYTES;
  }
  // Copied, so that a few digests do not keep (or send) a whole segment.
  return Uint8Array.prototype.slice.call(parts.length === 1 ? parts[0] : Buffer.concat(parts));
}
