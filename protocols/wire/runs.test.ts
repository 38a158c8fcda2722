import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GoliathError, type ChunkId, type ChunkRun } from "../nouns/exports.ts";
import { countRuns, decodeRuns, encodeRuns, RUN_BYTES_MAX } from "./runs.ts";

const MAX = 1000;

function run(first: number, count: number): ChunkRun {
  return { first: first as ChunkId, count };
}

function hex(runs: ChunkRun[]): string {
  return Buffer.from(encodeRuns(runs, MAX)).toString("hex");
}

const anyRun = fc
  .tuple(fc.maxSafeNat(), fc.maxSafeNat())
  .map(([a, b]) => run(Math.min(a, b), Math.abs(a - b)))
  .filter(({ count }) => count > 0);

describe("encodeRuns", () => {
  it.each([
    ["no runs", [], ""],
    ["one chunk", [run(0, 1)], "00" + "01"],
    ["neighbours", [run(5, 3), run(10, 200)], "0503" + "02c801"],
    ["a step back", [run(5, 3), run(5, 1)], "0503" + "fdffffffffffff0f" + "01"],
    ["the last id", [run(2 ** 53 - 2, 1)], "feffffffffffff0f" + "01"],
    ["all ids, twice", [run(0, 2 ** 53 - 1), run(0, 1)], "00ffffffffffffff0f" + "0101"],
  ])("writes %s", (_name, runs, bytes) => {
    expect(hex(runs)).toBe(bytes);
    expect(decodeRuns(Buffer.from(bytes, "hex"), MAX)).toEqual(runs);
  });

  it("is undone by decodeRuns", () => {
    fc.assert(
      fc.property(fc.array(anyRun, { maxLength: 50 }), (runs) => {
        const bytes = encodeRuns(runs, MAX);
        expect(bytes.length).toBeLessThanOrEqual(runs.length * RUN_BYTES_MAX);
        expect(decodeRuns(bytes, MAX)).toEqual(runs);
      }),
    );
  });

  it("refuses more runs than the other side takes", () => {
    expect(() => encodeRuns([run(0, 1), run(2, 1)], 1)).toThrow(
      expect.objectContaining({ code: "too-large" }),
    );
  });
});

describe("decodeRuns", () => {
  it.each([
    ["more runs than allowed", "0001".repeat(MAX + 1), "too-large"],
    ["an empty run", "0000", "bad-request"],
    ["a number beyond 2^53", "ffffffffffffff1f" + "01", "bad-request"],
    ["an end beyond 2^53", "ffffffffffffff0f" + "01", "bad-request"],
    ["a varint cut short", "80", "bad-request"],
    ["a run cut short", "02", "bad-request"],
    ["a varint of nine bytes", "808080808080808001" + "01", "bad-request"],
    ["a varint longer than needed", "8000" + "01", "bad-request"],
  ])("refuses %s", (_name, bytes, code) => {
    expect(() => decodeRuns(Buffer.from(bytes, "hex"), MAX)).toThrow(
      expect.objectContaining({ code }),
    );
  });

  it("takes only what encodeRuns makes, and throws nothing but ours", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        let runs: ChunkRun[];
        try {
          runs = decodeRuns(bytes, MAX);
        } catch (error) {
          expect(error).toBeInstanceOf(GoliathError);
          return;
        }
        expect(new Uint8Array(encodeRuns(runs, MAX))).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("countRuns", () => {
  it("adds up the chunks", () => {
    expect(countRuns([run(0, 3), run(100, 4)])).toBe(7);
  });
});
