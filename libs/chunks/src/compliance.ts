/**
 * What every chunk reader and chunk store must do, as tests. A new implementation calls
 * `describeChunkReader` or `describeChunkStore` from its own test file.
 */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHUNK_BYTES_MAX, digestOf } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, Digest } from "@goliath/protocols/nouns";
import { runsOfIds } from "./chunk-runs.ts";
import type { ChunkReader, ChunkStore, HoldingsChange } from "./chunk-store.ts";

/** The chunk size of readers under test: no chunk of the suite is longer. */
export const TEST_CHUNK_BYTES = 4096;
/** Rounds of random writes and drops; each opens a store of its own. */
const RANDOM_ROUNDS = 25;

export interface TestChunk {
  id: ChunkId;
  digest: Digest;
  bytes: Uint8Array;
}

/** A chunk whose bytes follow from its id, unless given. */
export function testChunk(id: number, bytes = bytesOf(id)): TestChunk {
  return { id: id as ChunkId, digest: digestOf(bytes), bytes };
}

function bytesOf(id: number): Uint8Array {
  return new Uint8Array(1 + ((id * 37) % TEST_CHUNK_BYTES)).fill(id % 251);
}

const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });
const HELD = [10, 11, 12, 20, 2 ** 40 + 5, 2 ** 40 + 6].map((id) => testChunk(id));
const HELD_RUNS = [run(10, 3), run(20, 1), run(2 ** 40 + 5, 2)];

/** `open` makes a reader that holds exactly these chunks. */
export function describeChunkReader(
  name: string,
  open: (chunks: readonly TestChunk[]) => Promise<{ reader: ChunkReader } & AsyncDisposable>,
): void {
  describe(`${name} as a chunk reader`, () => {
    it("has tells what is held", async () => {
      await using opened = await open(HELD);
      const ids = [9, 10, 12, 13, 20, 2 ** 40 + 4, 2 ** 40 + 5] as ChunkId[];
      const held = ids.filter((id) => opened.reader.has(id));
      expect(held).toEqual([10, 12, 20, 2 ** 40 + 5]);
    });

    it("held returns the held parts of unordered and overlapping runs", async () => {
      await using opened = await open(HELD);
      expect(opened.reader.held([run(12, 20), run(0, 12), run(11, 2)])).toEqual([
        run(10, 3),
        run(20, 1),
      ]);
      expect(opened.reader.held([run(0, Number.MAX_SAFE_INTEGER)])).toEqual(HELD_RUNS);
      expect(opened.reader.held([])).toEqual([]);
    });

    it("read returns the bytes of every held chunk", async () => {
      await using opened = await open(HELD);
      for (const { id, bytes } of HELD) {
        expect(Buffer.compare(await opened.reader.read(id), bytes)).toBe(0);
      }
    });

    it("read throws missing with the id", async () => {
      await using opened = await open(HELD);
      const read = opened.reader.read(13 as ChunkId);
      await expect(read).rejects.toMatchObject({ code: "missing", about: { id: 13 } });
    });

    it("read throws aborted when the caller gave up before", async () => {
      await using opened = await open(HELD);
      const read = opened.reader.read(10 as ChunkId, { signal: AbortSignal.abort() });
      await expect(read).rejects.toMatchObject({ code: "aborted" });
    });

    it("digests returns them in the order asked for", async () => {
      await using opened = await open(HELD);
      const sums = opened.reader.digests([run(20, 1), run(10, 3)]);
      const wanted = [HELD[3]!, HELD[0]!, HELD[1]!, HELD[2]!].map((chunk) => chunk.digest);
      expect(Buffer.compare(sums, Buffer.concat(wanted))).toBe(0);
      expect(opened.reader.digests([])).toHaveLength(0);
    });

    it("digests throws missing with the first id that is not held", async () => {
      await using opened = await open(HELD);
      const digests = () => opened.reader.digests([run(11, 1_000_000)]);
      expect(digests).toThrow(expect.objectContaining({ code: "missing", about: { id: 13 } }));
    });

    it("find returns a chunk with these bytes, or undefined", async () => {
      await using opened = await open(HELD);
      for (const { id, digest } of HELD) expect(opened.reader.find(digest)).toBe(id);
      expect(opened.reader.find(testChunk(13).digest)).toBeUndefined();
    });

    it("runs pages through all that is held, cutting the first at from", async () => {
      await using opened = await open(HELD);
      expect(opened.reader.runs(0 as ChunkId, 100)).toEqual(HELD_RUNS);
      expect(opened.reader.runs(0 as ChunkId, 2)).toEqual(HELD_RUNS.slice(0, 2));
      expect(opened.reader.runs(11 as ChunkId, 2)).toEqual([run(11, 2), run(20, 1)]);
      expect(opened.reader.runs(13 as ChunkId, 1)).toEqual([run(20, 1)]);
      expect(opened.reader.runs((2 ** 40 + 7) as ChunkId, 1)).toEqual([]);
    });

    it("an empty reader holds nothing", async () => {
      await using opened = await open([]);
      expect(opened.reader.runs(0 as ChunkId, 10)).toEqual([]);
      expect(opened.reader.held(HELD_RUNS)).toEqual([]);
      await expect(opened.reader.read(10 as ChunkId)).rejects.toMatchObject({ code: "missing" });
    });
  });
}

/** `open` makes an empty store, apart from all others. */
export function describeChunkStore(name: string, open: () => Promise<ChunkStore>): void {
  describeChunkReader(name, async (chunks) => {
    const reader = await open();
    for (const chunk of chunks) await reader.write(chunk);
    return { reader, [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose]() };
  });

  describe(`${name} as a chunk store`, () => {
    it("write makes the chunk readable before it is told of", async () => {
      await using store = await open();
      const seen: boolean[] = [];
      store.onChange(({ added }) => seen.push(store.has(added[0]!.first)));
      await store.write(testChunk(7));
      expect(seen).toEqual([true]);
    });

    it("write keeps its own copy of the bytes", async () => {
      await using store = await open();
      const chunk = testChunk(7, new Uint8Array(100).fill(1));
      await store.write({ ...chunk, bytes: chunk.bytes });
      chunk.bytes.fill(2);
      expect(digestOf(await store.read(chunk.id))).toEqual(chunk.digest);
    });

    it("write takes many at once, and long ones", async () => {
      await using store = await open();
      const many = Array.from({ length: 300 }, (_, i) => testChunk(i * 2));
      const long = testChunk(9999, new Uint8Array(CHUNK_BYTES_MAX).fill(3));
      await Promise.all([...many, long].map((chunk) => store.write(chunk)));
      expect(store.runs(0 as ChunkId, 1000)).toHaveLength(301);
      expect((await store.read(long.id)).length).toBe(CHUNK_BYTES_MAX);
    });

    it("write of the same chunk again changes nothing", async () => {
      await using store = await open();
      const changes = listenTo(store);
      await Promise.all([store.write(testChunk(7)), store.write(testChunk(7))]);
      await store.write(testChunk(7));
      expect(changes).toEqual([{ added: [run(7, 1)], removed: [] }]);
    });

    it("write refuses other bytes for a held id with conflict", async () => {
      await using store = await open();
      await store.write(testChunk(7));
      const other = { ...testChunk(8), id: 7 as ChunkId };
      await expect(store.write(other)).rejects.toMatchObject({ code: "conflict" });
      expect(digestOf(await store.read(7 as ChunkId))).toEqual(testChunk(7).digest);
    });

    it("drop forgets what is held of the runs and tells of it", async () => {
      await using store = await open();
      for (const id of [1, 2, 3, 5]) await store.write(testChunk(id));
      const changes = listenTo(store);
      await store.drop([run(2, 4), run(1000, 1_000_000)]);
      expect(changes.flatMap((change) => change.removed)).toEqual([run(2, 2), run(5, 1)]);
      expect(store.runs(0 as ChunkId, 10)).toEqual([run(1, 1)]);
      expect(store.find(testChunk(3).digest)).toBeUndefined();
      await expect(store.read(2 as ChunkId)).rejects.toMatchObject({ code: "missing" });
    });

    it("drop hides all of it in the turn in which it is called", async () => {
      await using store = await open();
      // More than are forgotten in one step.
      const ids = Array.from({ length: 3_000 }, (_, i) => i);
      const bytes = new Uint8Array([1]);
      for (let at = 0; at < ids.length; at += 500) {
        await Promise.all(ids.slice(at, at + 500).map((id) => store.write(testChunk(id, bytes))));
      }
      const dropped = store.drop([run(1, 2_998)]);
      expect(store.runs(0 as ChunkId, 10)).toEqual([run(0, 1), run(2_999, 1)]);
      expect(store.find(testChunk(0, bytes).digest)).not.toBe(1);
      // What is written anew while the rest is forgotten stays.
      await store.write(testChunk(2_998, bytes));
      await dropped;
      expect(store.runs(0 as ChunkId, 10)).toEqual([run(0, 1), run(2_998, 2)]);
    });

    it("drop makes the id free to be written again", async () => {
      await using store = await open();
      await store.write(testChunk(7));
      await store.drop([run(7, 1)]);
      await store.write(testChunk(7));
      expect(digestOf(await store.read(7 as ChunkId))).toEqual(testChunk(7).digest);
    });

    it("onChange stops when told to", async () => {
      await using store = await open();
      const changes: HoldingsChange[] = [];
      store.onChange((change) => changes.push(change))();
      await store.write(testChunk(7));
      expect(changes).toEqual([]);
    });

    it("agrees with a plain set through random writes and drops", async () => {
      const id = fc.nat({ max: 60 });
      const step = fc.oneof(
        fc.record({ write: fc.uniqueArray(id, { minLength: 1, maxLength: 8 }) }),
        fc.record({ drop: fc.tuple(id, fc.integer({ min: 1, max: 20 })) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          await using store = await open();
          await expectLikeSet(store, steps);
        }),
        { numRuns: RANDOM_ROUNDS },
      );
    });
  });
}

type Step = { write: number[] } | { drop: [number, number] };

async function expectLikeSet(store: ChunkStore, steps: readonly Step[]): Promise<void> {
  const model = new Set<ChunkId>();
  const told = new Set<ChunkId>();
  store.onChange(({ added, removed }) => {
    for (const id of idsOf(added)) told.add(id);
    for (const id of idsOf(removed)) told.delete(id);
  });
  for (const step of steps) {
    if ("write" in step) {
      await Promise.all(step.write.map((id) => store.write(testChunk(id))));
      for (const id of step.write) model.add(id as ChunkId);
    } else {
      const dropped = run(...step.drop);
      await store.drop([dropped]);
      for (const id of idsOf([dropped])) model.delete(id);
    }
  }
  const runs = runsOfIds(model);
  expect(store.runs(0 as ChunkId, 1000)).toEqual(runs);
  expect(runsOfIds(told)).toEqual(runs);
  const ids = idsOf(runs);
  const wanted = Buffer.concat(ids.map((id) => testChunk(id).digest));
  expect(Buffer.compare(store.digests(runs), wanted)).toBe(0);
  for (const id of ids) expect(digestOf(await store.read(id))).toEqual(testChunk(id).digest);
}

function idsOf(runs: readonly ChunkRun[]): ChunkId[] {
  return runs.flatMap(({ first, count }) =>
    Array.from({ length: count }, (_, i) => (first + i) as ChunkId),
  );
}

function listenTo(reader: ChunkReader): HoldingsChange[] {
  const changes: HoldingsChange[] = [];
  reader.onChange((change) => changes.push(change));
  return changes;
}
