/** The feed, on any engine. */
import { describe, expect, it } from "vitest";
import { FEED_CHANGES_MAX, type FeedEvent } from "@goliath/protocols/feed/service";
import { ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import { readTree } from "./testing/read-tree.ts";
import { expectCode } from "./testing/expect-code.ts";
import { engineInit, type EngineUnderTest } from "./testing/test-engine.ts";
import { TestFollower } from "./testing/test-follower.ts";
import { at, claim, mkdir, move, put, remove, TestWriter } from "./testing/test-writer.ts";

export function feedCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const engine = await open(engineInit());
    const dirOf = async (path: string): Promise<DirId> => {
      const { entries } = await engine.resolve({ paths: [at(path)] });
      return entries[0]?.kind === "dir" ? entries[0].dir : (0 as DirId);
    };
    const changes = (dir: DirId, from: number, limit = 1000) =>
      engine.changes({ dir, from: from as Revision, limit });
    return { engine, ann: new TestWriter(engine, "ann"), dirOf, changes };
  };

  describe(`${name} feed`, () => {
    it("changes shows only what lies inside", async () => {
      const { engine, ann, dirOf, changes } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/in/deep"), mkdir("/out"));
      const inside = await dirOf("/in");
      await ann.put("/out/f");
      await ann.put("/in/deep/f");
      await ann.put("/out/g");
      const { events, reached } = await changes(inside, 1);
      expect(events.map(told)).toEqual([["3!", "f=file"], "reached 4"]);
      expect(reached).toBe(4);
      expect((await changes(inside, 4)).events).toEqual([]);
    });

    it("changes shows the inner half of what crosses the edge", async () => {
      const { engine, ann, dirOf, changes } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/in/a"), mkdir("/out/b/below"));
      const inside = await dirOf("/in");
      await ann.commit(move("/out/b", "/in/b"), move("/in/a", "/out/a"));
      await ann.commit(mkdir("/in/b/below/new"), mkdir("/out/a/new"));
      const { events } = await changes(inside, 1);
      expect(events.map(told)).toEqual([
        ["2!", "a=", "b=dir"],
        ["3!", "new=dir"],
      ]);
    });

    it("changes tells the state of a name once a revision, and stays whole per revision", async () => {
      const { engine, ann, changes } = await world();
      await using _ = engine;
      const [a, b] = [await ann.file(["a"]), await ann.file(["b"])];
      await ann.commit(put("/f", a), put("/f", b), put("/g", a), remove("/g"), put("/h", a));
      await ann.commit(remove("/h"));
      const first = await changes(ROOT_DIR, 0, 1);
      expect(first.events.map(told)).toEqual([["1!", "f=file", "h=file"]]);
      expect(first.reached).toBe(1);
      expect((await changes(ROOT_DIR, 1, 1)).events.map(told)).toEqual([["2!", "h="]]);
    });

    it("changes of a large revision come in several events, the last marked", async () => {
      const { engine, ann, changes } = await world();
      await using _ = engine;
      const count = 2 * FEED_CHANGES_MAX + 1;
      await ann.commit(...Array.from({ length: count }, (_, i) => mkdir(`/${i}`)));
      const { events } = await changes(ROOT_DIR, 0);
      const parts = events.map(
        (event) => event.kind === "changes" && [event.changes.length, event.last],
      );
      expect(parts).toEqual([
        [1024, false],
        [1024, false],
        [1, true],
      ]);
    });

    it("changes inside what comes in may be told before it; a follower lists it whole", async () => {
      const { engine, ann, dirOf } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/in"), mkdir("/out/b/below"), mkdir("/out/b/old"));
      const from = (await engine.drive()).revision;
      const init = { dir: await dirOf("/in"), from, limit: 10 };
      const follower = await new TestFollower(engine, init).start();
      // Enough names that the directory itself is told in a later event than what is in it.
      const names = Array.from({ length: FEED_CHANGES_MAX }, (_, i) => mkdir(`/out/b/${i}`));
      await ann.commit(...names, remove("/out/b/old"), move("/out/b", "/in/b"));
      const followed: number[] = [];
      await follower.follow(async (revision) => void followed.push(revision));
      expect(followed).toEqual([2]);
      expect(follower.tree()).toEqual(await readTree(engine, { dir: init.dir, limit: 1000 }));
      expect(follower.tree().size).toBe(FEED_CHANGES_MAX + 2);
    });

    it("changes passes over revisions without names, such as claims", async () => {
      const { engine, ann, changes } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/a"));
      await ann.commit(claim("/a"));
      const { events, reached } = await changes(ROOT_DIR, 1);
      expect(events.map(told)).toEqual(["reached 2"]);
      expect(reached).toBe(2);
    });

    it("changes ends in lost when the directory or one above it was removed", async () => {
      const { engine, ann, dirOf, changes } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/a/b/c"));
      const [b, c] = [await dirOf("/a/b"), await dirOf("/a/b/c")];
      await ann.put("/a/b/c/f");
      await ann.commit(remove("/a/b"));
      await ann.commit(remove("/a"));
      for (const dir of [b, c]) {
        const { events, reached } = await changes(dir, 1);
        expect(events.map(told)).toEqual([["2!", "f=file"], "lost 3"]);
        expect(reached).toBe(3);
      }
      const partly = await changes(c, 1, 1);
      expect(partly.events.map(told)).toEqual([["2!", "f=file"]]);
      expect((await changes(c, 2)).events.map(told)).toEqual(["lost 3"]);
    });

    it("changes is reset for a revision that is not made, refused for an unknown directory", async () => {
      const { engine, ann, changes } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/a"));
      expect((await changes(ROOT_DIR, 2)).events).toEqual([{ kind: "reset" }]);
      await expectCode(changes(99 as DirId, 0), "not-found");
    });
  });
}

/** An event in short: `["3!", "name=kind"]` with `!` for the last of its revision. */
function told(event: FeedEvent): string | string[] {
  if (event.kind === "reset") return "reset";
  if (event.kind !== "changes") return `${event.kind} ${event.revision}`;
  const names = event.changes.map((change) => `${change.name}=${change.entry?.kind ?? ""}`);
  return [`${event.revision}${event.last ? "!" : ""}`, ...names.toSorted()];
}
