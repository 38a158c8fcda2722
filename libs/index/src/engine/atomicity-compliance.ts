/** That commits are whole, and in one order, on any engine. */
import { describe, expect, it } from "vitest";
import { ROOT_DIR } from "@goliath/protocols/nouns";
import type { Revision } from "@goliath/protocols/nouns";
import { engineInit, type EngineUnderTest } from "./testing/test-engine.ts";
import { at, put, TestWriter } from "./testing/test-writer.ts";

export function atomicityCompliance(name: string, { open }: EngineUnderTest): void {
  const world = async () => {
    const engine = await open(engineInit());
    return { engine, ann: new TestWriter(engine, "ann"), bob: new TestWriter(engine, "bob") };
  };

  describe(`${name} atomicity`, () => {
    it("commit with the same precondition succeeds for exactly one of two writers", async () => {
      const { engine, ann, bob } = await world();
      await using _ = engine;
      await ann.put("/f");
      const when = { revision: 1 as Revision };
      const race = [ann, bob].map(async (writer) => {
        const file = await writer.file([writer.peer]);
        return writer.commit({ op: "put", path: at("/f"), file, when });
      });
      const results = await Promise.allSettled(race);
      expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      const refused = results.find((result) => result.status === "rejected");
      expect(refused?.reason).toMatchObject({ code: "conflict" });
    });

    it("commit is seen whole or not at all by readers meanwhile", async () => {
      const { engine, ann } = await world();
      await using _ = engine;
      const file = await ann.file(["x"]);
      await ann.commit(put("/seed", file));
      const count = 300;
      const seen = new Set<number>();
      let going = true;
      const reader = (async () => {
        while (going) seen.add((await engine.list({ where: { dir: ROOT_DIR } })).entries.length);
      })();
      for (let round = 0; round < 3; round++) {
        const paths = Array.from({ length: count }, (_, i) => `/${round}-${i}`);
        await ann.commit(...paths.map((path) => put(path, { ...file, mtimeMs: round })));
      }
      going = false;
      await reader;
      for (const names of seen) expect((names - 1) % count).toBe(0);
      expect((await engine.list({ where: { dir: ROOT_DIR } })).entries.length).toBe(3 * count + 1);
    });
  });
}
