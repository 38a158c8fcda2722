/** What every `IndexStore` must do. A new store's test opens it and calls this. */
import { describe, expect, it } from "vitest";
import { digestOf, GoliathError, ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkId, DirId, DriveId, LeaseId, PeerId, Revision } from "@goliath/protocols/nouns";
import { emptyDir } from "./first-head.ts";
import type {
  Batch,
  DirRow,
  EntryRow,
  EntryWrite,
  FileContent,
  Head,
  IndexStore,
  StoreReader,
} from "./index-store.ts";
import { compareNames } from "./name-order.ts";

export interface StoreUnderTest {
  /** Opens an empty store of this drive. */
  open: (init: { drive: DriveId; chunkBytes: number }) => Promise<IndexStore>;
}

const DRIVE = "drive" as DriveId;
const PEER = "peer" as PeerId;
const CHUNK_BYTES = 4096;
/** One more code unit than any UTF-16 order would forgive: U+FF5E sorts before U+1F600 in UTF-8. */
const NAMES = [
  "",
  "a",
  "a ",
  "a.b",
  "ab",
  "b",
  "z",
  "é",
  "日本",
  "\uff5e",
  "\u{1f600}",
  "\u{10fffd}",
];

function file(first: number, size = 5000): FileContent {
  const count = Math.ceil(size / CHUNK_BYTES);
  return {
    kind: "file",
    root: digestOf(Buffer.from(`${first}`)),
    extents: size > 0 ? [{ first: first as ChunkId, count, bytes: size }] : [],
    size,
    mtimeMs: -first,
    executable: first % 2 === 0,
  };
}

/** Applies one batch as one job, and throws what it threw. */
async function apply(store: IndexStore, batch: Batch): Promise<void> {
  const [result] = await store.write([(transaction) => transaction.apply(batch)]);
  if (result?.status === "rejected") throw result.reason;
}

/** Makes the next revision out of new contents by name; undefined removes. */
async function revise(
  store: IndexStore,
  contents: Record<string, EntryWrite["now"]>,
  { dir = ROOT_DIR, ...more }: Batch & { dir?: DirId } = {},
): Promise<Revision> {
  return store
    .read(async (reader) => {
      const head = await reader.head();
      const names = Object.keys(contents);
      const before = await reader.entries(names.map((name) => ({ dir, name })));
      const entries = names.map((name, i) => ({
        dir,
        name,
        before: before[i],
        now: contents[name],
      }));
      const revision = (head.revision + 1) as Revision;
      return { revision, batch: { ...more, entries, head: { ...head, revision } } };
    })
    .then(async ({ revision, batch }) => {
      await apply(store, batch);
      return revision;
    });
}

async function names(
  store: IndexStore,
  request: { at?: Revision; limit: number },
): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await store.read((reader) =>
      reader.list({ dir: ROOT_DIR, ...request, ...(after !== undefined && { after }) }),
    );
    found.push(...page.rows.map(({ name }) => name));
    after = page.next;
  } while (after !== undefined);
  return found;
}

export function storeCompliance(name: string, { open }: StoreUnderTest): void {
  const opened = (): Promise<IndexStore> => open({ drive: DRIVE, chunkBytes: CHUNK_BYTES });
  const one = async <Result>(
    store: IndexStore,
    job: (reader: StoreReader) => Promise<Result>,
  ): Promise<Result> => store.read(job);

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

  describe(`${name} chunks`, () => {
    const sums = (...ids: number[]): Uint8Array =>
      Buffer.concat(ids.map((id) => digestOf(Buffer.from(`${id}`))));
    const hex = (bytes: Uint8Array | undefined): string | undefined =>
      bytes && Buffer.from(bytes).toString("hex");

    it("sums joins segments and knows gaps", async () => {
      await using store = await opened();
      await apply(store, {
        digests: [
          { first: 10 as ChunkId, sums: sums(10, 11) },
          { first: 12 as ChunkId, sums: sums(12) },
          { first: 20 as ChunkId, sums: sums(20, 21, 22) },
        ],
      });
      const run = (first: number, count: number) => ({ first: first as ChunkId, count });
      const runs = [
        run(10, 3),
        run(11, 1),
        run(21, 2),
        run(12, 2),
        run(9, 1),
        run(22, 2),
        run(11, 2),
      ];
      const found = await one(store, (r) => r.sums(runs));
      expect(found.map(hex)).toEqual([
        hex(sums(10, 11, 12)),
        hex(sums(11)),
        hex(sums(21, 22)),
        undefined,
        undefined,
        undefined,
        hex(sums(11, 12)),
      ]);
    });

    it("leases are found by id, peer, chunk and end", async () => {
      await using store = await opened();
      const lease = (id: number, first: number, expiresAtMs: number) => ({
        lease: id as LeaseId,
        peer: (id === 3 ? "other" : PEER) as PeerId,
        first: first as ChunkId,
        count: 10,
        expiresAtMs,
      });
      const [a, b, c] = [lease(1, 1, 50), lease(2, 11, 100), lease(3, 31, 100)];
      await apply(store, { leases: [a, b, c] });
      expect(await one(store, (r) => r.leases([2, 9] as LeaseId[]))).toEqual([b, undefined]);
      expect(await one(store, (r) => r.leasesOf(PEER))).toEqual([a, b]);
      const ids = [10, 11, 20, 21, 30, 40, 41] as ChunkId[];
      expect(await one(store, (r) => r.leasesAt(ids))).toEqual([
        a,
        b,
        b,
        undefined,
        undefined,
        c,
        undefined,
      ]);
      expect(await one(store, (r) => r.expired(49, 10))).toEqual([]);
      expect(await one(store, (r) => r.expired(50, 10))).toEqual([1]);
      expect(await one(store, (r) => r.expired(100, 2))).toHaveLength(2);
      await apply(store, { leases: [{ ...a, expiresAtMs: 200 }], ended: [2 as LeaseId] });
      expect(await one(store, (r) => r.expired(100, 10))).toEqual([3]);
      expect(await one(store, (r) => r.leases([2] as LeaseId[]))).toEqual([undefined]);
    });

    it("staged keeps a lease's segments in order until the lease ends", async () => {
      await using store = await opened();
      const lease = 1 as LeaseId;
      const read = async (): Promise<unknown[]> => {
        const found = await one(store, (r) => r.staged(lease));
        return found.map((segment) => [segment.first, hex(segment.sums)]);
      };
      const segment = (first: number) => ({ first: first as ChunkId, sums: sums(first) });
      await apply(store, { staged: { lease, remove: [], add: [segment(7), segment(5)] } });
      expect(await read()).toEqual([
        [5, hex(sums(5))],
        [7, hex(sums(7))],
      ]);
      await apply(store, { staged: { lease, remove: [5 as ChunkId], add: [segment(6)] } });
      expect(await read()).toEqual([
        [6, hex(sums(6))],
        [7, hex(sums(7))],
      ]);
      await apply(store, { ended: [lease] });
      expect(await read()).toEqual([]);
    });
  });

  describe(`${name} history`, () => {
    const logged = (revision: number, touched: number[], names_: string[] = ["x"]): Batch => ({
      revision: {
        revision: revision as Revision,
        atMs: revision * 10,
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

    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
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

  describe(`${name} transactions`, () => {
    it("write undoes a job that throws, and only that one", async () => {
      await using store = await opened();
      const before = await one(store, (r) => r.head());
      const job =
        (key: string, fails: boolean) =>
        async (transaction: {
          apply: (batch: Batch) => Promise<void>;
          head: () => Promise<Head>;
        }) => {
          const head = await transaction.head();
          const revision = (head.revision + 1) as Revision;
          const entry = { dir: ROOT_DIR, name: key, before: undefined, now: file(1) };
          const done = {
            peer: PEER,
            number: revision,
            digest: digestOf(Buffer.of()),
            revision,
            atMs: 1,
          };
          const record = { key, value: Buffer.from(key) };
          await transaction.apply({ head: { ...head, revision }, entries: [entry], done, record });
          if (fails) throw new GoliathError("conflict", "on purpose");
          return revision;
        };
      const results = await store.write([job("a", false), job("b", true), job("c", false)]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
      expect(results.map((r) => r.status === "fulfilled" && r.value)).toEqual([1, false, 2]);
      expect(await names(store, { limit: 10 })).toEqual(["a", "c"]);
      expect(await one(store, (r) => r.record("b"))).toBeUndefined();
      expect(before.revision).toBe(0);
    });

    it("read sees one state while writes go on", async () => {
      await using store = await opened();
      const seen: number[][] = [];
      const writes: Promise<unknown>[] = [];
      const reads: Promise<unknown>[] = [];
      for (let i = 0; i < 20; i++) {
        writes.push(
          revise(store, { [`a${i}`]: file(i), [`b${i}`]: file(i) }).catch(() => undefined),
        );
        reads.push(
          store.read(async (reader) => {
            const { revision } = await reader.head();
            const page = await reader.list({ dir: ROOT_DIR, limit: 1000 });
            const again = await reader.head();
            seen.push([page.rows.length % 2, again.revision - revision]);
          }),
        );
      }
      await Promise.all([...writes, ...reads]);
      expect(seen).toEqual(Array.from({ length: 20 }, () => [0, 0]));
    });

    it("read sees every write that was acknowledged before", async () => {
      await using store = await opened();
      for (let i = 0; i < 10; i++) {
        const revision = await revise(store, { [`n${i}`]: file(i) });
        expect((await one(store, (r) => r.head())).revision).toBe(revision);
      }
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
