/** The registry of files in place on a disk that loses power, is full, or fails: at every call. */
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  type Trial,
} from "@goliath/kit/simulated-disk";
import { GoliathError, hasCode, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { hashFile } from "./hash-file.ts";
import { openPlacedChunks } from "./placed-chunks.ts";

const CHUNK_BYTES = 4096;
const HOME = "/home/peer/chunks.db";
const DATA = "/data";
const SEEDS = [1, 2];

interface World extends Trial {
  /** Files that were said to be placed, and by which paths. */
  placed: Set<string>;
  /** The change under way: it may have happened. */
  moving: string[];
}

async function prepare(trial: Trial): Promise<World> {
  const { disk } = trial;
  disk.makeDirectory("/home/peer");
  disk.makeDirectory(`${DATA}/dir`);
  for (const name of ["a", "b", "dir/c", "dir/d"])
    disk.write(`${DATA}/${name}`, name.repeat(2 * CHUNK_BYTES));
  disk.syncAll();
  return { ...trial, placed: new Set(), moving: [] };
}

async function work(world: World): Promise<void> {
  const disk = world.disk.process();
  await using chunks = await openPlacedChunks({
    disk,
    file: HOME,
    chunkBytes: CHUNK_BYTES,
    clock: world.clock,
  });
  const place = async (name: string, first: number): Promise<void> => {
    const path = `${DATA}/${name}`;
    const { stamp, sums, size } = await hashFile({ disk, path, chunkBytes: CHUNK_BYTES });
    const count = Math.ceil(size / CHUNK_BYTES);
    world.moving = [path];
    const extents = [{ first: first as ChunkId, count, bytes: size }];
    await chunks.place([{ path, stamp, sums, extents }]);
    world.placed.add(path);
  };
  await place("a", 1);
  await Promise.all([place("b", 100), place("dir/c", 200)]);
  await place("dir/d", 300);
  await chunks.read(200 as ChunkId);
  world.moving = [`${DATA}/a`];
  await chunks.withdraw([`${DATA}/a`]);
  world.placed.delete(`${DATA}/a`);
  world.moving = [`${DATA}/dir/c`, `${DATA}/dir/d`, `${DATA}/moved/c`, `${DATA}/moved/d`];
  await disk.rename(`${DATA}/dir`, `${DATA}/moved`);
  await chunks.moved(`${DATA}/dir`, `${DATA}/moved`);
  for (const path of world.moving.slice(0, 2)) world.placed.delete(path);
  for (const path of world.moving.slice(2)) world.placed.add(path);
  world.moving = [];
}

/** What was told is there, readable; what is held is in some file, and nothing else is. */
async function expectWhole(world: World, unread = 0): Promise<void> {
  const { disk, clock, placed, moving } = world;
  const init = { disk: disk.process(), file: HOME, chunkBytes: CHUNK_BYTES, clock };
  await using chunks = await openPlacedChunks(init);
  const found = chunks.list(DATA, { limit: 100 }).map(({ path }) => path);
  for (const path of placed) if (!moving.includes(path)) expect(found).toContain(path);
  for (const path of found) expect(placed.has(path) || isMaybe(path, moving), path).toBe(true);
  const extents = chunks.list(DATA, { limit: 100 }).flatMap((file) => file.extents);
  const count = (runs: readonly ChunkRun[]): number =>
    runs.reduce((sum, run) => sum + run.count, 0);
  // The one chunk that could not be read is offered no more.
  expect(count(chunks.runs(0 as ChunkId, 1_000))).toBe(count(extents) - unread);
  for (const { path, ...file } of chunks.list(DATA, { limit: 100 })) {
    if (disk.kindOf(path) !== "file") continue;
    for (const { first } of file.extents)
      expect(await chunks.read(first)).toBeInstanceOf(Uint8Array);
  }
}

/** Two are placed at once: either may have been, when only one was told. */
function isMaybe(path: string, moving: readonly string[]): boolean {
  return moving.includes(path) || [`${DATA}/b`, `${DATA}/dir/c`].includes(path);
}

describe("PlacedChunks", () => {
  it("knows after a power cut all it said to have placed, and nothing else", async () => {
    const trials = await crashAtEveryCall({
      seeds: SEEDS,
      prepare,
      work,
      check: (world) => expectWhole(world),
    });
    expect(trials).toBeGreaterThan(50);
  });

  it.each([
    ["full, from any moment on", fillAtEveryCall, "full"],
    ["failing, whatever call it is", breakEveryCall, "disk-fault"],
  ] as const)("says so when the disk is %s, and is whole then", async (_, disturb, code) => {
    await disturb({
      seeds: SEEDS,
      prepare,
      work,
      check: async (world, { error }) => {
        // A file that cannot be read is rotten or missing, whatever the disk says.
        if (error !== undefined)
          expect([code, "corrupt", "missing"], String(error)).toContain(
            GoliathError.from(error).code,
          );
        world.disk.leave(2 ** 40);
        if (world.seed > 1) world.disk.crash();
        await expectWhole(world, hasCode(error, "corrupt") ? 1 : 0);
      },
    });
  });
});
