import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import { mergeRuns } from "./merge-runs.ts";
import { intersectRuns, subtractRuns } from "./subtract-runs.ts";

const runs = fc
  .array(
    fc.record({
      first: fc.nat(60).map((id) => id as ChunkId),
      count: fc.integer({ min: 1, max: 12 }),
    }),
  )
  .map(mergeRuns);

function idsOf(all: readonly ChunkRun[]): number[] {
  return all.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));
}

it("subtractRuns and intersectRuns are what sets say", () => {
  fc.assert(
    fc.property(runs, runs, (a, b) => {
      const inB = new Set(idsOf(b));
      expect(idsOf(subtractRuns(a, b))).toEqual(idsOf(a).filter((id) => !inB.has(id)));
      expect(idsOf(intersectRuns(a, b))).toEqual(idsOf(a).filter((id) => inB.has(id)));
    }),
  );
});
