/** How long the past lasts, and what is told of it when it is over, on any engine. */
import { describe, expect, it } from "vitest";
import { ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Entry, Revision } from "@goliath/protocols/nouns";
import { expectCode } from "./testing/expect-code.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit, TestClock, type EngineUnderTest } from "./testing/test-engine.ts";
import { retainAll, TestCensus } from "./testing/test-keeping.ts";
import {
  at,
  copy,
  mkdir,
  move,
  put,
  remove,
  setPolicy,
  TestWriter,
} from "./testing/test-writer.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Of a drive in which nobody set another. */
const DEFAULT_MS = 30 * DAY_MS;

export function retentionCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const clock = new TestClock();
    const engine = await open(engineInit(clock));
    const entryAt = async (path: string, revision?: number): Promise<Entry | undefined> => {
      const when = revision === undefined ? {} : { at: revision as Revision };
      return (await engine.resolve({ paths: [at(path)], ...when })).entries[0];
    };
    const dirOf = async (path: string): Promise<DirId> => {
      const entry = await entryAt(path);
      return entry?.kind === "dir" ? entry.dir : (0 as DirId);
    };
    const paths = async (revision?: number): Promise<string[]> => {
      const when = revision === undefined ? {} : { at: revision as Revision };
      return [...(await readTree(engine, when)).keys()].toSorted();
    };
    return { clock, engine, ann: new TestWriter(engine, "ann"), entryAt, dirOf, paths };
  };

  describe(`${name} retention`, () => {
    it("keeps all of the past for as long as is promised, to the millisecond", async () => {
      const { clock, engine, ann, entryAt, paths } = await world();
      await using _ = engine;
      await ann.put("/d/f", "one");
      const before = await entryAt("/d/f");
      clock.ran += HOUR_MS;
      await ann.put("/d/f", "two");
      await ann.commit(remove("/d"));
      clock.ran += DEFAULT_MS - 1;
      await retainAll(engine);
      expect(await entryAt("/d/f", 1)).toEqual(before);
      expect(await paths(1)).toEqual(["/d", "/d/f"]);
      expect((await engine.drive()).oldest).toBe(1);
      clock.ran += 1;
      await retainAll(engine);
      for (const path of ["/d/f", "/d"]) await expectCode(entryAt(path, 1), "gone");
      await expectCode(paths(1), "gone");
      await expectCode(ann.commit(copy("/d", "/d", 1)), "gone");
      expect((await engine.drive()).oldest).toBe(3);
      expect(await paths()).toEqual([]);
      expect(await paths(3)).toEqual([]);
    });

    it("restores a file and a removed directory within it, and refuses beyond", async () => {
      const { clock, engine, ann, entryAt, paths } = await world();
      await using _ = engine;
      await ann.put("/d/deep/f", "one");
      const old = await entryAt("/d/deep/f");
      await ann.put("/d/deep/f", "two");
      await ann.commit(remove("/d"));
      clock.ran += DEFAULT_MS - 1;
      await retainAll(engine);
      await ann.commit(copy("/d", "/d", 2));
      expect(await paths()).toEqual(["/d", "/d/deep", "/d/deep/f"]);
      await ann.commit(copy("/d/deep/f", "/d/deep/f", 1));
      const { extents } = old as Entry & { kind: "file" };
      expect(await entryAt("/d/deep/f")).toMatchObject({ extents });
      await engine.digests({ runs: extents });
      clock.ran += 1;
      await retainAll(engine);
      await expectCode(ann.commit(copy("/again", "/d/deep/f", 1)), "gone");
      await expectCode(ann.commit(copy("/again", "/d", 2)), "gone");
      // What was restored is of now, and stays.
      expect(await entryAt("/d/deep/f")).toMatchObject({ extents });
    });

    it("is each path's own: one's past is gone while another's is whole", async () => {
      const { clock, engine, ann, entryAt, dirOf } = await world();
      await using _ = engine;
      await ann.commit(
        mkdir("/short"),
        mkdir("/long"),
        setPolicy("/short", { retentionMs: HOUR_MS }),
      );
      await ann.commit(setPolicy("/long", { retentionMs: 90 * DAY_MS }));
      const file = await ann.file(["x"]);
      await ann.commit(put("/short/f", file), put("/long/f", file), put("/f", file));
      const dir = await dirOf("/short");
      await ann.commit(remove("/short/f"), remove("/long/f"), remove("/f"));
      clock.ran += HOUR_MS;
      await retainAll(engine);
      await expectCode(entryAt("/short/f", 3), "gone");
      await expectCode(engine.list({ where: { dir }, at: 3 as Revision }), "gone");
      await expectCode(engine.list({ where: { path: at("/short") }, at: 3 as Revision }), "gone");
      // Nor does a copy take "forgotten" for "not there", or half a directory for all of it.
      await expectCode(ann.commit(copy("/x", "/short/f", 3)), "gone");
      await expectCode(ann.commit(copy("/x", "/short", 3)), "gone");
      expect(await entryAt("/short", 3)).toMatchObject({ kind: "dir" });
      expect(await entryAt("/f", 3)).toMatchObject({ kind: "file" });
      // It is certain again from the revision on that ended what is forgotten.
      expect(await entryAt("/short/f", 4)).toBeUndefined();
      clock.ran += DEFAULT_MS;
      await retainAll(engine);
      await expectCode(entryAt("/f", 3), "gone");
      expect(await entryAt("/long/f", 3)).toMatchObject({ kind: "file" });
      clock.ran += 60 * DAY_MS;
      await retainAll(engine);
      await expectCode(entryAt("/long/f", 3), "gone");
    });

    it("tells what it finds, also where other names of the directory are forgotten", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/d/kept", "k1");
      await ann.put("/d/other", "o1");
      await ann.commit(setPolicy("/d", { retentionMs: HOUR_MS }));
      await ann.commit(setPolicy("/d/kept", { retentionMs: DAY_MS }));
      await ann.put("/d/kept", "k2");
      await ann.put("/d/other", "o2");
      clock.ran += HOUR_MS;
      await retainAll(engine);
      expect(await entryAt("/d/kept", 4)).toMatchObject({ revision: 1 });
      await expectCode(entryAt("/d/other", 4), "gone");
      await expectCode(engine.list({ where: { path: at("/d") }, at: 4 as Revision }), "gone");
    });

    it("of what was removed is what it was while it stood", async () => {
      const { clock, engine, ann, entryAt, paths } = await world();
      await using _ = engine;
      await ann.put("/short/f");
      await ann.put("/long/f");
      await ann.commit(
        setPolicy("/short", { retentionMs: HOUR_MS }),
        setPolicy("/long", { retentionMs: 90 * DAY_MS }),
      );
      await ann.commit(remove("/short"), remove("/long"));
      await ann.commit(mkdir("/short"), mkdir("/long"));
      clock.ran += HOUR_MS;
      await retainAll(engine);
      await expectCode(entryAt("/short/f", 3), "gone");
      clock.ran += DEFAULT_MS;
      await retainAll(engine);
      expect(await entryAt("/long/f", 3)).toMatchObject({ kind: "file" });
      await ann.commit(copy("/undone", "/long", 3));
      expect(await paths()).toEqual(["/long", "/short", "/undone", "/undone/f"]);
      clock.ran += 60 * DAY_MS;
      await retainAll(engine);
      await expectCode(entryAt("/long/f", 3), "gone");
    });

    it("of one file inside keeps the way to it, whatever was removed or moved above", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/a/b/f");
      await ann.put("/m/b/f");
      await ann.commit(setPolicy("/a/b/f", { retentionMs: 90 * DAY_MS }));
      await ann.commit(setPolicy("/m/b/f", { retentionMs: 90 * DAY_MS }));
      await ann.commit(remove("/a"), move("/m", "/n"));
      clock.ran += DEFAULT_MS;
      await retainAll(engine);
      expect(await entryAt("/a/b/f", 4)).toMatchObject({ kind: "file" });
      expect(await entryAt("/m/b/f", 4)).toMatchObject({ kind: "file" });
      clock.ran += 60 * DAY_MS;
      await retainAll(engine);
      await expectCode(entryAt("/a/b/f", 4), "gone");
      await expectCode(entryAt("/m/b/f", 4), "gone");
      expect(await entryAt("/n/b/f")).toMatchObject({ kind: "file" });
    });

    it("is what was promised where a directory stood, after it moved to where less is", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/tmp"), setPolicy("/tmp", { retentionMs: HOUR_MS }));
      await ann.put("/a/p/d/f", "one");
      await ann.put("/a/p/d/f", "two");
      await ann.commit(move("/a/p", "/tmp/p"));
      await ann.put("/tmp/p/d/f", "three");
      // In a circle: what it lies in lay in it.
      await ann.commit(mkdir("/tmp/p/q"), move("/tmp/p/q", "/tmp/q"), move("/tmp/p", "/tmp/q/p"));
      clock.ran += HOUR_MS;
      await retainAll(engine);
      expect(await entryAt("/a/p/d/f", 2)).toMatchObject({ revision: 2 });
      clock.ran += DEFAULT_MS - HOUR_MS;
      await retainAll(engine);
      await expectCode(entryAt("/a/p/d/f", 2), "gone");
      expect(await entryAt("/tmp/q/p/d/f")).toMatchObject({ revision: 5 });
    });

    it("counts running time: a clock that is set ends nothing and keeps nothing", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/f", "one");
      await ann.put("/f", "two");
      clock.now += 1000 * DAY_MS;
      await retainAll(engine);
      expect(await entryAt("/f", 1)).toMatchObject({ revision: 1 });
      clock.now -= 2000 * DAY_MS;
      clock.ran += DEFAULT_MS;
      await retainAll(engine);
      await expectCode(entryAt("/f", 1), "gone");
    });

    it("can be made longer for what is still there, and shorter at once", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/f", "one");
      await ann.put("/f", "two");
      clock.ran += DEFAULT_MS - 1;
      await ann.commit(setPolicy("/f", { retentionMs: 90 * DAY_MS }));
      clock.ran += DAY_MS;
      await retainAll(engine);
      expect(await entryAt("/f", 1)).toMatchObject({ revision: 1 });
      await ann.commit(setPolicy("/f", { retentionMs: HOUR_MS }));
      await retainAll(engine);
      await expectCode(entryAt("/f", 1), "gone");
    });
  });

  describe(`${name} retain`, () => {
    it("takes removed directories with all that is in them, and no other", async () => {
      const { clock, engine, ann, dirOf, paths } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/old/deep/er"), mkdir("/saved"), mkdir("/new"));
      const file = await ann.file(["a"]);
      await ann.commit(put("/old/deep/er/f", file), put("/saved/g", await ann.file(["b"])));
      const dirs = [await dirOf("/old"), await dirOf("/old/deep"), await dirOf("/old/deep/er")];
      // A directory that lay in it for a while, and one that was in it before and is not.
      await ann.commit(move("/saved", "/old/saved"));
      await ann.commit(move("/old/saved", "/new/saved"));
      await ann.commit(remove("/old"));
      const saved = await dirOf("/new/saved");
      clock.ran += DEFAULT_MS;
      expect(await retainAll(engine)).toBeGreaterThan(0);
      for (const dir of dirs) await expectCode(engine.list({ where: { dir } }), "not-found");
      expect(await engine.pathOf({ dir: saved })).toBe("/new/saved");
      expect(await paths()).toEqual(["/new", "/new/saved", "/new/saved/g"]);
      expect((await new TestCensus(engine).sweep()).ids).toEqual([2]);
      expect(await retainAll(engine)).toBe(0);
    });

    it("leaves alone what one commit moved and removed", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/a/d/f");
      await ann.commit(mkdir("/b"));
      await ann.commit(move("/a/d", "/b/d"), remove("/b"));
      clock.ran += DEFAULT_MS - 1;
      await retainAll(engine);
      expect(await entryAt("/a/d/f", 2)).toMatchObject({ kind: "file" });
      expect((await new TestCensus(engine).sweep()).ids).toEqual([1]);
      clock.ran += 1;
      await retainAll(engine);
      expect((await new TestCensus(engine).sweep()).ids).toEqual([]);
    });

    it("goes by the place that a directory was moved from, where the same commit removed it", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/a/d/f", "one");
      await ann.put("/a/d/f", "two");
      await ann.commit(mkdir("/b"), setPolicy("/b", { retentionMs: HOUR_MS }));
      await ann.commit(move("/a/d", "/b/d"), remove("/b/d"));
      clock.ran += HOUR_MS;
      await retainAll(engine);
      expect(await entryAt("/a/d/f", 1)).toMatchObject({ revision: 1 });
    });

    it("keeps a directory that a longer past still leads to by an older name", async () => {
      const { clock, engine, ann, entryAt } = await world();
      await using _ = engine;
      await ann.put("/long/d/f");
      await ann.commit(setPolicy("/long", { retentionMs: 90 * DAY_MS }));
      await ann.commit(move("/long/d", "/d"));
      await ann.commit(remove("/d"));
      clock.ran += DEFAULT_MS;
      await retainAll(engine);
      await expectCode(entryAt("/d/f", 3), "gone");
      expect(await entryAt("/long/d/f", 2)).toMatchObject({ kind: "file" });
      expect((await new TestCensus(engine).sweep()).ids).toEqual([1]);
    });

    it("comes to the same end in the smallest steps", async () => {
      const ends: unknown[] = [];
      for (const limit of [1, 3, 1000]) {
        const { clock, engine, ann, paths } = await world();
        await using _ = engine;
        for (let i = 0; i < 3; i++) {
          await ann.put(`/d/${i % 2}`, `${i}`);
          await ann.put(`/d/e/${i}`, `${i}`);
          if (i === 1) await ann.commit(move("/d", "/x"), mkdir("/d/e"));
        }
        await ann.commit(remove("/d"));
        clock.ran += DEFAULT_MS;
        await ann.put("/x/0", "new");
        await retainAll(engine, limit);
        const { oldest } = await engine.drive();
        const log = (await engine.log({})).map(({ revision }) => revision);
        const { ids } = await new TestCensus(engine).sweep({ limit });
        ends.push([await paths(), oldest, ids, log]);
      }
      expect(ends[1]).toEqual(ends[0]);
      expect(ends[2]).toEqual(ends[0]);
    });

    it("forgets the log and the feed before the oldest revision that is kept", async () => {
      const { clock, engine, ann } = await world();
      await using _ = engine;
      for (const text of ["1", "2", "3"]) await ann.put("/d/f", text);
      clock.ran += DEFAULT_MS;
      await ann.put("/d/f", "4");
      await retainAll(engine);
      expect(await engine.drive()).toMatchObject({ oldest: 3, revision: 4 });
      for (const request of [{}, { path: at("/d") }]) {
        expect((await engine.log(request)).map(({ revision }) => revision)).toEqual([4, 3]);
      }
      const from = (revision: number) =>
        engine.changes({ dir: ROOT_DIR, from: revision as Revision, limit: 10 });
      expect((await from(2)).events).toEqual([{ kind: "reset" }]);
      expect((await from(3)).events).toMatchObject([{ kind: "changes", revision: 4 }]);
    });

    it("never lets the feed tell that something was removed which is only forgotten", async () => {
      const { clock, engine, ann } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/d"), setPolicy("/d", { retentionMs: HOUR_MS }));
      await ann.put("/d/f", "one");
      await ann.put("/d/f", "two");
      clock.ran += HOUR_MS;
      await retainAll(engine);
      const from = (revision: number) =>
        engine.changes({ dir: ROOT_DIR, from: revision as Revision, limit: 10 });
      expect((await from(1)).events).toEqual([{ kind: "reset" }]);
      expect((await from(2)).events).toMatchObject([{ kind: "changes", revision: 3 }]);
      await ann.commit(remove("/d/f"));
      clock.ran += HOUR_MS;
      await retainAll(engine);
      const { events } = await from(3);
      expect(events).toMatchObject([{ changes: [{ name: "f", entry: undefined }] }]);
    });

    it("answers gone for the past of a directory that is on its way out", async () => {
      const { clock, engine, ann, dirOf } = await world();
      await using _ = engine;
      await ann.commit(...["a", "b", "c", "d", "e"].map((one) => mkdir(`/old/${one}`)));
      const dir = await dirOf("/old");
      await ann.commit(setPolicy("/", { retentionMs: HOUR_MS }), mkdir("/long"));
      await ann.commit(setPolicy("/long", { retentionMs: 90 * DAY_MS }), remove("/old"));
      clock.ran += HOUR_MS;
      let told = "";
      for (let cursor = (await engine.retain({ limit: 1 })).next; cursor;) {
        const listed = await engine
          .list({ where: { dir }, at: 2 as Revision })
          .then(({ entries }) => `${entries.length}`)
          .catch((error: { code: string }) => error.code);
        if (!told.endsWith(listed)) told += ` ${listed}`;
        cursor = (await engine.retain({ cursor, limit: 1 })).next;
      }
      expect(told.trim()).toMatch(/^5 gone( not-found)?$/u);
    });
  });
}
