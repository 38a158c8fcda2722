/** Leases, digests and what a commit may name, on any engine. */
import { describe, expect, it } from "vitest";
import { ALLOCATE_MAX, DIGESTS_MAX } from "@goliath/protocols/index/service";
import { digestOf, rootOf } from "@goliath/protocols/nouns";
import type { ChunkId, FileBody, LeaseId, Revision } from "@goliath/protocols/nouns";
import { LEASED_IDS_PER_PEER_MAX } from "./bounds.ts";
import { expectCode } from "./testing/expect-code.ts";
import { engineInit, LEASE_MS, TestClock, type EngineUnderTest } from "./testing/test-engine.ts";
import { at, CHUNK_BYTES, put, sumsOf, TestWriter } from "./testing/test-writer.ts";

export function leaseCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const clock = new TestClock();
    const engine = await open(engineInit(clock));
    return {
      clock,
      engine,
      ann: new TestWriter(engine, "ann"),
      bob: new TestWriter(engine, "bob"),
    };
  };

  describe(`${name} leases`, () => {
    it("allocate never gives an id twice, whatever becomes of the lease", async () => {
      const { engine, clock, ann, bob } = await world();
      await using _ = engine;
      const leases = [
        await engine.allocate(ann.peer, 3),
        await engine.allocate(bob.peer, 1000),
        await engine.allocate(ann.peer, 1),
      ];
      clock.now += LEASE_MS;
      leases.push(await engine.allocate(ann.peer, 5));
      expect(new Set(leases.map(({ lease }) => lease)).size).toBe(4);
      for (const [i, { first }] of leases.entries()) {
        const before = leases[i - 1];
        expect(first).toBeGreaterThanOrEqual(before ? before.first + before.count : 1);
      }
    });

    it("allocate refuses too much", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      await expectCode(engine.allocate(ann.peer, 0), "bad-request");
      await expectCode(engine.allocate(ann.peer, ALLOCATE_MAX + 1), "too-large");
      for (let i = 0; i < LEASED_IDS_PER_PEER_MAX; i += ALLOCATE_MAX) {
        await engine.allocate(ann.peer, ALLOCATE_MAX);
      }
      await expectCode(engine.allocate(ann.peer, 1), "busy");
    });

    it("renew keeps a lease alive, all of the named or none", async () => {
      const { engine, clock, ann, bob } = await world();
      await using _ = engine;
      const own = await engine.allocate(ann.peer, 1);
      const other = await engine.allocate(bob.peer, 1);
      clock.now += LEASE_MS - 1;
      await expectCode(engine.renew(ann.peer, [own.lease, other.lease]), "lease-lost");
      await engine.renew(ann.peer, [own.lease]);
      clock.now += LEASE_MS - 1;
      await engine.renew(ann.peer, [own.lease]);
      await expectCode(engine.renew(bob.peer, [other.lease]), "lease-lost");
      clock.now += LEASE_MS;
      await expectCode(engine.renew(ann.peer, [own.lease]), "lease-lost");
      await expectCode(engine.renew(ann.peer, [99 as LeaseId]), "lease-lost");
    });

    it("stageDigests takes what is of the lease, and the newest of what is told twice", async () => {
      const { engine, ann, bob } = await world();
      await using _ = engine;
      const { lease, first } = await engine.allocate(ann.peer, 10);
      const stage = (from: number, sums: Uint8Array) =>
        engine.stageDigests(ann.peer, { lease, first: (first + from) as ChunkId, sums });
      await stage(0, sumsOf(["a", "b", "c", "d", "e", "f"]));
      await stage(2, sumsOf(["C", "D"]));
      await stage(5, sumsOf(["F", "G", "H", "I", "J"]));
      await stage(5, sumsOf(["F"]));
      const found = await engine.digests({ runs: [{ first, count: 10 }] });
      const wanted = sumsOf(["a", "b", "C", "D", "e", "F", "G", "H", "I", "J"]);
      expect(Buffer.compare(found, wanted)).toBe(0);
      await expectCode(stage(9, sumsOf(["x", "y"])), "bad-request");
      await expectCode(stage(0, new Uint8Array(31)), "bad-request");
      await expectCode(stage(0, new Uint8Array(32 * (DIGESTS_MAX + 1))), "too-large");
      const stolen = { lease, first, sums: sumsOf(["x"]) };
      await expectCode(engine.stageDigests(bob.peer, stolen), "lease-lost");
    });

    it("digests knows a run of several leases, and where one of them has none", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const leases = [await engine.allocate(ann.peer, 2), await engine.allocate(ann.peer, 3)];
      const [one, two] = leases as [(typeof leases)[0], (typeof leases)[0]];
      expect(two.first).toBe(one.first + 2);
      const runs = [{ first: one.first, count: 4 }];
      await engine.stageDigests(ann.peer, { ...one, sums: sumsOf(["a", "b"]) });
      await expectCode(engine.digests({ runs }), "not-found");
      await engine.stageDigests(ann.peer, { ...two, sums: sumsOf(["c", "d", "e"]) });
      const found = await engine.digests({ runs });
      expect(Buffer.compare(found, sumsOf(["a", "b", "c", "d"]))).toBe(0);
    });

    it("digests knows committed and staged ids and no others", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const file = await ann.file(["a", "b"]);
      const [run] = file.extents;
      await ann.commit(put("/f", file));
      const { first } = run ?? { first: 0 as ChunkId };
      const found = await engine.digests({
        runs: [
          { first, count: 2 },
          { first, count: 1 },
        ],
      });
      expect(Buffer.compare(found, sumsOf(["a", "b", "a"]))).toBe(0);
      await expectCode(engine.digests({ runs: [{ first, count: 3 }] }), "not-found");
      await expectCode(engine.digests({ runs: [{ first, count: DIGESTS_MAX + 1 }] }), "too-large");
    });
  });

  describe(`${name} chunks of a commit`, () => {
    it("inspect names the new ids merged, and nothing for an old number", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const [a, b] = [await ann.file(["a"]), await ann.file(["b", "c"])];
      const request = ann.request(put("/b", b), put("/a", a), put("/again", a));
      const { first } = a.extents[0] ?? { first: 0 };
      expect(await engine.inspect(ann.peer, request)).toEqual({ fresh: [{ first, count: 3 }] });
      const reply = await engine.commit(ann.who, request);
      const again = { ...reply, again: true };
      expect(await engine.inspect(ann.peer, request)).toEqual({ again, fresh: [] });
      const old = ann.request(put("/c", a));
      expect(await engine.inspect(ann.peer, old)).toEqual({ fresh: [] });
    });

    it("commit takes committed ids without a lease, from any writer", async () => {
      const { engine, ann, bob } = await world();
      await using _ = engine;
      const file = await ann.file(["a", "b", "c"]);
      await ann.commit(put("/a", file));
      const first = file.extents[0]?.first as number;
      const part = {
        ...file,
        size: CHUNK_BYTES + 1,
        extents: [
          { first: (first + 1) as ChunkId, count: 1, bytes: CHUNK_BYTES },
          { first: first as ChunkId, count: 1, bytes: 1 },
        ],
        root: (await bob.file([])).root,
      };
      await expectCode(bob.commit(put("/b", part)), "bad-request");
      const reply = await bob.commit(put("/b", { ...part, root: rootOf(sumsOf(["b", "a"])) }));
      expect(reply.revision).toBe(2);
    });

    it("commit refuses ids that are neither leased nor committed", async () => {
      const { engine, clock, ann, bob } = await world();
      await using _ = engine;
      const file = await ann.file(["a"]);
      await expectCode(bob.commit(put("/b", file)), "lease-lost");
      const request = ann.request(put("/a", file));
      await expectCode(engine.commit(bob.who, request), "lease-lost");
      await expectCode(engine.commit(ann.who, { ...request, leases: [] }), "lease-lost");
      clock.now += LEASE_MS;
      await expectCode(engine.commit(ann.who, request), "lease-lost");
      await expectCode(engine.inspect(ann.peer, request), "lease-lost");
      expect((await engine.drive()).revision).toBe(0);
    });

    it("commit refuses what does not fit its digests or its size", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const file = await ann.file(["a", "b"]);
      const { leases } = ann.request();
      const attempt = (body: FileBody) =>
        engine.commit(ann.who, { ...ann.request(put("/f", body)), leases });
      const extent = file.extents[0] as FileBody["extents"][number];
      await expectCode(attempt({ ...file, root: digestOf(Buffer.from("x")) }), "bad-request");
      await expectCode(attempt({ ...file, size: file.size + 1 }), "bad-request");
      await expectCode(attempt({ ...file, mtimeMs: 0.5 }), "bad-request");
      const long = { ...extent, bytes: 3 * CHUNK_BYTES };
      await expectCode(attempt({ ...file, size: long.bytes, extents: [long] }), "bad-request");
      const { lease, first } = await engine.allocate(ann.peer, 1);
      const unstaged = { ...file, size: 1, extents: [{ first, count: 1, bytes: 1 }] };
      const request = ann.request(put("/f", unstaged));
      await expectCode(engine.commit(ann.who, { ...request, leases: [lease] }), "bad-request");
      expect((await attempt(file)).revision).toBe(1);
    });

    it("commit ends its leases, and only those", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const other = await engine.allocate(ann.peer, 1);
      const file = await ann.file(["a"]);
      const used = ann.request(put("/f", file));
      await engine.commit(ann.who, used);
      await expectCode(engine.renew(ann.peer, used.leases), "lease-lost");
      await engine.renew(ann.peer, [other.lease]);
    });

    it("resolve brings the digests of small files where asked", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const chunks = Array.from({ length: 17 }, (_, i) => `chunk ${i}`);
      await ann.commit(
        put("/16", await ann.file(chunks.slice(1))),
        put("/17", await ann.file(chunks)),
        put("/0", await ann.file([])),
      );
      const paths = ["/16", "/17", "/0"].map(at);
      const { entries } = await engine.resolve({ paths, sums: true, at: 1 as Revision });
      const sums = entries.map((entry) => entry?.kind === "file" && entry.sums);
      expect(Buffer.compare(sums[0] as Uint8Array, sumsOf(chunks.slice(1)))).toBe(0);
      expect(sums[1]).toBeUndefined();
      expect(sums[2]).toHaveLength(0);
    });
  });
}
