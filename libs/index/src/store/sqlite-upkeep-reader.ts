/** Reads of `SqliteIndexStore` for policies, sweeps, retention and garbage. */
import { DIGEST_BYTES, REVISION_ZERO } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, DirId, Policy, Revision } from "@goliath/protocols/nouns";
import { decodeFeed } from "./feed-part.ts";
import type { DirRow, EntryKey, EntryRow, LeaseRow, PastPlace, Segment } from "./index-store.ts";
import {
  fromColumns,
  fromPolicyColumns,
  toDirRow,
  toLeaseRow,
  type ContentColumns,
  type DirColumns,
  type LeaseColumns,
  type PolicyColumns,
} from "./sqlite-row.ts";
import { IN_FORCE } from "./sqlite-schema.ts";
import type { SqliteStatements, Value } from "./sqlite-statements.ts";
import type {
  ChangedNames,
  FeedPosition,
  PastKey,
  PastRow,
  PolicyKey,
  RetentionRow,
  UpkeepReader,
} from "./upkeep-store.ts";

const DIR = "dir = CAST(? AS INTEGER)";
const KEY = `${DIR} AND name = CAST(? AS TEXT)`;
const LIMIT = "LIMIT CAST(? AS INTEGER)";
const CONTENT = "rev, kind, ref, size, mtime, root, ext";
const POLICY = `SELECT copies, retention, prefer, avoid FROM policy WHERE ${KEY}
  AND ended >= CAST(? AS INTEGER) ORDER BY ended LIMIT 1`;
const NAMED = "name > CAST(? AS TEXT)";
const ENDED = "until > CAST(? AS INTEGER)";
const ENTRIES = `SELECT dir, name, ${CONTENT} FROM entry WHERE`;
const PASTS = `SELECT dir, name, until, ${CONTENT} FROM past WHERE`;
const PARTS = "SELECT rev, part, body FROM feed WHERE";
/**
 * What comes after a key, as a query for each of its prefixes, the longest first: a comparison of
 * the whole key would pass over all that has the same first column.
 */
const ENTRIES_AFTER = [
  `${ENTRIES} ${DIR} AND ${NAMED} ORDER BY name ${LIMIT}`,
  `${ENTRIES} dir > CAST(? AS INTEGER) ORDER BY dir, name ${LIMIT}`,
];
const PAST_OF = [
  `${PASTS} ${KEY} AND ${ENDED} ORDER BY until ${LIMIT}`,
  `${PASTS} ${DIR} AND ${NAMED} ORDER BY name, until ${LIMIT}`,
];
const PAST_AFTER = [
  ...PAST_OF,
  `${PASTS} dir > CAST(? AS INTEGER) ORDER BY dir, name, until ${LIMIT}`,
];
const PARTS_AFTER = [
  `${PARTS} rev = CAST(? AS INTEGER) AND part > CAST(? AS INTEGER) ORDER BY part ${LIMIT}`,
  `${PARTS} rev > CAST(? AS INTEGER) ORDER BY rev, part ${LIMIT}`,
];
const LIVE = `SELECT ${CONTENT} FROM entry WHERE ${KEY}`;
const ENDED_AFTER = `SELECT ${CONTENT} FROM past WHERE ${KEY} AND until > CAST(? AS INTEGER)`;
const ROWS_OF = ["entry", "past", "policy", "place", "touched"]
  .map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE dir = d.id)`)
  .join(" OR ");

type RowColumns = [Revision, ...ContentColumns];

export class SqliteUpkeepReader implements UpkeepReader {
  readonly sql: SqliteStatements;
  readonly #chunkBytes: number;

  constructor(sql: SqliteStatements, chunkBytes: number) {
    this.sql = sql;
    this.#chunkBytes = chunkBytes;
  }

  async policies(keys: readonly PolicyKey[]): Promise<(Policy | undefined)[]> {
    const find = this.sql.raw(POLICY);
    return keys.map(({ dir, name, until = IN_FORCE }) => {
      const columns = find.get(dir, name, until) as PolicyColumns | undefined;
      return columns && fromPolicyColumns(columns);
    });
  }

  async hasPolicies(dir: DirId): Promise<boolean> {
    return this.sql.raw(`SELECT 1 FROM policy WHERE ${DIR} LIMIT 1`).get(dir) !== undefined;
  }

  async longestRetention(): Promise<number | undefined> {
    const sql = "SELECT MAX(retention) AS most FROM policy WHERE retention IS NOT NULL";
    return this.sql.get<{ most: number | null }>(sql)?.most ?? undefined;
  }

  async retentions(limit: number): Promise<RetentionRow[]> {
    return this.sql.all<RetentionRow>(
      `SELECT dir, name, retention AS retentionMs FROM policy WHERE retention IS NOT NULL
       ORDER BY retention DESC ${LIMIT}`,
      limit,
    );
  }

  async revisionBy(runMs: number): Promise<Revision> {
    const { low, high } = this.sql.get<{ low: Revision | null; high: Revision | null }>(
      "SELECT (SELECT MIN(rev) FROM revision) AS low, (SELECT MAX(rev) FROM revision) AS high",
    ) ?? { low: null, high: null };
    if (low === null || high === null) return REVISION_ZERO;
    const time = this.sql.raw("SELECT run_ms FROM revision WHERE rev = CAST(? AS INTEGER)");
    const ranAt = (rev: number): number => (time.get(rev) as [number])[0];
    // Revisions are numbered without gaps, and running time only grows with them.
    let [before, after] = [low - 1, high + 1];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (ranAt(middle) <= runMs) before = middle;
      else after = middle;
    }
    return (before < low ? REVISION_ZERO : before) as Revision;
  }

  async dirsAfter(dir: DirId, limit: number): Promise<DirRow[]> {
    const sql = `SELECT * FROM dir WHERE id > CAST(? AS INTEGER) ORDER BY id ${LIMIT}`;
    return this.sql.all<DirColumns>(sql, dir, limit).map(toDirRow);
  }

  async placesOf(dir: DirId, limit: number): Promise<PastPlace[]> {
    const sql = `SELECT dir, until, parent, name FROM place WHERE ${DIR} ${LIMIT}`;
    return this.sql.all<PastPlace>(sql, dir, limit);
  }

  async pastOf(
    dir: DirId,
    { name, until }: Pick<PastRow, "name" | "until">,
    limit: number,
  ): Promise<PastRow[]> {
    const rows = this.#after(PAST_OF, {
      keys: [
        [dir, name, until],
        [dir, name],
      ],
      limit,
    });
    return this.#pastRows(rows);
  }

  async touchedUpTo(request: { dir: DirId; upTo: Revision; limit: number }): Promise<Revision[]> {
    const sql = `SELECT rev FROM touched WHERE ${DIR} AND rev <= CAST(? AS INTEGER)
      ORDER BY rev ${LIMIT}`;
    const { dir, upTo, limit } = request;
    return this.sql.all<{ rev: Revision }>(sql, dir, upTo, limit).map(({ rev }) => rev);
  }

  async hasRows(dir: DirId): Promise<boolean> {
    const sql = `SELECT ${ROWS_OF} AS found FROM (SELECT CAST(? AS INTEGER) AS id) d`;
    return this.sql.get<{ found: number }>(sql, dir)?.found === 1;
  }

  async entriesAfter({ dir, name }: EntryKey, limit: number): Promise<EntryRow[]> {
    const rows = this.#after(ENTRIES_AFTER, { keys: [[dir, name], [dir]], limit });
    return (rows as [DirId, string, ...RowColumns][]).map(([within, under, ...rest]) =>
      this.#row({ dir: within, name: under }, rest),
    );
  }

  async pastAfter({ dir, name, until }: PastKey, limit: number): Promise<PastRow[]> {
    const keys = [[dir, name, until], [dir, name], [dir]];
    return this.#pastRows(this.#after(PAST_AFTER, { keys, limit }));
  }

  async since(keys: readonly EntryKey[], from: Revision): Promise<EntryRow[]> {
    const live = this.sql.raw(LIVE);
    const past = this.sql.raw(ENDED_AFTER);
    return keys.flatMap((key) => {
      const { dir, name } = key;
      const rows = [...live.all(dir, name), ...past.all(dir, name, from)] as RowColumns[];
      return rows.map((columns) => this.#row(key, columns));
    });
  }

  async changedAfter({ revision, part }: FeedPosition, limit: number): Promise<ChangedNames[]> {
    const keys = [[revision, part], [revision]];
    const rows = this.#after(PARTS_AFTER, { keys, limit }) as [Revision, number, Uint8Array][];
    return rows.map(([rev, at, body]) => {
      return { revision: rev, part: at, groups: [...decodeFeed(body, undefined)] };
    });
  }

  async segments({ first, count }: ChunkRun, limit: number): Promise<Segment[]> {
    const rows = this.sql.all<Segment>(
      `SELECT first, sums FROM digests WHERE first < CAST(? AS INTEGER) AND first >= COALESCE(
       (SELECT MAX(first) FROM digests WHERE first <= CAST(? AS INTEGER)), 0) ORDER BY first ${LIMIT}`,
      first + count,
      first,
      // The one that begins before the run may also end before it.
      limit + 1,
    );
    const overlapping = rows.filter((row) => row.first + row.sums.length / DIGEST_BYTES > first);
    return overlapping.slice(0, limit);
  }

  async digestRuns(first: ChunkId, limit: number): Promise<ChunkRun[]> {
    // The length of a blob is in its row's head: the digests themselves are not read.
    return this.sql.all<ChunkRun>(
      `SELECT first, length(sums) / ${DIGEST_BYTES} AS count FROM digests
       WHERE first >= CAST(? AS INTEGER) ORDER BY first ${LIMIT}`,
      first,
      limit,
    );
  }

  async leasesIn({ first, count }: ChunkRun, limit: number): Promise<LeaseRow[]> {
    const rows = this.sql.all<LeaseColumns>(
      `SELECT * FROM lease WHERE first < CAST(? AS INTEGER) AND first >= COALESCE(
       (SELECT MAX(first) FROM lease WHERE first <= CAST(? AS INTEGER)), 0) ORDER BY first ${LIMIT}`,
      first + count,
      first,
      limit + 1,
    );
    const overlapping = rows.filter((row) => row.first + row.count > first);
    return overlapping.slice(0, limit).map(toLeaseRow);
  }

  async quarantine(): Promise<ChunkRun[]> {
    return this.sql.all<ChunkRun>("SELECT first, count FROM quarantine ORDER BY first");
  }

  #after(queries: string[], { keys, limit }: { keys: Value[][]; limit: number }): unknown[] {
    const rows: unknown[] = [];
    for (const [index, sql] of queries.entries()) {
      const room = limit - rows.length;
      if (room <= 0) break;
      for (const row of this.sql.raw(sql).all(...(keys[index] as Value[]), room)) rows.push(row);
    }
    return rows;
  }

  #pastRows(rows: unknown[]): PastRow[] {
    return (rows as [DirId, string, Revision, ...RowColumns][]).map(
      ([dir, name, until, ...rest]) => ({ ...this.#row({ dir, name }, rest), until }),
    );
  }

  #row({ dir, name }: EntryKey, [revision, ...columns]: RowColumns): EntryRow {
    return { dir, name, revision, content: fromColumns(columns, this.#chunkBytes) };
  }
}
