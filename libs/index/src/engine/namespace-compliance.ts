/** Commits and reads of the namespace, beyond what the model covers, on any engine. */
import { describe, expect, it } from "vitest";
import { COMMIT_CHANGES_MAX, ROOT_DIR } from "@goliath/protocols/nouns";
import type { Change, DirId, Revision } from "@goliath/protocols/nouns";
import { COMMIT_RECORD_MS, NOTE_BYTES_MAX, RECORD_BYTES_MAX } from "./bounds.ts";
import { expectCode } from "./testing/expect-code.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit, TestClock, type EngineUnderTest } from "./testing/test-engine.ts";
import { at, claim, mkdir, move, put, remove, TestWriter, unclaim } from "./testing/test-writer.ts";

export function namespaceCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const clock = new TestClock();
    const engine = await open(engineInit(clock));
    const admin = new TestWriter(engine, "eve", { admin: true });
    const [ann, bob] = [new TestWriter(engine, "ann"), new TestWriter(engine, "bob")];
    return { clock, engine, ann, bob, admin };
  };

  describe(`${name} commits`, () => {
    it("drive begins empty at revision 0", async () => {
      const { engine } = await world();
      await using _ = engine;
      const { entries, revision } = await engine.resolve({ paths: [at("/"), at("/a")] });
      const root = { kind: "dir", revision: 0, dir: ROOT_DIR, files: 0, bytes: 0 };
      expect([revision, ...entries]).toEqual([0, root, undefined]);
      expect(await engine.drive()).toMatchObject({ revision: 0, oldest: 0, generation: 0 });
    });

    it("commit happens once, however often it is sent", async () => {
      const { engine, clock, ann, bob } = await world();
      await using _ = engine;
      const request = ann.request(mkdir("/a"));
      const replies = await Promise.all([1, 2, 3].map(() => engine.commit(ann.who, request)));
      expect(replies.map(({ again }) => again)).toEqual([false, true, true]);
      clock.now += 10;
      const late = await engine.commit(ann.who, request);
      expect(late).toEqual({ revision: 1, at: replies[0]?.at, again: true });
      const other = { ...request, digest: new Uint8Array(32) };
      await expectCode(engine.commit(ann.who, other), "number-used");
      await expectCode(engine.inspect(ann.peer, other), "number-used");
      expect(await bob.commit(mkdir("/b"))).toMatchObject({ revision: 2, again: false });
    });

    it("commit remembers numbers for a stated time and takes none below what it forgot", async () => {
      const { engine, clock, ann } = await world();
      await using _ = engine;
      const first = ann.request(mkdir("/a"));
      await engine.commit(ann.who, first);
      clock.now += COMMIT_RECORD_MS - 1;
      await ann.commit(mkdir("/b"));
      expect((await engine.commit(ann.who, first)).again).toBe(true);
      clock.now += 1;
      await ann.commit(mkdir("/c"));
      await expectCode(engine.commit(ann.who, first), "number-used");
      expect((await engine.drive()).revision).toBe(3);
    });

    it("commit that alters nothing makes no revision", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const file = await ann.file(["a"]);
      await ann.commit(put("/d/f", file), mkdir("/e"));
      const nothing: Change[][] = [
        [],
        [mkdir("/d"), mkdir("/")],
        [put("/d/f", file)],
        [move("/d/f", "/d/f")],
        [move("/d", "/x"), move("/x", "/d")],
        [put("/new/deep/f", file), remove("/new")],
        [claim("/e"), unclaim("/e")],
      ];
      for (const changes of nothing) {
        expect((await ann.commit(...changes)).revision, JSON.stringify(changes)).toBe(1);
      }
      expect((await ann.commit(put("/d/f", { ...file, mtimeMs: -5 }))).revision).toBe(2);
    });

    it("commit refused leaves nothing behind", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const request = ann.request(mkdir("/a"), remove("/none"));
      await expectCode(engine.commit(ann.who, request), "not-found");
      expect((await readTree(engine)).size).toBe(0);
      const good = { ...request, changes: [mkdir("/a")], digest: new Uint8Array(32) };
      expect(await engine.commit(ann.who, good)).toMatchObject({ revision: 1, again: false });
    });

    it("commit is bounded", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const many = Array.from({ length: COMMIT_CHANGES_MAX + 1 }, () => mkdir("/a"));
      await expectCode(engine.commit(ann.who, { ...ann.request(), changes: many }), "too-large");
      const note = "n".repeat(NOTE_BYTES_MAX);
      await expectCode(engine.commit(ann.who, { ...ann.request(), note: `${note}!` }), "too-large");
      const bad = { ...ann.request(mkdir("/a")), digest: new Uint8Array(31) };
      await expectCode(engine.commit(ann.who, bad), "bad-request");
      await engine.commit(ann.who, { ...ann.request(mkdir("/a")), note });
      expect((await engine.log({}))[0]?.note).toBe(note);
    });

    it("move keeps what lies below within the bounds of paths", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const deep = (count: number): string => "/d".repeat(count);
      await ann.commit(mkdir(deep(100)), mkdir(`/m${deep(28)}`));
      await expectCode(ann.commit(move("/m", deep(100) + "/m")), "invalid-path");
      await ann.commit(move("/m", deep(99) + "/m"));
      const long = `/${"x".repeat(250)}`.repeat(15);
      await ann.commit(mkdir(`/y${long}`), mkdir(`/${"z".repeat(250)}/q`), mkdir("/w"));
      await expectCode(
        ann.commit(move("/y", `/${"z".repeat(250)}/q/${"v".repeat(100)}`)),
        "invalid-path",
      );
    });

    it("onCommit tells every revision once it can be read", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const told: number[] = [];
      const end = engine.onCommit((revision) => told.push(revision));
      await ann.commit(mkdir("/a"));
      await ann.commit(mkdir("/a"));
      await ann.commit(mkdir("/b"));
      end();
      await ann.commit(mkdir("/c"));
      expect(told).toEqual([1, 2]);
    });
  });

  describe(`${name} claims`, () => {
    it("claim keeps others out of the directory, and out of moving it", async () => {
      const { engine, ann, bob } = await world();
      await using _ = engine;
      await ann.commit(claim("/top/share"), mkdir("/top/share/in"));
      await expectCode(bob.put("/top/share/in/f"), "owned");
      await expectCode(bob.commit(move("/top/share/in", "/in")), "owned");
      await expectCode(bob.commit(remove("/top")), "owned");
      await expectCode(bob.commit(remove("/top/share")), "owned");
      await expectCode(bob.commit(claim("/top")), "owned");
      await expectCode(bob.commit(move("/top", "/elsewhere")), "owned");
      await expectCode(bob.commit(move("/top/share", "/moved")), "owned");
      await ann.commit(move("/top/share", "/moved"));
      await expectCode(bob.put("/moved/f"), "owned");
      await ann.put("/moved/f");
      await ann.commit(remove("/moved"));
      await bob.put("/moved/f");
    });

    it("unclaim is the owner's or an admin's", async () => {
      const { engine, ann, bob, admin } = await world();
      await using _ = engine;
      await ann.commit(claim("/a"), claim("/b"));
      await expectCode(bob.commit(unclaim("/a")), "owned");
      await expectCode(admin.put("/a/f"), "owned");
      await ann.commit(unclaim("/a"));
      await admin.commit(unclaim("/b"));
      await bob.commit(remove("/a"), remove("/b"));
    });
  });

  describe(`${name} reads`, () => {
    it("resolve and list refuse revisions that are not there", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      await ann.put("/f");
      const later = 2 as Revision;
      await expectCode(engine.resolve({ paths: [at("/f")], at: later }), "bad-request");
      await expectCode(engine.list({ where: { path: at("/") }, at: later }), "bad-request");
      await expectCode(engine.list({ where: { path: at("/f") } }), "not-a-directory");
      await expectCode(engine.list({ where: { path: at("/g") } }), "not-found");
      await expectCode(engine.list({ where: { dir: 77 as DirId } }), "not-found");
    });

    it("list and pathOf know a removed directory where it was", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      await ann.put("/a/b/f");
      const { entries } = await engine.resolve({ paths: [at("/a/b")] });
      const { dir } = entries[0]?.kind === "dir" ? entries[0] : { dir: 0 as DirId };
      await ann.commit(move("/a", "/z"));
      await ann.commit(remove("/z"));
      await expectCode(engine.list({ where: { dir } }), "not-found");
      const listed = await engine.list({ where: { dir }, at: 2 as Revision });
      expect(listed.entries.map((entry) => entry.name)).toEqual(["f"]);
      expect(await engine.pathOf({ dir })).toBe("/z/b");
      expect(await engine.pathOf({ dir, at: 1 as Revision })).toBe("/a/b");
      await expectCode(engine.pathOf({ dir, at: 3 as Revision }), "not-found");
      await expectCode(engine.pathOf({ dir, at: 0 as Revision }), "not-found");
      expect(await engine.pathOf({ dir: ROOT_DIR })).toBe("/");
    });

    it("copy brings back what was removed, with its chunks", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      await ann.put("/a/b/f", "text");
      await ann.put("/a/g", "more");
      const before = await readTree(engine);
      await ann.commit(remove("/a"));
      const undelete: Change = { op: "copy", path: at("/a"), from: at("/a"), at: 2 as Revision };
      await ann.commit(undelete);
      const after = await readTree(engine);
      expect([...after.keys()]).toEqual([...before.keys()]);
      const extents = (tree: typeof before) =>
        [...tree.values()].map((entry) => entry.kind === "file" && entry.extents);
      expect(extents(after)).toEqual(extents(before));
      const future: Change = { op: "copy", path: at("/c"), from: at("/a"), at: 9 as Revision };
      await expectCode(ann.commit(future), "bad-request");
    });

    it("log tells commits newest first, all or below a path", async () => {
      const { engine, ann, bob } = await world();
      await using _ = engine;
      await ann.put("/a/b/f");
      await bob.put("/c");
      await ann.commit(move("/c", "/a/c"), mkdir("/d"));
      const numbers = async (request: Parameters<typeof engine.log>[0]) =>
        (await engine.log(request)).map(({ revision }) => revision);
      expect(await numbers({})).toEqual([3, 2, 1]);
      expect(await numbers({ limit: 1, before: 3 as Revision })).toEqual([2]);
      expect(await numbers({ path: at("/a") })).toEqual([3, 1]);
      expect(await numbers({ path: at("/a/b/f") })).toEqual([1]);
      await expectCode(engine.log({ path: at("/none") }), "not-found");
      const [last] = await engine.log({ limit: 1 });
      expect(last).toMatchObject({ writer: "ann", changes: 2, summary: "move /c" });
    });

    it("records last until they are deleted", async () => {
      const { engine } = await world();
      await using _ = engine;
      await engine.setRecord("member/a", Buffer.from("1"));
      await engine.setRecord("member/b", Buffer.from("2"));
      await engine.setRecord("other", Buffer.from("3"));
      const keys = (await engine.records("member/")).map(({ key }) => key);
      expect(keys).toEqual(["member/a", "member/b"]);
      await engine.setRecord("member/a", undefined);
      expect(await engine.record("member/a")).toBeUndefined();
      expect(await engine.record("member/b")).toHaveLength(1);
      const large = new Uint8Array(RECORD_BYTES_MAX + 1);
      await expectCode(engine.setRecord("x", large), "too-large");
    });
  });
}
