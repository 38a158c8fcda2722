/** That the census tells every chunk in use, whatever is committed meanwhile, on any engine. */
import { describe, expect, it } from "vitest";
import type { Revision } from "@goliath/protocols/nouns";
import { expectCode } from "./testing/expect-code.ts";
import { engineInit, TestClock, type EngineUnderTest } from "./testing/test-engine.ts";
import { retainAll, TestCensus } from "./testing/test-keeping.ts";
import {
  CHUNK_BYTES,
  copy,
  mkdir,
  move,
  put,
  remove,
  setPolicy,
  TestWriter,
} from "./testing/test-writer.ts";

const HOUR_MS = 3_600_000;

export function usageCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const clock = new TestClock();
    const engine = await open(engineInit(clock));
    return { clock, engine, ann: new TestWriter(engine, "ann"), census: new TestCensus(engine) };
  };

  describe(`${name} usage`, () => {
    it("tells all that now and the past use, with the most copies any user asks for", async () => {
      const { engine, ann, census } = await world();
      await using _ = engine;
      const [a, b] = [await ann.file(["1", "2", "3"]), await ann.file(["4"])];
      await ann.commit(put("/d/a", a), put("/b", b), put("/empty", await ann.file([])));
      await ann.commit(copy("/high/a", "/d/a"), mkdir("/x"));
      await ann.commit(setPolicy("/high", { copies: 4 }), setPolicy("/d", { copies: 2 }));
      await ann.commit(put("/b", await ann.file(["5"])), setPolicy("/b", { copies: 3 }));
      await ann.commit(remove("/b"));
      await ann.put("/b", "6");
      await census.sweep();
      expect([...census.copies].toSorted(([x], [y]) => x - y)).toEqual([
        [1, 4],
        [2, 4],
        [3, 4],
        // Both stood under a name with a policy of three until they were removed.
        [4, 3],
        [5, 3],
        [6, 1],
      ]);
      await ann.commit(setPolicy("/high", { copies: 0 }));
      await census.sweep();
      expect((await new TestCensus(engine).sweep()).copies.get(1)).toBe(2);
    });

    it("tells where policies want copies, and how long chunks are", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      await ann.commit(
        put("/d/a", await ann.file(["full", "12345"])),
        put("/b", await ann.file(["123"])),
      );
      await ann.commit(copy("/d/b", "/b"));
      const wish = { prefer: ["region=eu"], avoid: ["owner=bob"] };
      await ann.commit(setPolicy("/d", wish));
      const { firsts, counts, bytes, wishes, table, next } = await engine.usage({});
      const rows = [...firsts].map((first, i) => ({
        ...{ first, count: counts[i], bytes: bytes[i] },
        wish: table[wishes[i] as number],
      }));
      expect(rows.toSorted((x, y) => x.first - y.first)).toEqual([
        { first: 1, count: 3, bytes: CHUNK_BYTES + 8, wish },
        { first: 3, count: 1, bytes: 3, wish: { prefer: [], avoid: [] } },
      ]);
      expect(next?.kind).toBe("past");
    });

    it("follows a directory into what it is moved to and removed with", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      await ann.put("/d/e/f");
      await ann.commit(mkdir("/high"), setPolicy("/high", { copies: 5 }));
      await ann.commit(move("/d", "/high/d"));
      const copies = async () => (await new TestCensus(engine).sweep()).copies.get(1);
      expect(await copies()).toBe(5);
      await ann.commit(remove("/high"));
      expect(await copies()).toBe(5);
    });

    it("pages are bounded, and together the same however long", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      for (let i = 0; i < 5; i++) await ann.put(`/${i % 2}/${i % 3}`, `${i}`);
      const whole = await new TestCensus(engine).sweep();
      for (const limit of [1, 2, 4]) {
        const census = await new TestCensus(engine).sweep({ limit });
        expect(census.copies).toEqual(whole.copies);
      }
      const page = await engine.usage({ limit: 1 });
      expect([page.since, page.revision]).toEqual([5, 5]);
      expect(page.firsts.length).toBeLessThanOrEqual(1);
    });

    it("misses nothing that moves from where it has not been to where it has", async () => {
      const { clock, engine, ann, census } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/a"), mkdir("/z"), setPolicy("/z", { retentionMs: HOUR_MS }));
      for (let i = 0; i < 6; i++) await ann.put(`/z/${i}`, `z${i}`);
      await ann.put("/z/gone");
      await ann.commit(remove("/z/gone"));
      let step = 0;
      await census.sweep({
        limit: 1,
        between: async () => {
          const i = step++;
          // The sweep is behind /a from its third page on.
          if (i === 2) await ann.commit(move("/z/5", "/a/5"), copy("/a/4", "/z/4"));
          // Copied back out of the past, which is forgotten before the sweep has come to it.
          if (i === 3) await ann.commit(copy("/a/back", "/z/gone", 8), remove("/z/4"));
          if (i === 3) clock.ran += HOUR_MS;
          if (i === 3) await retainAll(engine);
          if (i === 4) await ann.put("/a/new");
          if (i === 5) await ann.commit(copy("/a/tree", "/z"));
        },
      });
      expect(step).toBeGreaterThan(5);
      const fresh = await new TestCensus(engine).sweep();
      expect(fresh.ids).toEqual(expect.arrayContaining([7, 8]));
      expect(census.ids).toEqual(expect.arrayContaining(fresh.ids));
    });

    it("is brought up to date from a revision, in parts, or begins anew", async () => {
      const { clock, engine, ann, census } = await world();
      await using _ = engine;
      await ann.put("/a");
      await census.sweep();
      await ann.put("/b");
      await ann.put("/b", "again");
      await ann.commit(...Array.from({ length: 3000 }, (_, i) => mkdir(`/${i}`)));
      await ann.put("/c");
      await census.catchUp();
      expect([census.ids, census.revision]).toEqual([[1, 2, 3, 4], 5]);
      expect((await engine.usage({ since: 5 as Revision })).next).toBeUndefined();
      await expectCode(engine.usage({ since: 6 as Revision }), "reset");
      clock.ran += 31 * 24 * HOUR_MS;
      await retainAll(engine);
      await expectCode(engine.usage({ since: 4 as Revision }), "reset");
    });
  });
}
