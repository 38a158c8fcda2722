/** That no chunk is given up which anything may still use, on any engine. */
import { describe, expect, it } from "vitest";
import { RUNS_MAX } from "@goliath/protocols/index/service";
import { rootOf } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, FileEntry, PeerId, Revision } from "@goliath/protocols/nouns";
import { COLLECT_IDS_MAX, COMMIT_RECORD_MS, DIGEST_RUNS_PER_PAGE } from "./bounds.ts";
import type { CommittedPage, IndexEngine } from "./engine.ts";
import { mergeRuns } from "./merge-runs.ts";
import { expectCode } from "./testing/expect-code.ts";
import { engineInit, LEASE_MS, TestClock, type EngineUnderTest } from "./testing/test-engine.ts";
import { collectAll, collectUnused, retainAll, TestCensus } from "./testing/test-keeping.ts";
import {
  at,
  CHUNK_BYTES,
  copy,
  mkdir,
  move,
  put,
  remove,
  setPolicy,
  sumsOf,
  TestWriter,
} from "./testing/test-writer.ts";

/** What has digests, read page by page. */
async function committedIn(engine: IndexEngine): Promise<[runs: ChunkRun[], pages: number]> {
  const runs: ChunkRun[] = [];
  let pages = 0;
  for (let first: ChunkId | undefined = 0 as ChunkId; first !== undefined; pages++) {
    const page: CommittedPage = await engine.committedRuns({ first });
    runs.push(...page.runs);
    first = page.next;
  }
  return [mergeRuns(runs), pages];
}

const HOUR_MS = 3_600_000;
const run = (first: number, count: number) => ({ first: first as ChunkId, count });

export function collectCompliance(name: string, { open }: EngineUnderTest): void {
  /** A drive that keeps its past for an hour, where nothing is of now: ids 1 to 4 are of the past. */
  const world = async () => {
    const clock = new TestClock();
    const engine = await open(engineInit(clock));
    const [ann, bob] = [new TestWriter(engine, "ann"), new TestWriter(engine, "bob")];
    await ann.commit(mkdir("/d"), setPolicy("/", { retentionMs: HOUR_MS }));
    const file = await ann.file(["1", "2", "3", "4"]);
    await ann.commit(put("/d/f", file));
    const wait = async (ms = HOUR_MS): Promise<void> => {
      clock.ran += ms;
      await retainAll(engine);
    };
    /** What a caller finds unused, before more happens. */
    const found = async (end = 100) => {
      const census = await new TestCensus(engine).sweep();
      return { runs: census.unused(end), since: census.revision };
    };
    const known = async (first: number, count = 1) => engine.digests({ runs: [run(first, count)] });
    return { clock, engine, ann, bob, file, wait, found, known };
  };

  describe(`${name} collect`, () => {
    it("committedRuns tells what has digests and is not given up, in pages", async () => {
      const { engine, ann, bob, wait } = await world();
      await using _ = engine;
      await bob.file(["staged"]);
      expect(await committedIn(engine)).toEqual([[run(1, 4)], 1]);
      // Of these the file has every other, so that each has a segment of its own.
      const texts = Array.from({ length: 2 * DIGEST_RUNS_PER_PAGE }, (_, i) => `${i}`);
      const whole = await ann.file(texts);
      const start = whole.extents[0]?.first ?? 0;
      const of = <Item>(items: Item[]) => items.filter((_, i) => i % 2 === 0);
      const extents = of(texts.map((_, i) => ({ ...run(start + i, 1), bytes: CHUNK_BYTES })));
      const size = extents.length * CHUNK_BYTES;
      await ann.commit(put("/d/g", { ...whole, extents, size, root: rootOf(sumsOf(of(texts))) }));
      const [runs, pages] = await committedIn(engine);
      expect([runs[0], runs.length, pages]).toEqual([run(1, 4), 1 + DIGEST_RUNS_PER_PAGE, 2]);
      await ann.commit(remove("/d"));
      await wait();
      await collectAll(engine, 4000);
      expect(await committedIn(engine)).toEqual([[], 1]);
    });

    it("gives up what no kept revision uses, and nothing sooner", async () => {
      const { engine, ann, file, wait, known } = await world();
      await using _ = engine;
      await ann.commit(remove("/d"));
      await wait(HOUR_MS - 1);
      expect(await collectAll(engine, 100)).toEqual([]);
      await known(1, 4);
      await wait(1);
      expect(await collectAll(engine, 100)).toEqual([1, 2, 3, 4]);
      await expectCode(known(1), "not-found");
      await expectCode(ann.commit(put("/d/f", file)), "lease-lost");
    });

    it("cuts segments: what is used beside what is not keeps its digests", async () => {
      const { engine, ann, wait, known } = await world();
      await using _ = engine;
      const parts = await ann.file(["5", "6", "7", "8", "9"]);
      await ann.commit(put("/whole", parts));
      const sums = await known(5, 5);
      // A file of the second and the fourth: others may use parts of what one wrote.
      const only = async (id: number) => {
        const [part] = (await new TestCensus(engine).sweep()).ids.filter((one) => one === id);
        expect(part).toBe(id);
        const digest = sums.subarray((id - 5) * 32, (id - 4) * 32);
        const extents = [{ ...run(id, 1), bytes: 4096 }];
        return { ...parts, root: rootOf(digest), extents, size: 4096 };
      };
      await ann.commit(put("/6", await only(6)), put("/8", await only(8)), remove("/whole"));
      await wait();
      expect(await collectAll(engine, 100)).toEqual([5, 7, 9]);
      expect(Buffer.compare(await known(6), sums.subarray(32, 64))).toBe(0);
      expect(Buffer.compare(await known(8), sums.subarray(96, 128))).toBe(0);
      for (const id of [5, 7, 9]) await expectCode(known(id), "not-found");
      expect(await collectAll(engine, 100)).toEqual([5, 7, 9]);
    });

    it("leaves what a put names again before it, and refuses one after it", async () => {
      const { engine, ann, bob, file, wait, found } = await world();
      await using _ = engine;
      await ann.commit(remove("/d/f"));
      await wait();
      const before = await found();
      expect(before.runs).toHaveLength(99);
      await bob.commit(put("/again", file));
      expect(await collectUnused(engine, before)).toEqual([]);
      await bob.commit(remove("/again"));
      await wait();
      const after = await found();
      const late = bob.request(put("/again", file));
      expect((await engine.inspect(bob.peer, late)).fresh).toEqual([]);
      expect(await collectUnused(engine, after)).toEqual([1, 2, 3, 4]);
      await expectCode(engine.commit(bob.who, late), "lease-lost");
    });

    it("and a put that come in the same instant agree on who was first", async () => {
      const { engine, ann, bob, file, wait, found } = await world();
      await using _ = engine;
      await ann.commit(remove("/d/f"));
      await wait();
      const asked = await found();
      const race = [
        engine.collect(asked).then(({ collected }) => collected.length),
        bob.commit(put("/again", file)).then(
          () => "put",
          () => "refused",
        ),
      ];
      expect([
        [1, "refused"],
        [0, "put"],
      ]).toContainEqual(await Promise.all(race));
    });

    it("leaves what a copy brings back from the past, or a restored directory", async () => {
      const { engine, ann, wait, found } = await world();
      await using _ = engine;
      await ann.commit(remove("/d"));
      await wait(HOUR_MS - 1);
      await ann.commit(copy("/back", "/d/f", 2));
      await ann.commit(copy("/d", "/d", 2));
      await ann.commit(remove("/back"));
      await wait(1);
      expect(await collectAll(engine, 100)).toEqual([]);
      await ann.commit(remove("/d"));
      await wait();
      const asked = await found();
      await expectCode(ann.commit(copy("/back", "/d/f", 2)), "gone");
      expect(await collectUnused(engine, asked)).toEqual([1, 2, 3, 4]);
    });

    it("leaves what was copied out of the past after it was found unused", async () => {
      const { engine, ann, found } = await world();
      await using _ = engine;
      await ann.commit(remove("/d/f"));
      const { since } = await found();
      await ann.commit(copy("/back", "/d/f", 2));
      // A caller that is wrong about what was unused: the copy alone says so.
      expect(await collectUnused(engine, { runs: [run(1, 4)], since })).toEqual([]);
    });

    it("leaves what moved to where the past is kept for longer", async () => {
      const { engine, ann, file, wait, found } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/long"), setPolicy("/long", { retentionMs: 1000 * HOUR_MS }));
      await ann.commit(move("/d/f", "/long/f"));
      await ann.commit(remove("/long/f"));
      await wait();
      expect(await collectAll(engine, 100)).toEqual([]);
      await ann.commit(put("/d/f", file));
      await ann.commit(setPolicy("/long", { retentionMs: HOUR_MS }));
      await wait();
      const asked = await found();
      await ann.commit(move("/d", "/long/d"));
      expect(await collectUnused(engine, asked)).toEqual([]);
    });

    it("never gives up what is under a lease, and ends a lease before it does", async () => {
      const { clock, engine, bob } = await world();
      await using _ = engine;
      const { lease, first } = await engine.allocate(bob.peer, 3);
      expect(await engine.leasedRuns()).toEqual([run(first, 3)]);
      expect(await collectAll(engine, 100)).toEqual([]);
      clock.now += LEASE_MS - 1;
      await engine.renew(bob.peer, [lease]);
      clock.now += LEASE_MS - 1;
      expect(await collectAll(engine, 100)).toEqual([]);
      clock.now += 1;
      expect(await engine.leasedRuns()).toEqual([]);
      expect(await collectAll(engine, 100)).toEqual([first, first + 1, first + 2]);
      // Renewed late, by a clock that was set back: it is over all the same.
      clock.now -= LEASE_MS;
      await expectCode(engine.renew(bob.peer, [lease]), "lease-lost");
    });

    it("ends a lease that came back to life when a clock was set back, and its commit", async () => {
      const { clock, engine, bob } = await world();
      await using _ = engine;
      const body = await bob.file(["a", "b"]);
      const request = bob.request(put("/late", body));
      clock.now += LEASE_MS;
      const first = Number(body.extents[0]?.first);
      expect(await collectAll(engine, 100)).toEqual([first, first + 1]);
      clock.now -= LEASE_MS;
      await expectCode(engine.inspect(bob.peer, request), "lease-lost");
      await expectCode(engine.commit(bob.who, request), "lease-lost");
    });

    it("of a part of a lease ends it whole", async () => {
      const { clock, engine, bob } = await world();
      await using _ = engine;
      const { lease, first } = await engine.allocate(bob.peer, 3);
      clock.now += LEASE_MS;
      const { revision } = await engine.drive();
      const asked = { runs: [run(first + 1, 1)], since: revision };
      expect(await collectUnused(engine, asked)).toEqual([first + 1]);
      clock.now -= LEASE_MS;
      await expectCode(engine.renew(bob.peer, [lease]), "lease-lost");
    });

    it("gives up what a commit made known and did not keep", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const [a, b] = [await ann.file(["a"]), await ann.file(["b"])];
      await ann.commit(put("/x", a), put("/x", b));
      expect(await collectAll(engine, 100)).toEqual([5]);
      await expectCode(ann.commit(put("/y", a)), "lease-lost");
      await ann.commit(put("/y", b));
    });

    it("and a commit that is sent again, however late, never bring a chunk back", async () => {
      const { clock, engine, ann, bob, wait } = await world();
      await using _ = engine;
      const request = bob.request(put("/mine", await bob.file(["m"])));
      await engine.commit(bob.who, request);
      await ann.commit(remove("/mine"));
      await wait();
      expect(await collectAll(engine, 100)).toEqual([5]);
      // Remembered: the first result, and nothing happens.
      expect(await engine.commit(bob.who, request)).toMatchObject({ again: true });
      clock.now += COMMIT_RECORD_MS;
      await bob.commit(mkdir("/later"));
      // Forgotten: refused by its number, and under another one by its ids.
      await expectCode(engine.commit(bob.who, request), "number-used");
      const anew = { ...request, number: 99, leases: [] };
      await expectCode(engine.commit(bob.who, anew), "lease-lost");
      await expectCode(engine.commit(bob.who, { ...request, number: 99 }), "lease-lost");
    });

    it("gives up nothing that was never given away", async () => {
      const { engine } = await world();
      await using _ = engine;
      const { revision } = await engine.drive();
      const asked = { runs: [run(5, 1000), run(2 ** 45, 9)], since: revision };
      expect(await collectUnused(engine, asked)).toEqual([]);
      const { first } = await engine.allocate("bob" as PeerId, 1);
      expect(first).toBe(5);
    });

    it("refuses a caller whose knowledge is too old, or of the future", async () => {
      const { engine, ann, wait } = await world();
      await using _ = engine;
      await ann.put("/x");
      await wait();
      await expectCode(engine.collect({ runs: [run(1, 1)], since: 1 as Revision }), "reset");
      await expectCode(engine.collect({ runs: [run(1, 1)], since: 9 as Revision }), "reset");
      const many = Array.from({ length: RUNS_MAX + 1 }, (_, i) => run(2 * i, 1));
      await expectCode(engine.collect({ runs: many, since: 3 as Revision }), "too-large");
      for (let i = 0; i < 50; i++) await ann.put(`/${i}`);
      expect(await collectUnused(engine, { runs: [run(6, 50)], since: 3 as Revision })).toEqual([]);
      const names = Array.from({ length: 20_000 }, (_, i) => mkdir(`/many/${i}`));
      await ann.commit(...names);
      await expectCode(engine.collect({ runs: [run(1, 1)], since: 3 as Revision }), "busy");
    });

    it("is bounded, and goes on with what is left", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const count = COLLECT_IDS_MAX;
      const { first } = await engine.allocate(ann.peer, count);
      await engine.allocate("bob" as PeerId, 5);
      const { revision: since } = await engine.drive();
      const reply = await engine.collect({ runs: [run(first, count + 5)], since });
      expect([reply.collected, reply.left]).toEqual([[], [run(first + count, 5)]]);
    });

    it("leaves everything readable that is of now, after all sorts of changes", async () => {
      const { engine, ann, wait } = await world();
      await using _ = engine;
      for (let i = 0; i < 12; i++) {
        await ann.put(`/d/${i % 3}`, `${i}`);
        if (i % 4 === 1) await ann.commit(copy(`/c${i}`, "/d"));
        if (i % 4 === 2) await ann.commit(move("/d", `/m${i}`), mkdir("/d"));
        if (i % 4 === 3) await ann.commit(remove(`/m${i - 1}`));
        await wait(HOUR_MS / 2);
        await collectAll(engine, 100);
      }
      const { entries } = await engine.list({ where: { path: at("/c9") } });
      for (const { entry } of entries) {
        await engine.digests({ runs: (entry as FileEntry).extents });
      }
      expect(entries.length).toBeGreaterThan(0);
    });
  });
}
