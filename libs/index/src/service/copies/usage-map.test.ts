import type { ChunkId } from "@goliath/protocols/nouns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { run } from "../testing/copies-world.ts";
import { UsageMap } from "./usage-map.ts";

describe("UsageMap", () => {
  it("agrees with a plain map, whatever is added", () => {
    const uses = fc.array(
      fc.record({
        first: fc.nat(3000),
        count: fc.integer({ min: 1, max: 2500 }),
        copies: fc.nat(5),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(uses, (added) => {
        const map = new UsageMap();
        const plain = new Map<number, number>();
        for (const { first, count, copies } of added) {
          map.add(run(first, count), copies);
          for (let id = first; id < first + count; id++) {
            plain.set(id, Math.max(plain.get(id) ?? 0, copies));
          }
        }
        let at = 0;
        for (const { first, count, copies } of map.pieces(run(0, 6000))) {
          expect(first).toBe(at);
          for (let id = first; id < first + count; id++) {
            if (plain.get(id) !== copies) expect([id, plain.get(id)]).toEqual([id, copies]);
          }
          at += count;
        }
        expect(at).toBe(6000);
        const most = plain.size > 0 ? Math.max(...plain.values()) : undefined;
        expect(map.most([run(0, 6000)])).toBe(most);
        expect(new Set(map.blocks())).toEqual(
          new Set([...plain.keys()].map((id) => Math.floor(id / 1024))),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("tells used without copies from unused", () => {
    const map = new UsageMap();
    map.add(run(0, 1024), 0);
    expect(map.most([run(0, 10)])).toBe(0);
    expect(map.most([run(1024 as ChunkId, 10)])).toBeUndefined();
  });
});
