/** Digests and leases, on any store. */
import { describe, expect, it } from "vitest";
import { digestOf } from "@goliath/protocols/nouns";
import type { ChunkId, LeaseId, PeerId } from "@goliath/protocols/nouns";
import type { Segment } from "./index-store.ts";
import { apply, hex, one, PEER } from "./testing/store-world.ts";
import type { OpenedStore } from "./testing/store-world.ts";

export function chunkCompliance(name: string, opened: OpenedStore): void {
  describe(`${name} chunks`, () => {
    const sums = (...ids: number[]): Uint8Array =>
      Buffer.concat(ids.map((id) => digestOf(Buffer.from(`${id}`))));

    it("sums joins segments and knows gaps", async () => {
      await using store = await opened();
      await apply(store, {
        digests: [
          { first: 10 as ChunkId, sums: sums(10, 11) },
          { first: 12 as ChunkId, sums: sums(12) },
          { first: 20 as ChunkId, sums: sums(20, 21, 22) },
        ],
      });
      const run = (first: number, count: number) => ({ first: first as ChunkId, count });
      const runs = [
        run(10, 3),
        run(11, 1),
        run(21, 2),
        run(12, 2),
        run(9, 1),
        run(22, 2),
        run(11, 2),
      ];
      const found = await one(store, (r) => r.sums(runs));
      expect(found.map(hex)).toEqual([
        hex(sums(10, 11, 12)),
        hex(sums(11)),
        hex(sums(21, 22)),
        undefined,
        undefined,
        undefined,
        hex(sums(11, 12)),
      ]);
    });

    it("leases are found by id, peer, chunk and end", async () => {
      await using store = await opened();
      const lease = (id: number, first: number, expiresAtMs: number) => ({
        lease: id as LeaseId,
        peer: (id === 3 ? "other" : PEER) as PeerId,
        first: first as ChunkId,
        count: 10,
        expiresAtMs,
      });
      const [a, b, c] = [lease(1, 1, 50), lease(2, 11, 100), lease(3, 31, 100)];
      await apply(store, { leases: [a, b, c] });
      expect(await one(store, (r) => r.leases([2, 9] as LeaseId[]))).toEqual([b, undefined]);
      expect(await one(store, (r) => r.leasesOf(PEER))).toEqual([a, b]);
      const ids = [10, 11, 20, 21, 30, 40, 41] as ChunkId[];
      expect(await one(store, (r) => r.leasesAt(ids))).toEqual([
        a,
        b,
        b,
        undefined,
        undefined,
        c,
        undefined,
      ]);
      expect(await one(store, (r) => r.expired(49, 10))).toEqual([]);
      expect(await one(store, (r) => r.expired(50, 10))).toEqual([1]);
      expect(await one(store, (r) => r.expired(100, 2))).toHaveLength(2);
      await apply(store, { leases: [{ ...a, expiresAtMs: 200 }], ended: [2 as LeaseId] });
      expect(await one(store, (r) => r.expired(100, 10))).toEqual([3]);
      expect(await one(store, (r) => r.leases([2] as LeaseId[]))).toEqual([undefined]);
    });

    it("staged keeps a lease's segments in order until the lease ends", async () => {
      await using store = await opened();
      const lease = 1 as LeaseId;
      const read = async (first: number, count: number): Promise<unknown[]> => {
        const run = { first: first as ChunkId, count };
        const found = await one(store, (r) => r.staged(lease, run));
        return found.map((segment) => [segment.first, hex(segment.sums)]);
      };
      const segment = (first: number, count: number) => {
        const ids = Array.from({ length: count }, (_, i) => first + i);
        return { first: first as ChunkId, sums: sums(...ids) };
      };
      const told = ({ first, sums: bytes }: Segment) => [first, hex(bytes)];
      const [a, b, c] = [segment(5, 2), segment(7, 3), segment(20, 1)];
      const other = { lease: 2 as LeaseId, remove: [], add: [segment(8, 1)] };
      await apply(store, { staged: { lease, remove: [], add: [c, a, b] } });
      await apply(store, { staged: other });
      expect(await read(0, 100)).toEqual([a, b, c].map(told));
      expect(await read(6, 1)).toEqual([a].map(told));
      expect(await read(6, 2)).toEqual([a, b].map(told));
      expect(await read(9, 11)).toEqual([b].map(told));
      expect(await read(10, 10)).toEqual([]);
      expect(await read(0, 5)).toEqual([]);
      const replaced = segment(7, 1);
      await apply(store, { staged: { lease, remove: [5, 7] as ChunkId[], add: [replaced] } });
      expect(await read(0, 100)).toEqual([replaced, c].map(told));
      await apply(store, { ended: [lease] });
      expect(await read(0, 100)).toEqual([]);
    });
  });
}
