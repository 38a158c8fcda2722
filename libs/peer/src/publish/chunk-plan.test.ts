import {
  chunkCount,
  checkExtents,
  DIGEST_BYTES,
  digestOf,
  sizeOf,
  type ChunkId,
  type Extent,
} from "@goliath/protocols/nouns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extentsOf, freshCount, planChunks } from "./chunk-plan.ts";

const K = 4096;
/** Digests of chunks that are told apart by a number each. */
const sumsOf = (chunks: readonly number[]): Uint8Array =>
  Buffer.concat(chunks.map((chunk) => digestOf(Uint8Array.of(chunk & 255, chunk >> 8))));

/** Ids from `first`, in leases of `leaseChunks`, with a gap between any two. */
function leases(first: number, leaseChunks: number) {
  let next = first;
  let left = leaseChunks;
  return (wanted: number) => {
    const count = Math.min(wanted, left);
    const run = { first: next as ChunkId, count };
    next += count;
    left -= count;
    if (left === 0) {
      next += 1;
      left = leaseChunks;
    }
    return run;
  };
}

const idsOf = (extents: readonly Extent[]): number[] =>
  extents.flatMap(({ first, count }) => Array.from({ length: count }, (_, i) => first + i));

describe("planChunks", () => {
  it("keeps all ids of an unchanged file and none of an unknown one", () => {
    const sums = sumsOf([1, 2, 3]);
    const extents: Extent[] = [{ first: 7 as ChunkId, count: 3, bytes: 3 * K }];
    expect(planChunks(sums, { extents, sums })).toEqual([{ count: 3, first: 7 }]);
    expect(planChunks(sums)).toEqual([{ count: 3 }]);
    expect(planChunks(new Uint8Array(), { extents, sums })).toEqual([]);
  });

  it("keeps an id exactly where the digest at its position stayed", () => {
    const chunk = fc.integer({ min: 0, max: 2 });
    const file = fc.array(chunk, { maxLength: 40 });
    const shape = fc.record({ old: file, now: file, lease: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(shape, ({ old, now, lease }) => {
        const take = leases(1_000_000, lease);
        const before = build(old, { take: leases(5, 3) });
        const after = build(now, { take, before: { extents: before, sums: sumsOf(old) } });
        const [oldIds, ids] = [idsOf(before), idsOf(after)];
        now.forEach((digest, i) => {
          if (digest === old[i]) expect(ids[i]).toBe(oldIds[i]);
          else expect(ids[i]).toBeGreaterThanOrEqual(1_000_000);
        });
        expect(new Set(ids).size).toBe(now.length);
      }),
    );
  });
});

/** A file whose last chunk is short, checked for its shape. */
function build(
  chunks: readonly number[],
  {
    take,
    before,
  }: { take: ReturnType<typeof leases>; before?: { extents: Extent[]; sums: Uint8Array } },
): Extent[] {
  const sums = sumsOf(chunks);
  const plan = planChunks(sums, before);
  const bytes = Math.max(0, chunks.length * K - 1);
  const extents = extentsOf(plan, { bytes, chunkBytes: K, take });
  checkExtents(extents, K);
  expect(sizeOf(extents)).toBe(bytes);
  expect(chunkCount(extents)).toBe(sums.length / DIGEST_BYTES);
  expect(freshCount(plan)).toBeLessThanOrEqual(chunks.length);
  return extents;
}
