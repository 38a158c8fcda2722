/** Policies, sweeps, the end of the past and of chunks, on any store. */
import { describe, expect, it } from "vitest";
import { digestOf, ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkId, DirId, LeaseId, Policy, Revision } from "@goliath/protocols/nouns";
import { emptyDir } from "./first-head.ts";
import type { Batch } from "./index-store.ts";
import { apply, file, hex, one, PEER, revise } from "./testing/store-world.ts";
import type { OpenedStore } from "./testing/store-world.ts";

const rev = (revision: number): Revision => revision as Revision;
const dirId = (dir: number): DirId => dir as DirId;

export function upkeepCompliance(name: string, opened: OpenedStore): void {
  describe(`${name} policies`, () => {
    const whole: Policy = { copies: 0, retentionMs: 3_600_000, prefer: ["a=b", "c=d"], avoid: [] };

    it("policies keeps every field, and the fields that are inherited apart", async () => {
      await using store = await opened();
      const all: Policy[] = [whole, {}, { copies: 32 }, { prefer: [] }, { retentionMs: 2 ** 40 }];
      const keys = all.map((_, i) => ({ dir: ROOT_DIR, name: `n${i}` }));
      const policies = all.map((now, i) => ({ ...keys[i]!, now, ended: undefined }));
      await revise(store, {}, { policies });
      expect(await one(store, (r) => r.policies(keys))).toEqual(all);
      expect(await one(store, (r) => r.policies([{ dir: dirId(9), name: "n0" }]))).toEqual([
        undefined,
      ]);
      expect(await one(store, (r) => r.hasPolicies(ROOT_DIR))).toBe(true);
      expect(await one(store, (r) => r.hasPolicies(dirId(9)))).toBe(false);
    });

    it("policies tells which was in force when something ended, and forgets it with that", async () => {
      await using store = await opened();
      const key = { dir: ROOT_DIR, name: "n" };
      const at = async (until?: number) => {
        const asked = { ...key, ...(until !== undefined && { until: rev(until) }) };
        return (await one(store, (r) => r.policies([asked])))[0]?.copies;
      };
      const write = (now: number | undefined, ended: number | undefined) => {
        const of = (copies: number | undefined) => (copies === undefined ? undefined : { copies });
        return { policies: [{ ...key, now: of(now), ended: of(ended) }] };
      };
      await revise(store, { n: file(1) }, write(1, undefined));
      await revise(store, { n: undefined }, write(undefined, 1));
      await revise(store, { n: file(2) }, write(5, undefined));
      await revise(store, { n: undefined }, write(undefined, 5));
      await revise(store, { n: file(3) }, write(7, undefined));
      expect([await at(1), await at(2), await at(3), await at(4), await at(5), await at()]).toEqual(
        [1, 1, 5, 5, 7, 7],
      );
      await apply(store, { pruned: [{ ...key, until: rev(2) }] });
      expect([await at(1), await at(4), await at()]).toEqual([5, 5, 7]);
      expect(await one(store, (r) => r.entries([key], rev(1)))).toEqual([undefined]);
      expect(await one(store, (r) => r.entries([key], rev(3)))).toMatchObject([{ revision: 3 }]);
    });

    it("retentions tells every name with one, in force or ended, and the longest", async () => {
      await using store = await opened();
      expect(await one(store, (r) => r.longestRetention())).toBeUndefined();
      const key = (text: string) => ({ dir: ROOT_DIR, name: text });
      await revise(
        store,
        {},
        {
          policies: [
            { ...key("a"), now: { copies: 2 }, ended: { retentionMs: 9 } },
            { ...key("b"), now: { retentionMs: 7 }, ended: undefined },
          ],
        },
      );
      const rows = await one(store, (r) => r.retentions(10));
      expect(rows).toEqual([
        { ...key("a"), retentionMs: 9 },
        { ...key("b"), retentionMs: 7 },
      ]);
      expect(await one(store, (r) => r.retentions(1))).toHaveLength(1);
      expect(await one(store, (r) => r.longestRetention())).toBe(9);
    });
  });

  describe(`${name} sweeps`, () => {
    const inDirs = async () => {
      const store = await opened();
      await revise(store, { b: file(1), a: file(2) });
      await revise(store, { a: file(3), "\u{1f600}": file(4) }, { dir: dirId(7) });
      await revise(store, { a: file(5), b: undefined });
      await revise(store, { a: file(6) }, { dir: dirId(7) });
      return store;
    };

    it("entriesAfter and pastAfter pass over every row once, in order", async () => {
      await using store = await inDirs();
      for (const limit of [1, 2, 10]) {
        const live: string[] = [];
        let after = { dir: dirId(0), name: "" };
        for (;;) {
          const rows = await one(store, (r) => r.entriesAfter(after, limit));
          live.push(...rows.map((row) => `${row.dir}/${row.name}@${row.revision}`));
          if (rows.length < limit) break;
          after = rows.at(-1)!;
        }
        expect(live).toEqual(["1/a@3", "7/a@4", "7/\u{1f600}@2"]);
        const past: string[] = [];
        let from = { dir: dirId(0), name: "", until: rev(0) };
        for (;;) {
          const rows = await one(store, (r) => r.pastAfter(from, limit));
          past.push(...rows.map((row) => `${row.dir}/${row.name}@${row.revision}-${row.until}`));
          if (rows.length < limit) break;
          from = rows.at(-1)!;
        }
        expect(past).toEqual(["1/a@1-3", "1/b@1-3", "7/a@2-4"]);
      }
    });

    it("since tells what stands under a name and what ended there after a revision", async () => {
      await using store = await inDirs();
      await revise(store, { a: file(7) });
      const key = { dir: ROOT_DIR, name: "a" };
      const revisions = async (from: number) =>
        (await one(store, (r) => r.since([key], rev(from)))).map(({ revision }) => revision);
      expect((await revisions(0)).toSorted()).toEqual([1, 3, 5]);
      expect((await revisions(3)).toSorted()).toEqual([3, 5]);
      expect(await revisions(5)).toEqual([5]);
      expect(await one(store, (r) => r.since([{ ...key, name: "none" }], rev(0)))).toEqual([]);
    });

    it("changedAfter tells all names by revision, those in removed directories too", async () => {
      await using store = await opened();
      const many = Array.from({ length: 2500 }, (_, i) => `n${i}`);
      const feed = (...groups: [number, string[]][]) => ({
        feed: groups.map(([dir, names]) => ({ dir: dirId(dir), line: [], names })),
      });
      await revise(store, {}, { ...logged(1), ...feed([4, many]) });
      await revise(store, {}, { ...logged(2), ...feed([5, ["x"]], [6, ["y"]]) });
      const found: string[] = [];
      let position = { revision: rev(0), part: 0 };
      for (;;) {
        const [part] = await one(store, (r) => r.changedAfter(position, 1));
        if (!part) break;
        position = part;
        for (const { dir, names } of part.groups) {
          found.push(...names.map((one_) => `${part.revision}/${dir}/${one_}`));
        }
      }
      expect(found).toEqual([...many.map((text) => `1/4/${text}`), "2/5/x", "2/6/y"]);
      const later = await one(store, (r) =>
        r.changedAfter({ revision: rev(1), part: Number.MAX_SAFE_INTEGER }, 9),
      );
      expect(new Set(later.map(({ revision }) => revision))).toEqual(new Set([2]));
    });
  });

  describe(`${name} forgetting`, () => {
    it("revisionBy finds the newest revision made by a running time", async () => {
      await using store = await opened();
      expect(await one(store, (r) => r.revisionBy(9e9))).toBe(0);
      for (const revision of [1, 2, 3, 4, 5])
        await revise(store, {}, logged(revision, revision * 10));
      await apply(store, { forgotten: { below: rev(3), limit: 1 } });
      expect(await one(store, (r) => r.revisionBy(29))).toBe(2);
      await apply(store, { forgotten: { below: rev(3), limit: 10 } });
      const by = async (runMs: number) => one(store, (r) => r.revisionBy(runMs));
      expect([await by(0), await by(29), await by(30), await by(44), await by(9e9)]).toEqual([
        0, 0, 3, 4, 5,
      ]);
      expect((await one(store, (r) => r.revisions({ limit: 9 }))).map((r) => r.revision)).toEqual([
        5, 4, 3,
      ]);
    });

    it("pastOf gives one directory's past in order, and pruned takes single rows", async () => {
      await using store = await opened();
      for (const first of [1, 2, 3]) await revise(store, { a: file(first), b: file(first) });
      await revise(store, { c: file(1) }, { dir: dirId(5) });
      const rows = await one(store, (r) => r.pastOf(ROOT_DIR, { name: "", until: rev(0) }, 10));
      const told = rows.map((row) => `${row.name}${row.until}`);
      expect(told).toEqual(["a2", "a3", "b2", "b3"]);
      const rest = await one(store, (r) => r.pastOf(ROOT_DIR, { name: "a", until: rev(3) }, 1));
      expect(rest).toMatchObject([{ name: "b", until: 2, revision: 1 }]);
      await apply(store, { pruned: [{ dir: ROOT_DIR, name: "b", until: rev(2) }] });
      const left = await one(store, (r) => r.pastOf(ROOT_DIR, { name: "", until: rev(0) }, 10));
      expect(left.map((row) => `${row.name}${row.until}`)).toEqual(["a2", "a3", "b3"]);
    });

    it("clear and drop take a directory with all that is in it, in steps", async () => {
      await using store = await opened();
      const dir = dirId(7);
      const row = { ...emptyDir({ dir, parent: ROOT_DIR, name: "d", made: rev(1) }), kept: rev(4) };
      await revise(store, { a: file(1), b: file(2), c: file(3) }, { dir, dirs: [row] });
      await revise(store, { a: file(4), b: undefined }, { dir, ...logged(2), touched: [dir] });
      const place = { dir, until: rev(2), parent: ROOT_DIR, name: "e" };
      const policy = { dir, name: "a", now: { copies: 3 }, ended: undefined };
      await apply(store, { places: [place], policies: [policy] });
      await revise(store, { mine: file(9) }, logged(3));
      expect(await one(store, (r) => r.dirsAfter(ROOT_DIR, 9))).toEqual([row]);
      expect(await one(store, (r) => r.touchedUpTo({ dir, upTo: rev(9), limit: 9 }))).toEqual([2]);
      let steps = 0;
      for (; await one(store, (r) => r.hasRows(dir)); steps++) {
        await apply(store, { clear: { dir, limit: 1 } });
      }
      expect(steps).toBe(2);
      await apply(store, { drop: [dir] });
      expect(await one(store, (r) => r.dirsAfter(dirId(0), 9))).toMatchObject([{ dir: ROOT_DIR }]);
      expect(await one(store, (r) => r.entriesAfter({ dir: dirId(0), name: "" }, 9))).toHaveLength(
        1,
      );
      expect(await one(store, (r) => r.policies([policy]))).toEqual([undefined]);
    });

    it("untouch forgets where a directory stood and what touched it, up to a revision", async () => {
      await using store = await opened();
      const dir = dirId(7);
      const row = emptyDir({ dir, parent: ROOT_DIR, name: "d", made: rev(0) });
      for (const revision of [1, 2, 3]) {
        await revise(store, {}, { ...logged(revision), touched: [dir, ROOT_DIR] });
      }
      const place = (until: number) => ({
        dir,
        until: rev(until),
        parent: ROOT_DIR,
        name: `${until}`,
      });
      await apply(store, { dirs: [row], places: [place(1), place(3)] });
      await apply(store, { untouch: { dir, upTo: rev(2) } });
      const log = await one(store, (r) => r.revisions({ dir, limit: 9 }));
      expect(log.map(({ revision }) => revision)).toEqual([3]);
      expect(await one(store, (r) => r.revisions({ dir: ROOT_DIR, limit: 9 }))).toHaveLength(3);
      expect(await one(store, (r) => r.places([dir], rev(0)))).toMatchObject([{ name: "3" }]);
      expect(await one(store, (r) => r.placesOf(dir, 9))).toMatchObject([{ until: 3, name: "3" }]);
    });
  });

  describe(`${name} chunks given up`, () => {
    const sums = (...ids: number[]): Uint8Array =>
      Buffer.concat(ids.map((id) => digestOf(Buffer.from(`${id}`))));
    const run = (first: number, count: number) => ({ first: first as ChunkId, count });

    it("segments finds those that overlap, and recut replaces them", async () => {
      await using store = await opened();
      const segment = (...ids: number[]) => ({ first: ids[0] as ChunkId, sums: sums(...ids) });
      await apply(store, { digests: [segment(10, 11, 12), segment(13, 14), segment(20)] });
      const firsts = async (first: number, count: number, limit = 9) =>
        (await one(store, (r) => r.segments(run(first, count), limit))).map((s) => s.first);
      expect(await firsts(12, 1)).toEqual([10]);
      expect(await firsts(12, 9)).toEqual([10, 13, 20]);
      expect(await firsts(12, 9, 1)).toEqual([10]);
      expect(await firsts(15, 5)).toEqual([]);
      expect(await firsts(0, 10)).toEqual([]);
      await apply(store, {
        recut: { remove: [10, 20] as ChunkId[], add: [segment(10), segment(12)] },
      });
      const found = await one(store, (r) =>
        r.sums([run(10, 1), run(11, 1), run(12, 3), run(20, 1)]),
      );
      expect(found.map(hex)).toEqual([hex(sums(10)), undefined, hex(sums(12, 13, 14)), undefined]);
    });

    it("digestRuns tells what has digests, in order, from an id on", async () => {
      await using store = await opened();
      const segment = (...ids: number[]) => ({ first: ids[0] as ChunkId, sums: sums(...ids) });
      await apply(store, { digests: [segment(20), segment(10, 11, 12), segment(13, 14)] });
      const found = async (first: number, limit = 9) =>
        one(store, (r) => r.digestRuns(first as ChunkId, limit));
      expect(await found(0)).toEqual([run(10, 3), run(13, 2), run(20, 1)]);
      expect(await found(13, 1)).toEqual([run(13, 2)]);
      expect(await found(21)).toEqual([]);
    });

    it("leasesIn finds the leases that overlap a run, in order", async () => {
      await using store = await opened();
      const lease = (id: number, first: number) => {
        return { lease: id as LeaseId, peer: PEER, ...run(first, 10), expiresAtMs: id };
      };
      await apply(store, { leases: [lease(3, 40), lease(1, 10), lease(2, 20)] });
      const found = async (first: number, count: number, limit = 9) =>
        (await one(store, (r) => r.leasesIn(run(first, count), limit))).map((row) => row.lease);
      expect(await found(19, 1)).toEqual([1]);
      expect(await found(19, 22)).toEqual([1, 2, 3]);
      expect(await found(0, 100, 2)).toEqual([1, 2]);
      expect(await found(30, 10)).toEqual([]);
    });

    it("quarantine keeps its runs", async () => {
      await using store = await opened();
      await apply(store, { quarantined: [run(2 ** 40, 5)] });
      await apply(store, { quarantined: [run(3, 4)] });
      expect(await one(store, (r) => r.quarantine())).toEqual([run(3, 4), run(2 ** 40, 5)]);
    });
  });
}

function logged(revision: number, runMs = 0): Batch {
  const row = { revision: rev(revision), atMs: 0, runMs, peer: PEER, changes: 0 };
  return { revision: { ...row, summary: "", note: "" } };
}
