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
        avoid: fc.subarray(["a=1", "b=2", "c=3"]),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(uses, (added) => {
        const map = new UsageMap();
        const plain = new Map<number, number>();
        const avoided = new Map<number, Set<string>>();
        for (const { first, count, copies, avoid } of added) {
          map.add(run(first, count), { copies, bytes: count, wish: { prefer: [], avoid } });
          for (let id = first; id < first + count; id++) {
            plain.set(id, Math.max(plain.get(id) ?? 0, copies));
            avoided.set(id, new Set([...(avoided.get(id) ?? []), ...avoid]));
          }
        }
        let at = 0;
        for (const { first, count, copies, wish } of map.pieces(run(0, 6000))) {
          expect(first).toBe(at);
          const all = map.wishAt(wish).avoid.toSorted().join();
          for (let id = first; id < first + count; id++) {
            if (plain.get(id) !== copies) expect([id, plain.get(id)]).toEqual([id, copies]);
            const is = [...(avoided.get(id) ?? [])].toSorted().join();
            if (is !== all) expect([id, all]).toEqual([id, is]);
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
    map.add(run(0, 1024), { copies: 0, bytes: 0 });
    expect(map.most([run(0, 10)])).toBe(0);
    expect(map.most([run(1024 as ChunkId, 10)])).toBeUndefined();
  });

  it("knows how long chunks are, as a mean of each block", () => {
    const map = new UsageMap();
    map.add(run(1000, 48), { copies: 1, bytes: 4800 });
    map.add(run(10, 2), { copies: 1, bytes: 2 });
    expect([map.meanBytes(0), map.meanBytes(1), map.meanBytes(2)]).toEqual([2402 / 26, 100, 0]);
  });
});
