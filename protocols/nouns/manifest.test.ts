import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChunkId } from "./ids.ts";
import {
  checkExtents,
  chunkCount,
  chunksFor,
  digestAt,
  isPage,
  leavesOf,
  PAGE_CHUNKS,
  rootOf,
  rootOfLeaves,
  sizeOf,
  spansOf,
  type Extent,
} from "./manifest.ts";

const K = 16;

const extent = (first: number, bytes: number): Extent => {
  return { first: first as ChunkId, count: chunksFor(bytes, K), bytes };
};

/** `[id, index, offset, length]` of each span. */
function spans(extents: Extent[], range: { from?: number; to?: number } = {}) {
  return [...spansOf(extents, { chunkBytes: K, ...range })].map((span) => {
    return [span.id, span.index, span.offset, span.length];
  });
}

/** Sizes and the code path each of them takes. */
const INTERESTING_SIZES: [string, number, number[]][] = [
  ["nothing: no chunk at all", 0, []],
  ["one byte: one short chunk", 1, [1]],
  ["one less than K: short by one", K - 1, [K - 1]],
  ["K: one full chunk, no second one", K, [K]],
  ["one more than K: a second chunk of one byte", K + 1, [K, 1]],
  ["three K: full chunks only", 3 * K, [K, K, K]],
  ["three K less one: the last is short", 3 * K - 1, [K, K, K - 1]],
];

describe("spansOf", () => {
  it.each(INTERESTING_SIZES)("cuts %s", (_, bytes, lengths) => {
    const extents = bytes === 0 ? [] : [extent(100, bytes)];
    expect(spans(extents)).toEqual(lengths.map((length, i) => [100 + i, i, i * K, length]));
  });

  // Two appends of a journal: each ends in a short chunk, so offsets are no multiples of K.
  const journal = [extent(10, K + 4), extent(50, 2 * K + 1)];

  it("goes on after a short chunk within the file", () => {
    expect(spans(journal)).toEqual([
      [10, 0, 0, K],
      [11, 1, K, 4],
      [50, 2, K + 4, K],
      [51, 3, 2 * K + 4, K],
      [52, 4, 3 * K + 4, 1],
    ]);
  });

  it.each([
    ["the first byte", 0, 1, [10]],
    ["the last byte of a chunk", K - 1, K, [10]],
    ["the first byte of the next", K, K + 1, [11]],
    ["over the edge of an extent", K + 3, K + 5, [11, 50]],
    ["exactly one extent", K + 4, 3 * K + 5, [50, 51, 52]],
    ["the end", 3 * K + 4, Infinity, [52]],
    ["past the end", 3 * K + 5, Infinity, []],
    ["nothing within a chunk", 5, 5, []],
    ["a range that ends before it begins", 9, 2, []],
  ])("of a range gives the chunks it touches: %s", (_, from, to, ids) => {
    expect(spans(journal, { from, to }).map(([id]) => id)).toEqual(ids);
  });

  it("of any range gives just the chunks that hold one of its bytes", () => {
    const anyExtents = fc.array(fc.integer({ min: 1, max: 5 * K }), { maxLength: 5 });
    fc.assert(
      fc.property(anyExtents, fc.nat(20 * K), fc.nat(20 * K), (sizes, from, to) => {
        const extents = sizes.map((bytes, i) => extent(1000 * i, bytes));
        checkExtents(extents, K);
        const all = spans(extents);
        expect(all).toHaveLength(chunkCount(extents));
        expect(all.reduce((sum, [, , , length = 0]) => sum + length, 0)).toBe(sizeOf(extents));
        const touched = all.filter(([, , offset = 0, length = 0]) => {
          return Math.max(offset, from) < Math.min(offset + length, to);
        });
        expect(spans(extents, { from, to })).toEqual(touched);
      }),
    );
  });
});

describe("checkExtents", () => {
  it.each<[string, Partial<Extent>]>([
    ["no chunk", { count: 0, bytes: 0 }],
    ["a chunk too few", { count: 1, bytes: K + 1 }],
    ["a chunk too many", { count: 2, bytes: K }],
    ["half a byte", { count: 1, bytes: 0.5 }],
    ["negative bytes", { count: 1, bytes: -1 }],
    ["a negative id", { first: -1 as ChunkId }],
    ["ids beyond 2^53", { first: Number.MAX_SAFE_INTEGER as ChunkId }],
    ["not a number", { bytes: NaN }],
  ])("refuses %s", (_, wrong) => {
    const one = { first: 5 as ChunkId, count: 1, bytes: K, ...wrong };
    expect(() => checkExtents([extent(1, K), one], K)).toThrow(
      expect.objectContaining({ code: "bad-request" }),
    );
  });
});

describe("roots and pages", () => {
  const sha256 = (...parts: Uint8Array[]) =>
    new Uint8Array(createHash("sha256").update(Buffer.concat(parts)).digest());
  const sumsOf = (count: number) => {
    const sums = new Uint8Array(count * 32);
    return sums.map((_, i) => Math.floor(i / 32) % 251);
  };

  it("the root of an empty file is sha256 of the byte 01", () => {
    expect(Buffer.from(rootOf(new Uint8Array())).toString("hex")).toBe(
      "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a",
    );
  });

  it.each([
    ["one digest", 1, 1],
    ["a full page", PAGE_CHUNKS, 1],
    ["a page and one digest", PAGE_CHUNKS + 1, 2],
    ["three full pages", 3 * PAGE_CHUNKS, 3],
  ])("leavesOf cuts %s into pages", (_, count, pages) => {
    const sums = sumsOf(count);
    const page = (i: number) => sums.subarray(i * PAGE_CHUNKS * 32, (i + 1) * PAGE_CHUNKS * 32);
    const leaves = Array.from({ length: pages }, (__, i) => sha256(Uint8Array.of(0), page(i)));
    expect(leavesOf(sums)).toEqual(new Uint8Array(Buffer.concat(leaves)));
    const root = sha256(Uint8Array.of(1), ...leaves);
    expect(new Uint8Array(rootOf(sums))).toEqual(root);
    expect(new Uint8Array(rootOfLeaves(leavesOf(sums)))).toEqual(root);
    for (let i = 0; i < pages; i++) expect(isPage(leavesOf(sums), i, page(i))).toBe(true);
  });

  it("isPage refuses another page, another place and a damaged byte", () => {
    const sums = sumsOf(PAGE_CHUNKS + 5);
    const leaves = leavesOf(sums);
    const first = sums.slice(0, PAGE_CHUNKS * 32);
    expect(isPage(leaves, 1, first)).toBe(false);
    expect(isPage(leaves, 2, first)).toBe(false);
    expect(isPage(leaves, -1, first)).toBe(false);
    expect(isPage(leaves, 0, first.subarray(32))).toBe(false);
    first[7] = 99;
    expect(isPage(leaves, 0, first)).toBe(false);
  });

  it("a leaf does not pass for a page of the level below", () => {
    const sums = sumsOf(3);
    expect(rootOf(leavesOf(sums))).not.toEqual(rootOfLeaves(leavesOf(sums)));
  });

  it("digestAt gives one digest and throws beyond the last", () => {
    const sums = sumsOf(3);
    expect(new Uint8Array(digestAt(sums, 2))).toEqual(new Uint8Array(32).fill(2));
    expect(() => digestAt(sums, 3)).toThrow(expect.objectContaining({ code: "bad-request" }));
  });
});
