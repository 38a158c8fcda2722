import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChunkId } from "@goliath/protocols/nouns";
import { mergeUses } from "./merge-uses.ts";

const run = fc.record({
  first: fc.nat(60).map((id) => id as ChunkId),
  count: fc.integer({ min: 1, max: 20 }),
  copies: fc.nat(4),
});

it("mergeUses gives each id once, with the highest of its targets, in few sorted runs", () => {
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      const wanted = new Map<number, number>();
      for (const { first, count, copies } of runs) {
        for (let id = first as number; id < first + count; id++) {
          wanted.set(id, Math.max(copies, wanted.get(id) ?? 0));
        }
      }
      const { firsts, counts, copies } = mergeUses(runs);
      const found = new Map<number, number>();
      for (const [i, first] of firsts.entries()) {
        const [count, target] = [counts[i] as number, copies[i] as number];
        for (let id = first; id < first + count; id++) {
          expect(found.has(id)).toBe(false);
          found.set(id, target);
        }
        const before = i - 1;
        if (before < 0) continue;
        const end = (firsts[before] as number) + (counts[before] as number);
        expect(first).toBeGreaterThanOrEqual(end);
        expect(first === end && copies[before] === target).toBe(false);
      }
      expect(found).toEqual(wanted);
    }),
  );
});
