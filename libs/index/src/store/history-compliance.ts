/** Revisions, the feed, commits remembered and records, on any store. */
import { describe, expect, it } from "vitest";
import { digestOf, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { Batch, IndexStore } from "./index-store.ts";
import { apply, hex, NAMES, one, PEER, revise } from "./testing/store-world.ts";
import type { OpenedStore } from "./testing/store-world.ts";

export function historyCompliance(name: string, opened: OpenedStore): void {
  describe(`${name} history`, () => {
    const logged = (revision: number, touched: number[], names_: string[] = ["x"]): Batch => ({
      revision: {
        revision: revision as Revision,
        atMs: revision * 10,
        runMs: revision * 100,
        peer: PEER,
        changes: names_.length,
        summary: `put /${revision}`,
        note: "",
      },
      touched: touched as DirId[],
      feed: [
        { dir: touched[0] as DirId, line: touched as DirId[], names: names_ },
        { dir: 99 as DirId, line: [99, ROOT_DIR] as DirId[], names: ["elsewhere"] },
      ],
    });
    const three = async (): Promise<IndexStore> => {
      const store = await opened();
      await revise(store, {}, logged(1, [5, 1]));
      await revise(store, {}, logged(2, [6, 1]));
      await revise(store, {}, logged(3, [7, 5, 1], NAMES.slice(1)));
      return store;
    };

    it("revisions come newest first, all or by directory", async () => {
      await using store = await three();
      const numbers = async (request: { dir?: DirId; before?: Revision; limit: number }) =>
        (await one(store, (r) => r.revisions(request))).map(({ revision }) => revision);
      expect(await numbers({ limit: 10 })).toEqual([3, 2, 1]);
      expect(await numbers({ limit: 1, before: 3 as Revision })).toEqual([2]);
      expect(await numbers({ limit: 10, dir: 5 as DirId })).toEqual([3, 1]);
      expect(await numbers({ limit: 10, dir: 5 as DirId, before: 3 as Revision })).toEqual([1]);
      const [row] = await one(store, (r) => r.revisions({ limit: 1 }));
      expect(row).toEqual(logged(3, [7], NAMES.slice(1)).revision);
    });

    it("feed gives the groups inside a directory, after a revision, up to a limit", async () => {
      await using store = await three();
      const feed = (dir: number, from: number, limit = 1000) =>
        one(store, (r) => r.feed({ dir: dir as DirId, from: from as Revision, limit }));
      const inside = await feed(5, 0);
      expect(inside).toEqual([
        { revision: 1, atMs: 10, groups: [{ dir: 5, line: [5, 1], names: ["x"] }] },
        { revision: 3, atMs: 30, groups: [{ dir: 7, line: [7, 5, 1], names: NAMES.slice(1) }] },
      ]);
      expect((await feed(5, 1)).map(({ revision }) => revision)).toEqual([3]);
      expect((await feed(1, 0, 1)).map(({ revision }) => revision)).toEqual([1]);
      expect(await feed(4, 0)).toEqual([]);
    });

    it("feed keeps groups of any length", async () => {
      await using store = await opened();
      const many = Array.from({ length: 3000 }, (_, i) => `name ${i}`);
      await revise(store, {}, logged(1, [5, 1], many));
      const [row] = await one(store, (r) =>
        r.feed({ dir: 5 as DirId, from: 0 as Revision, limit: 9 }),
      );
      expect(row?.groups.flatMap((group) => group.names)).toEqual(many);
    });

    it("writer remembers commits until they are forgotten", async () => {
      await using store = await opened();
      const done = (number: number) => ({
        peer: PEER,
        number,
        digest: digestOf(Buffer.from(`${number}`)) as Uint8Array,
        revision: 0 as Revision,
        atMs: number,
      });
      const state = async (number: number) => {
        const found = await one(store, (r) => r.writer(PEER, number));
        return [found.done?.number, found.floor, found.first?.number];
      };
      expect(await state(4)).toEqual([undefined, -1, undefined]);
      await apply(store, { done: done(4) });
      await apply(store, { done: done(8) });
      expect(await state(4)).toEqual([4, -1, 4]);
      expect(await state(5)).toEqual([undefined, -1, 4]);
      await apply(store, { forget: { peer: PEER, number: 4 } });
      expect(await state(4)).toEqual([undefined, 4, 8]);
      const { done: row } = await one(store, (r) => r.writer(PEER, 8));
      expect(row && { ...row, digest: hex(row.digest) }).toEqual({
        ...done(8),
        digest: hex(done(8).digest),
      });
    });
  });

  describe(`${name} records`, () => {
    it("records are set, found by prefix in order, and deleted", async () => {
      await using store = await opened();
      const value = (text: string): Uint8Array => new TextEncoder().encode(text);
      for (const key of ["m/b", "m/a", "n", "m", "m/\u{1f600}"]) {
        await apply(store, { record: { key, value: value(key) } });
      }
      await apply(store, { record: { key: "m/a", value: value("again") } });
      const found = await one(store, (r) => r.records("m/", 10));
      expect(found.map(({ key, value: bytes }) => [key, new TextDecoder().decode(bytes)])).toEqual([
        ["m/a", "again"],
        ["m/b", "m/b"],
        ["m/\u{1f600}", "m/\u{1f600}"],
      ]);
      expect(await one(store, (r) => r.records("m/", 1))).toHaveLength(1);
      await apply(store, { record: { key: "m/a", value: undefined } });
      expect(await one(store, (r) => r.record("m/a"))).toBeUndefined();
      expect(await one(store, (r) => r.record("n"))).toBeDefined();
    });
  });
}
