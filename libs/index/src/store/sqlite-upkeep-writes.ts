/** Writes of policies, and what the care for the past and for garbage deletes, in SQLite. */
import type { Policy, Revision } from "@goliath/protocols/nouns";
import { IN_FORCE } from "./sqlite-schema.ts";
import type { SqliteStatements } from "./sqlite-statements.ts";
import type { PolicyWrite, UpkeepBatch } from "./upkeep-store.ts";
import { toPolicyColumns } from "./sqlite-row.ts";

const DIR = "dir = CAST(? AS INTEGER)";
const KEY = `${DIR} AND name = CAST(? AS TEXT)`;
const TO_POLICY = `INSERT INTO policy (dir, name, ended, copies, retention, prefer, avoid)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dir, name, ended) DO UPDATE SET
  copies = excluded.copies, retention = excluded.retention, prefer = excluded.prefer,
  avoid = excluded.avoid`;
const DROP_POLICY = `DELETE FROM policy WHERE ${KEY} AND ended = CAST(? AS INTEGER)`;
const DROP_PAST = `DELETE FROM past WHERE ${KEY} AND until = CAST(? AS INTEGER)`;
/** A table's rows of one directory, by the rest of its key. */
const OF_DIR = {
  entry: "name",
  past: "name, until",
  policy: "name, ended",
  place: "until",
  touched: "rev",
} as const;

interface UpkeepWrite {
  sql: SqliteStatements;
  /** The revision that is made. */
  revision: Revision;
}

export function writeUpkeep(batch: UpkeepBatch, { sql, revision }: UpkeepWrite): void {
  for (const write of batch.policies ?? []) writePolicy(write, { sql, revision });
  for (const { dir, name, until } of batch.pruned ?? []) {
    sql.run(DROP_PAST, dir, name, until);
    sql.run(DROP_POLICY, dir, name, until);
  }
  forget(batch, sql);
  untouch(batch, sql);
  clear(batch, sql);
  for (const dir of batch.drop ?? []) sql.run("DELETE FROM dir WHERE id = CAST(? AS INTEGER)", dir);
  recut(batch, sql);
}

function writePolicy({ dir, name, now, ended }: PolicyWrite, { sql, revision }: UpkeepWrite): void {
  const put = (policy: Policy, until: number): void =>
    sql.run(TO_POLICY, dir, name, until, ...toPolicyColumns(policy));
  if (now) put(now, IN_FORCE);
  else sql.run(DROP_POLICY, dir, name, IN_FORCE);
  if (ended) put(ended, revision);
}

/** Oldest first: what is left of the revisions has no gaps. */
function forget({ forgotten }: UpkeepBatch, sql: SqliteStatements): void {
  if (!forgotten) return;
  for (const [table, key] of [
    ["feed", "rev, part"],
    ["revision", "rev"],
  ]) {
    sql.run(
      `DELETE FROM ${table} WHERE (${key}) IN (SELECT ${key} FROM ${table}
       WHERE rev < CAST(? AS INTEGER) ORDER BY ${key} LIMIT CAST(? AS INTEGER))`,
      forgotten.below,
      forgotten.limit,
    );
  }
}

function untouch({ untouch: asked }: UpkeepBatch, sql: SqliteStatements): void {
  if (!asked) return;
  const { dir, upTo } = asked;
  sql.run(`DELETE FROM touched WHERE ${DIR} AND rev <= CAST(? AS INTEGER)`, dir, upTo);
  sql.run(`DELETE FROM place WHERE ${DIR} AND until <= CAST(? AS INTEGER)`, dir, upTo);
}

function clear({ clear: asked }: UpkeepBatch, sql: SqliteStatements): void {
  if (!asked) return;
  for (const [table, key] of Object.entries(OF_DIR)) {
    sql.run(
      `DELETE FROM ${table} WHERE ${DIR} AND (${key}) IN
       (SELECT ${key} FROM ${table} WHERE ${DIR} LIMIT CAST(? AS INTEGER))`,
      asked.dir,
      asked.dir,
      asked.limit,
    );
  }
}

function recut({ recut: cut, quarantined = [] }: UpkeepBatch, sql: SqliteStatements): void {
  for (const first of cut?.remove ?? []) {
    sql.run("DELETE FROM digests WHERE first = CAST(? AS INTEGER)", first);
  }
  for (const { first, sums } of cut?.add ?? []) {
    sql.run("INSERT INTO digests (first, sums) VALUES (?, ?)", first, sums);
  }
  for (const { first, count } of quarantined) {
    sql.run("INSERT INTO quarantine (first, count) VALUES (?, ?)", first, count);
  }
}
