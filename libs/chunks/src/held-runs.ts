/** The set of held ids as a table of runs, kept normal: reports and look-ups never walk chunks. */
import type { Database, Statement } from "better-sqlite3";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import { endOf, normalizeRuns, runBetween, subtractRuns } from "./chunk-runs.ts";

export const HELD_RUNS_SCHEMA = `
  CREATE TABLE held (first INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
`;

/** Changes belong inside the caller's transaction, beside the rows they speak of. */
export class HeldRuns {
  readonly #before: Statement<[number], ChunkRun>;
  readonly #between: Statement<[number, number], ChunkRun>;
  readonly #after: Statement<[number, number], ChunkRun>;
  readonly #put: Statement<[number, number]>;
  readonly #delete: Statement<[number]>;

  constructor(db: Database) {
    const select = "SELECT first, count FROM held WHERE";
    this.#before = db.prepare(`${select} first < ? ORDER BY first DESC LIMIT 1`);
    this.#between = db.prepare(`${select} first >= ? AND first < ? ORDER BY first`);
    this.#after = db.prepare(`${select} first >= ? ORDER BY first LIMIT ?`);
    this.#put = db.prepare("INSERT OR REPLACE INTO held (first, count) VALUES (?, ?)");
    this.#delete = db.prepare("DELETE FROM held WHERE first = ?");
  }

  has(id: ChunkId): boolean {
    const run = this.#before.get(id + 1);
    return run !== undefined && endOf(run) > id;
  }

  /** The held parts of these runs. */
  within(runs: readonly ChunkRun[]): ChunkRun[] {
    return normalizeRuns(runs).flatMap((run) => {
      const clipped = this.#touching(run).map((found) =>
        runBetween(Math.max(found.first, run.first), Math.min(endOf(found), endOf(run))),
      );
      return clipped.filter((found) => found.count > 0);
    });
  }

  /** The first id of these runs that is not held. */
  firstMissing(runs: readonly ChunkRun[]): ChunkId | undefined {
    const wanted = normalizeRuns(runs);
    return subtractRuns(wanted, this.within(wanted))[0]?.first;
  }

  /** From `from` on, at most `limit`; the first is cut at `from`. */
  runs(from: ChunkId, limit: number): ChunkRun[] {
    const straddling = this.#before.get(from);
    const cut = straddling && endOf(straddling) > from ? [runBetween(from, endOf(straddling))] : [];
    return [...cut, ...this.#after.all(from, limit)].slice(0, limit);
  }

  add(runs: readonly ChunkRun[]): void {
    for (const run of normalizeRuns(runs)) {
      const touching = this.#touching(run);
      for (const found of touching) this.#delete.run(found.first);
      // All of them touch `run`, so this is one.
      for (const merged of normalizeRuns([run, ...touching])) {
        this.#put.run(merged.first, merged.count);
      }
    }
  }

  remove(runs: readonly ChunkRun[]): void {
    for (const run of normalizeRuns(runs)) {
      const touching = this.#touching(run);
      for (const found of touching) this.#delete.run(found.first);
      for (const rest of subtractRuns(touching, [run])) this.#put.run(rest.first, rest.count);
    }
  }

  /** Runs that overlap `run` or lie right beside it. */
  #touching(run: ChunkRun): ChunkRun[] {
    const before = this.#before.get(run.first);
    const touches = before !== undefined && endOf(before) >= run.first;
    return [...(touches ? [before] : []), ...this.#between.all(run.first, endOf(run) + 1)];
  }
}
