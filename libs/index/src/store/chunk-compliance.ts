/** Digests and leases, on any store. */
import { describe, expect, it } from "vitest";
import { digestOf } from "@goliath/protocols/nouns";
import type { ChunkId, LeaseId, PeerId } from "@goliath/protocols/nouns";
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
      const read = async (): Promise<unknown[]> => {
        const found = await one(store, (r) => r.staged(lease));
        return found.map((segment) => [segment.first, hex(segment.sums)]);
      };
      const segment = (first: number) => ({ first: first as ChunkId, sums: sums(first) });
      await apply(store, { staged: { lease, remove: [], add: [segment(7), segment(5)] } });
      expect(await read()).toEqual([
        [5, hex(sums(5))],
        [7, hex(sums(7))],
      ]);
      await apply(store, { staged: { lease, remove: [5 as ChunkId], add: [segment(6)] } });
      expect(await read()).toEqual([
        [6, hex(sums(6))],
        [7, hex(sums(7))],
      ]);
      await apply(store, { ended: [lease] });
      expect(await read()).toEqual([]);
    });
  });
}
