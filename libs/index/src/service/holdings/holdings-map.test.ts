import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { BLOCK_CHUNKS, type ChunkId, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import { HoldingsMap, PEER_BLOCKS_MAX } from "./holdings-map.ts";

const ANN = "ann" as PeerId;
const BOB = "bob" as PeerId;

const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });

const piecesOf = (map: HoldingsMap, first: number, count: number): [number, number, string[]][] =>
  [...map.pieces(run(first, count))].map((piece) => [
    piece.first,
    piece.count,
    piece.peers.toSorted(),
  ]);

describe("HoldingsMap", () => {
  it("cuts a run where its holders change", () => {
    const map = new HoldingsMap();
    map.add(ANN, [run(0, 1024)]);
    map.add(BOB, [run(100, 50)]);
    expect(piecesOf(map, 90, 100)).toEqual([
      [90, 10, [ANN]],
      [100, 50, [ANN, BOB]],
      [150, 40, [ANN]],
    ]);
  });

  it("needs no bitmap for a whole block, however it came together", () => {
    const map = new HoldingsMap();
    map.add(ANN, [run(0, 1000), run(1000, 24 + 1024)]);
    expect(map.size).toEqual({ blocks: 2, bitmaps: 0 });
    expect(map.chunks(ANN)).toBe(2048);
    map.remove(ANN, [run(1024, 1)]);
    expect(map.size.bitmaps).toBe(1);
    expect(piecesOf(map, 1020, 8)).toEqual([
      [1020, 4, [ANN]],
      [1024, 1, []],
      [1025, 3, [ANN]],
    ]);
  });

  it("forgets one peer and keeps the others", () => {
    const map = new HoldingsMap();
    map.add(ANN, [run(0, 3000)]);
    map.add(BOB, [run(500, 10)]);
    map.forget(ANN);
    expect(map.chunks(ANN)).toBe(0);
    expect(map.size).toEqual({ blocks: 1, bitmaps: 1 });
    map.add(ANN, [run(505, 1)]);
    expect(piecesOf(map, 505, 1)).toEqual([[505, 1, [ANN, BOB]]]);
  });

  it("walks runs that overlap once, and refuses what no peer can hold all together", () => {
    const map = new HoldingsMap();
    const everything = run(0, PEER_BLOCKS_MAX * BLOCK_CHUNKS);
    // One after the other these would be two billion visits to a block.
    const again = Array.from({ length: 8192 }, () => everything);
    map.add(ANN, again);
    expect(map.size.blocks).toBe(PEER_BLOCKS_MAX);
    expect(map.chunks(ANN)).toBe(everything.count);
    map.remove(ANN, again);
    expect(map.size).toEqual({ blocks: 0, bitmaps: 0 });
    expect(map.chunks(ANN)).toBe(0);
    const apart = Array.from({ length: 8192 }, (_, i) => run(i * 2 ** 39, everything.count));
    for (const change of ["add", "remove"] as const) {
      expect(() => map[change](ANN, apart)).toThrowError(/more than 262144 blocks/u);
    }
    expect(map.size).toEqual({ blocks: 0, bitmaps: 0 });
  });

  it("refuses runs no peer can hold before it walks them", () => {
    const map = new HoldingsMap();
    expect(() => map.add(ANN, [run(0, 2 ** 40)])).toThrowError(/more than 262144 blocks/u);
    expect(() => map.add(ANN, [run(2 ** 53 - 1, 2)])).toThrowError(/out of range/u);
    expect(map.size).toEqual({ blocks: 0, bitmaps: 0 });
  });

  it("agrees with plain sets after any adds, removes and departures", () => {
    const step = fc.record({
      kind: fc.constantFrom("add" as const, "remove" as const, "forget" as const),
      peer: fc.constantFrom(ANN, BOB),
      first: fc.integer({ min: 0, max: 3000 }),
      count: fc.integer({ min: 0, max: 1500 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const map = new HoldingsMap();
        const model = new Map([ANN, BOB].map((peer) => [peer, new Set<number>()]));
        for (const { kind, peer, first, count } of steps) {
          const held = model.get(peer) as Set<number>;
          if (kind === "forget") {
            map.forget(peer);
            held.clear();
            continue;
          }
          map[kind](peer, [run(first, count)]);
          for (let id = first; id < first + count; id++) {
            if (kind === "add") held.add(id);
            else held.delete(id);
          }
        }
        let next = 0;
        for (const piece of map.pieces(run(0, 5000))) {
          expect(piece.first).toBe(next);
          next += piece.count;
          for (let id: number = piece.first; id < next; id++) {
            for (const [peer, held] of model) {
              if (piece.peers.includes(peer) !== held.has(id))
                expect.fail(`chunk ${id} of ${peer}`);
            }
          }
        }
        expect(next).toBe(5000);
        for (const [peer, held] of model) expect(map.chunks(peer)).toBe(held.size);
      }),
      { numRuns: 60 },
    );
  });
});
