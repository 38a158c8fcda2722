import { describe, expect, it } from "vitest";
import fc from "fast-check";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import { firstOutside, groupRuns, idAt, intersectRuns, runSet, subtractRuns } from "./run-set.ts";

const anyRuns = fc.array(
  fc.record({ first: fc.nat(60).map((n) => n as ChunkId), count: fc.nat(12) }),
  { maxLength: 8 },
);

const idsOf = (runs: readonly ChunkRun[]): number[] =>
  runs.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));

describe("runSet", () => {
  it("holds each id once, in order, in as few runs as can be", () => {
    fc.assert(
      fc.property(anyRuns, (runs) => {
        const set = runSet(runs);
        const ids = [...new Set(idsOf(runs))].toSorted((a, b) => a - b);
        expect(idsOf(set)).toEqual(ids);
        expect(set.length).toBe(ids.filter((id) => !ids.includes(id - 1)).length);
        ids.forEach((id, position) => expect(idAt(set, position)).toBe(id));
        expect(idAt(set, ids.length)).toBeUndefined();
      }),
    );
  });
});

describe("intersectRuns and firstOutside", () => {
  it("agree with plain sets", () => {
    fc.assert(
      fc.property(anyRuns, anyRuns, (one, other) => {
        const [a, b] = [runSet(one), runSet(other)];
        const inB = new Set(idsOf(b));
        expect(idsOf(intersectRuns(a, b))).toEqual(idsOf(a).filter((id) => inB.has(id)));
        expect(firstOutside(a, b)).toBe(idsOf(a).find((id) => !inB.has(id)));
      }),
    );
  });
});

describe("groupRuns", () => {
  it("keeps every id and fills every group but the last", () => {
    fc.assert(
      fc.property(anyRuns, fc.integer({ min: 1, max: 20 }), (runs, max) => {
        const groups = [...groupRuns(runSet(runs), max)];
        expect(groups.flatMap(idsOf)).toEqual(idsOf(runSet(runs)));
        for (const group of groups.slice(0, -1)) expect(idsOf(group).length).toBe(max);
      }),
    );
  });
});

describe("subtractRuns", () => {
  it("leaves what is in the first set alone", () => {
    const ids = fc.uniqueArray(fc.nat(30));
    const setOf = (numbers: number[]) =>
      runSet(numbers.map((id) => ({ first: id as ChunkId, count: 1 })));
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect(subtractRuns(setOf(a), setOf(b))).toEqual(setOf(a.filter((id) => !b.includes(id))));
      }),
    );
  });
});
