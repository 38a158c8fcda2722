/** Small files and folders on a disk that loses power, is full, or fails: at every call in turn. */
import { describe, expect, it } from "vitest";
import { makeDirectoryDurably, removeUnfinished, writeFileDurably } from "./durable-file.ts";
import {
  breakEveryCall,
  crashAtEveryCall,
  fillAtEveryCall,
  type Trial,
} from "./disk/simulated/exports.ts";

const SEEDS = [1, 2, 3, 4, 5];
const FILE = "/home/peer/deep/key";
const OLD = "old bytes";
const NEW = "new bytes, and more of them";

interface World extends Trial {
  /** What was said to be on the disk. */
  told: "nothing" | "folder" | "old" | "new";
}

async function prepare(trial: Trial): Promise<World> {
  trial.disk.makeDirectory("/home");
  trial.disk.syncAll();
  return { ...trial, told: "nothing" };
}

async function work(world: World): Promise<void> {
  const disk = world.disk.process();
  await makeDirectoryDurably("/home/peer/deep", { disk });
  world.told = "folder";
  await writeFileDurably(FILE, OLD, { disk });
  world.told = "old";
  await writeFileDurably(FILE, NEW, { disk });
  world.told = "new";
}

/** The file is the old or the new one, whole, and never behind what was told. */
function expectWhole({ disk, told }: World): void {
  if (told !== "nothing") expect(disk.kindOf("/home/peer/deep")).toBe("directory");
  const text = disk.kindOf(FILE) === undefined ? undefined : disk.textOf(FILE);
  const possible = { nothing: [undefined, OLD], folder: [undefined, OLD], old: [OLD, NEW] };
  expect(told === "new" ? [NEW] : possible[told]).toContain(text);
}

describe("writeFileDurably", () => {
  it("leaves the old or the new file, and the new one once it says so, after a power cut", async () => {
    const check = async (world: World): Promise<void> => expectWhole(world);
    const trials = await crashAtEveryCall({ seeds: SEEDS, prepare, work, check });
    expect(trials).toBeGreaterThan(100);
  });

  it("leaves beside the file after a power cut only what is removed as unfinished", async () => {
    let left = 0;
    const check = async (world: World): Promise<void> => {
      if (!world.disk.kindOf("/home/peer/deep")) return;
      left += world.disk.names("/home/peer/deep").filter((name) => name !== "key").length;
      await removeUnfinished(FILE, { disk: world.disk.process() });
      expect(world.disk.names("/home/peer/deep").filter((name) => name !== "key")).toEqual([]);
      expectWhole(world);
    };
    await crashAtEveryCall({ seeds: SEEDS, prepare, work, check });
    expect(left).toBeGreaterThan(5);
  });

  const isSame = async (world: World, error: unknown): Promise<void> => {
    // One that failed leaves nothing beside it, and whatever is there stays whole.
    if (error !== undefined && world.disk.kindOf("/home/peer/deep"))
      expect(world.disk.names("/home/peer/deep").filter((name) => name !== "key")).toEqual([]);
    expectWhole(world);
    world.disk.crash();
    expectWhole(world);
  };

  it("leaves the old or the new file on a disk that is full, from any moment on", async () => {
    await fillAtEveryCall({
      seeds: SEEDS,
      prepare,
      work,
      check: async (world, { error }) => {
        if (error !== undefined) expect(error).toMatchObject({ code: "ENOSPC" });
        await isSame(world, error);
      },
    });
  });

  it("leaves the old or the new file on a disk that fails, whatever call it is", async () => {
    await breakEveryCall({
      seeds: SEEDS,
      prepare,
      work,
      check: async (world, { error }) => {
        if (error !== undefined) expect(error).toMatchObject({ code: "EIO" });
        await isSame(world, error);
      },
    });
  });
});
