import fc from "fast-check";
import { expect, it } from "vitest";
import type { ChunkId } from "@goliath/protocols/nouns";
import { mergeUses, wishKey } from "./merge-uses.ts";

const ANYWHERE = { prefer: [], avoid: [] };
const run = fc.record({
  first: fc.nat(60).map((id) => id as ChunkId),
  count: fc.integer({ min: 1, max: 20 }),
  copies: fc.nat(4),
  wish: fc.constantFrom(ANYWHERE, { prefer: ["a=1"], avoid: [] }, { prefer: [], avoid: ["a=1"] }),
});

it("mergeUses gives each id once a wish, with the highest of its targets, in few sorted runs", () => {
  fc.assert(
    fc.property(fc.array(run, { maxLength: 12 }), (runs) => {
      const wanted = new Map<string, number>();
      for (const { first, count, copies, wish } of runs) {
        for (let id = first as number; id < first + count; id++) {
          const key = `${id} ${wishKey(wish)}`;
          wanted.set(key, Math.max(copies, wanted.get(key) ?? 0));
        }
      }
      const page = mergeUses(runs.map((one) => ({ ...one, bytes: 10 * one.count })));
      const { firsts, counts, copies, bytes, wishes, table } = page;
      const found = new Map<string, number>();
      for (const [i, first] of firsts.entries()) {
        const [count, target] = [counts[i] as number, copies[i] as number];
        expect(bytes[i]).toBeCloseTo(10 * count);
        for (let id = first; id < first + count; id++) {
          const key = `${id} ${wishKey(table[wishes[i] as number] ?? ANYWHERE)}`;
          expect(found.has(key)).toBe(false);
          found.set(key, target);
        }
        const before = i - 1;
        if (before < 0 || wishes[before] !== wishes[i]) continue;
        const end = (firsts[before] as number) + (counts[before] as number);
        expect(first).toBeGreaterThanOrEqual(end);
        expect(first === end && copies[before] === target).toBe(false);
      }
      expect(found).toEqual(wanted);
      expect(new Set(table.map(wishKey)).size).toBe(table.length);
    }),
  );
});

it("mergeUses tells the bytes of all that lie next to each other together", () => {
  const of = (first: number, count: number, bytes: number) => ({
    ...{ first: first as ChunkId, count, bytes },
    ...{ copies: 1, wish: ANYWHERE },
  });
  const { firsts, bytes } = mergeUses([of(5, 1, 7), of(1, 4, 40), of(6, 2, 20), of(20, 1, 3)]);
  expect([[...firsts], [...bytes]]).toEqual([
    [1, 20],
    [67, 3],
  ]);
});
