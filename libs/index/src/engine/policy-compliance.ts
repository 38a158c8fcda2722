/** Policies of paths, on any engine. */
import { describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "@goliath/protocols/nouns";
import type { PathPolicy } from "@goliath/protocols/index/service";
import { expectCode } from "./testing/expect-code.ts";
import { engineInit, type EngineUnderTest } from "./testing/test-engine.ts";
import {
  at,
  claim,
  copy,
  mkdir,
  move,
  put,
  remove,
  setPolicy,
  TestWriter,
} from "./testing/test-writer.ts";

const HOUR_MS = 3_600_000;

export function policyCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const engine = await open(engineInit());
    const policyAt = async (path: string): Promise<PathPolicy> => {
      return (await engine.policies({ paths: [at(path)] }))[0] as PathPolicy;
    };
    const copiesAt = async (...paths: string[]) =>
      (await engine.policies({ paths: paths.map(at) })).map(({ copies }) => copies);
    const [ann, bob] = [new TestWriter(engine, "ann"), new TestWriter(engine, "bob")];
    return { engine, ann, bob, policyAt, copiesAt };
  };

  describe(`${name} policies`, () => {
    it("policies inherits each field from the nearest name above that sets it", async () => {
      const { engine, ann, policyAt } = await world();
      await using _ = engine;
      expect(await policyAt("/nothing/here")).toEqual({ ...DEFAULT_POLICY, from: {} });
      await ann.put("/a/b/f");
      await ann.commit(setPolicy("/", { copies: 2, avoid: ["owner=eve"] }));
      await ann.commit(setPolicy("/a", { retentionMs: HOUR_MS, prefer: ["region=eu"] }));
      await ann.commit(setPolicy("/a/b/f", { copies: 4, avoid: [] }));
      const inherited = { retentionMs: HOUR_MS, prefer: ["region=eu"] };
      expect(await policyAt("/a/b/f")).toEqual({
        ...{ ...inherited, copies: 4, avoid: [] },
        from: { copies: "/a/b/f", avoid: "/a/b/f", retentionMs: "/a", prefer: "/a" },
      });
      expect(await policyAt("/a/b/not-yet")).toEqual({
        ...{ ...inherited, copies: 2, avoid: ["owner=eve"] },
        from: { copies: "/", avoid: "/", retentionMs: "/a", prefer: "/a" },
      });
      // What would stand below a file inherits nothing from it.
      expect(await policyAt("/a/b/f/below")).toMatchObject({ copies: 4 });
    });

    it("policies that change leave other fields alone, and null inherits again", async () => {
      const { engine, ann, policyAt } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/a"), setPolicy("/a", { copies: 3, retentionMs: HOUR_MS }));
      await ann.commit(setPolicy("/a", { copies: 5 }));
      expect(await policyAt("/a")).toMatchObject({ copies: 5, retentionMs: HOUR_MS });
      await ann.commit(setPolicy("/a", { copies: null }));
      const { from, ...policy } = await policyAt("/a");
      expect(policy).toEqual({ ...DEFAULT_POLICY, retentionMs: HOUR_MS });
      expect(from).toEqual({ retentionMs: "/a" });
      await ann.commit(setPolicy("/a", { retentionMs: null }));
      expect(await policyAt("/a")).toEqual({ ...DEFAULT_POLICY, from: {} });
    });

    it("a policy goes along with move, stays under put, ends with remove, is not copied", async () => {
      const { engine, ann, copiesAt } = await world();
      await using _ = engine;
      await ann.put("/d/f");
      await ann.commit(setPolicy("/d", { copies: 2 }), setPolicy("/d/f", { copies: 3 }));
      await ann.put("/d/f", "again");
      expect(await copiesAt("/d", "/d/f", "/d/g")).toEqual([2, 3, 2]);
      await ann.commit(copy("/e", "/d"), copy("/d/g", "/d/f"));
      expect(await copiesAt("/e", "/e/f", "/d/g")).toEqual([1, 1, 2]);
      await ann.commit(move("/d", "/m"));
      expect(await copiesAt("/d", "/m", "/m/f", "/m/g")).toEqual([1, 2, 3, 2]);
      await ann.commit(move("/m/f", "/x/y"));
      expect(await copiesAt("/m/f", "/x/y", "/x")).toEqual([2, 3, 1]);
      await ann.commit(remove("/x/y"), remove("/m"));
      await ann.put("/x/y");
      await ann.put("/m/f");
      expect(await copiesAt("/x/y", "/m", "/m/f")).toEqual([1, 1, 1]);
    });

    it("a policy of a file that another is moved over stays, unless that brings its own", async () => {
      const { engine, ann, copiesAt } = await world();
      await using _ = engine;
      const file = await ann.file(["x"]);
      await ann.commit(put("/f", file), put("/new", file), put("/own", file));
      await ann.commit(setPolicy("/f", { copies: 3 }), setPolicy("/own", { copies: 5 }));
      await ann.commit(move("/new", "/f"));
      expect(await copiesAt("/f")).toEqual([3]);
      await ann.commit(move("/own", "/f"));
      expect(await copiesAt("/f", "/own")).toEqual([5, 1]);
    });

    it("a policy is a commit like any other: whole, in order, logged, nothing when nothing changes", async () => {
      const { engine, ann, copiesAt } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/a/b"), mkdir("/c"));
      await expectCode(ann.commit(setPolicy("/a", { copies: 3 }), remove("/none")), "not-found");
      expect(await copiesAt("/a")).toEqual([1]);
      await expectCode(ann.commit(setPolicy("/none", { copies: 3 })), "not-found");
      await expectCode(ann.commit(setPolicy("/a", { copies: 33 })), "bad-request");
      expect(await ann.commit(setPolicy("/a/b", { copies: 3 }))).toMatchObject({ revision: 2 });
      expect(await ann.commit(setPolicy("/a/b", { copies: 3 }))).toMatchObject({ revision: 2 });
      expect(await ann.commit(setPolicy("/a/b", {}))).toMatchObject({ revision: 2 });
      const log = await engine.log({ path: at("/a") });
      expect(log[0]).toMatchObject({ revision: 2, summary: "policy /a/b" });
      expect(await engine.log({ path: at("/c") })).toEqual([]);
      const when = { revision: 9 as never };
      await expectCode(ann.commit({ ...setPolicy("/a", { copies: 2 }), when }), "conflict");
    });

    it("a policy inside a claim, or of it, is its owner's or an admin's to set", async () => {
      const { engine, ann, bob, copiesAt } = await world();
      await using _ = engine;
      await ann.commit(mkdir("/top/share/in"), claim("/top/share"));
      for (const path of ["/top/share", "/top/share/in"]) {
        await expectCode(bob.commit(setPolicy(path, { copies: 0 })), "owned");
        await ann.commit(setPolicy(path, { copies: 2 }));
        const root = new TestWriter(engine, `root of ${path}`, { admin: true });
        await root.commit(setPolicy(path, { copies: 4 }));
      }
      expect(await copiesAt("/top", "/top/share", "/top/share/in")).toEqual([1, 4, 4]);
      await bob.commit(setPolicy("/top", { copies: 7 }));
    });
  });
}
