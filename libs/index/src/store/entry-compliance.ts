/** Names, directories and their past, on any store. */
import { describe, expect, it } from "vitest";
import { ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkId, DirId, Revision } from "@goliath/protocols/nouns";
import { emptyDir } from "./first-head.ts";
import type { DirRow, EntryRow, FileContent } from "./index-store.ts";
import { compareNames } from "./name-order.ts";
import {
  apply,
  CHUNK_BYTES,
  DRIVE,
  file,
  NAMES,
  names,
  one,
  PEER,
  revise,
} from "./testing/store-world.ts";
import type { OpenedStore } from "./testing/store-world.ts";

export function entryCompliance(name: string, opened: OpenedStore): void {
  describe(`${name} entries`, () => {
    it("head starts at revision 0 with an empty root", async () => {
      await using store = await opened();
      const head = await one(store, (reader) => reader.head());
      expect(head).toMatchObject({ drive: DRIVE, chunkBytes: CHUNK_BYTES, revision: 0, oldest: 0 });
      const [root] = await one(store, (reader) => reader.dirs([ROOT_DIR]));
      expect(root).toEqual(
        emptyDir({ dir: ROOT_DIR, parent: ROOT_DIR, name: "", made: 0 as Revision }),
      );
      expect(await names(store, { limit: 10 })).toEqual([]);
    });

    it("entries keeps every content exactly", async () => {
      await using store = await opened();
      const extents = [
        { first: (2 ** 52) as ChunkId, count: 1, bytes: 7 },
        { first: 9 as ChunkId, count: 300, bytes: 300 * CHUNK_BYTES },
      ];
      const contents = {
        plain: file(3),
        program: file(4),
        empty: file(5, 0),
        huge: file(2 ** 40, 2 ** 50),
        pieces: { ...file(7), extents, size: 7 + 300 * CHUNK_BYTES },
        folder: { kind: "dir" as const, dir: 77 as DirId },
      };
      const revision = await revise(store, contents);
      const keys = Object.keys(contents).map((key) => ({ dir: ROOT_DIR, name: key }));
      const rows = await one(store, (reader) => reader.entries(keys));
      for (const [i, content] of Object.values(contents).entries()) {
        expect(plain(rows[i])).toEqual({ ...keys[i], revision, content });
      }
      expect(await one(store, (r) => r.entries([{ dir: 5 as DirId, name: "plain" }]))).toEqual([
        undefined,
      ]);
    });

    it("entries tells what stood in each revision", async () => {
      await using store = await opened();
      const r1 = await revise(store, { a: file(1) });
      const r2 = await revise(store, { a: file(2), b: file(3) });
      const r3 = await revise(store, { a: undefined });
      const r4 = await revise(store, { a: file(4) });
      const firsts = async (at?: Revision): Promise<(number | undefined)[]> => {
        const keys = ["a", "b"].map((key) => ({ dir: ROOT_DIR, name: key }));
        const rows = await one(store, (reader) => reader.entries(keys, at));
        return rows.map((row) =>
          row?.content.kind === "file" ? row.content.extents[0]?.first : undefined,
        );
      };
      expect(await firsts(0 as Revision)).toEqual([undefined, undefined]);
      expect(await firsts(r1)).toEqual([1, undefined]);
      expect(await firsts(r2)).toEqual([2, 3]);
      expect(await firsts(r3)).toEqual([undefined, 3]);
      expect(await firsts(r4)).toEqual([4, 3]);
      expect(await firsts()).toEqual([4, 3]);
    });

    it("list pages in byte order of the names, now and then", async () => {
      await using store = await opened();
      const all = NAMES.slice(1);
      const r1 = await revise(store, Object.fromEntries(all.map((key, i) => [key, file(i)])));
      const kept = all.filter((_, i) => i % 3 !== 0);
      const gone = all.filter((_, i) => i % 3 === 0);
      await revise(store, Object.fromEntries(gone.map((key) => [key, undefined])));
      await revise(store, { "a!": file(50) });
      const bytes = (text: string): Buffer => Buffer.from(text);
      const sorted = all.toSorted((a, b) => Buffer.compare(bytes(a), bytes(b)));
      expect(all.toSorted(compareNames)).toEqual(sorted);
      for (const limit of [1, 2, 5, 1000]) {
        expect(await names(store, { at: r1, limit })).toEqual(sorted);
        expect(await names(store, { limit })).toEqual([...kept, "a!"].toSorted(compareNames));
        expect(await names(store, { at: 0 as Revision, limit })).toEqual([]);
      }
    });

    it("list looks at a bounded number of names and goes on where it stopped", async () => {
      await using store = await opened();
      const r1 = await revise(store, { "0": file(1), zz: file(2) });
      const many = Array.from({ length: 10_000 }, (_, i) => [`n${i}`, file(i)]);
      await revise(store, Object.fromEntries(many));
      await revise(store, { n5: undefined, "0": undefined });
      const first = await one(store, (r) => r.list({ dir: ROOT_DIR, at: r1, limit: 1000 }));
      expect(first.rows.map((row) => row.name)).toEqual(["0"]);
      expect(first.next).toBeDefined();
      expect(await names(store, { at: r1, limit: 1000 })).toEqual(["0", "zz"]);
    });
  });

  describe(`${name} directories`, () => {
    const dir = (id: number, more: Partial<DirRow> = {}): DirRow => ({
      ...emptyDir({ dir: id as DirId, parent: ROOT_DIR, name: `d${id}`, made: 1 as Revision }),
      ...more,
    });

    it("dirs keeps rows, and claims those with an owner", async () => {
      await using store = await opened();
      const rows = [
        dir(2, { files: 3, bytes: 2 ** 50, claims: 1, height: 4, reach: 200 }),
        dir(3, { owner: PEER, claims: 1 }),
        dir(4, { owner: PEER, gone: 1 as Revision }),
      ];
      await apply(store, { dirs: rows });
      expect(await one(store, (r) => r.dirs([3, 9, 2] as DirId[]))).toEqual([
        rows[1],
        undefined,
        rows[0],
      ]);
      expect(await one(store, (r) => r.claims())).toEqual([rows[1]]);
      await apply(store, { dirs: [dir(3)] });
      expect(await one(store, (r) => r.claims())).toEqual([]);
    });

    it("places tells where a directory stood", async () => {
      await using store = await opened();
      const id = 2 as DirId;
      await apply(store, {
        dirs: [dir(2, { parent: 8 as DirId, name: "new", gone: 9 as Revision })],
      });
      await apply(store, {
        places: [
          { dir: id, until: 3 as Revision, parent: 5 as DirId, name: "first" },
          { dir: id, until: 6 as Revision, parent: 7 as DirId, name: "second" },
        ],
      });
      const at = async (revision: number): Promise<unknown> => {
        const [place] = await one(store, (r) => r.places([id], revision as Revision));
        return place && [place.parent, place.name];
      };
      expect(await at(0)).toBeUndefined();
      expect(await at(1)).toEqual([5, "first"]);
      expect(await at(2)).toEqual([5, "first"]);
      expect(await at(3)).toEqual([7, "second"]);
      expect(await at(8)).toEqual([8, "new"]);
      expect(await at(9)).toBeUndefined();
    });
  });
}

/** Bytes as plain arrays, whatever class a store returns them in. */
function plain(row: EntryRow | undefined): EntryRow | undefined {
  if (row?.content.kind !== "file") return row;
  const root = Uint8Array.from(row.content.root) as FileContent["root"];
  return {
    ...row,
    content: { ...row.content, root: Buffer.from(root) as Uint8Array as typeof root },
  };
}
