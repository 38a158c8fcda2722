import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import { countIds, intersectRuns, normalizeRuns, runsOfIds, subtractRuns } from "./chunk-runs.ts";
import { HELD_RUNS_SCHEMA, HeldRuns } from "./held-runs.ts";

const anyRun = fc.record({ first: fc.nat({ max: 50 }), count: fc.nat({ max: 12 }) });
const anyRuns = fc.array(anyRun as fc.Arbitrary<ChunkRun>, { maxLength: 10 });

/** The ids of runs, as a plain set. */
function idsOf(runs: readonly ChunkRun[]): Set<ChunkId> {
  const ids = new Set<ChunkId>();
  for (const { first, count } of runs) {
    for (let i = 0; i < count; i++) ids.add((first + i) as ChunkId);
  }
  return ids;
}

describe("chunk runs", () => {
  it("normalizeRuns, intersectRuns and subtractRuns agree with sets", () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (left, right) => {
        const [a, b] = [idsOf(left), idsOf(right)];
        const [runsA, runsB] = [normalizeRuns(left), normalizeRuns(right)];
        expect(runsA).toEqual(runsOfIds(a));
        expect(countIds(runsA)).toBe(a.size);
        expect(intersectRuns(runsA, runsB)).toEqual(runsOfIds(a.intersection(b)));
        expect(subtractRuns(runsA, runsB)).toEqual(runsOfIds(a.difference(b)));
      }),
    );
  });
});

describe("HeldRuns", () => {
  it("agrees with a set through any additions and removals", () => {
    const anyStep = fc.record({ add: fc.boolean(), runs: anyRuns });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 8 }), anyRuns, (steps, asked) => {
        const db = new Database(":memory:");
        db.exec(HELD_RUNS_SCHEMA);
        const held = new HeldRuns(db);
        let model = new Set<ChunkId>();
        for (const { add, runs } of steps) {
          model = add ? model.union(idsOf(runs)) : model.difference(idsOf(runs));
          if (add) held.add(runs);
          else held.remove(runs);
          expect(held.runs(0 as ChunkId, 1000)).toEqual(runsOfIds(model));
        }
        const within = runsOfIds(model.intersection(idsOf(asked)));
        expect(held.within(asked)).toEqual(within);
        expect(held.firstMissing(asked)).toBe(
          [...idsOf(asked).difference(model)].toSorted((a, b) => a - b)[0],
        );
        for (const id of idsOf(asked)) expect(held.has(id)).toBe(model.has(id));
        db.close();
      }),
    );
  });
});
