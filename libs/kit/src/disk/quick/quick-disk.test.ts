import { mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { describeDisk } from "../disk-compliance.ts";
import { runSteps } from "../steps.ts";
import { openQuickDisk } from "./quick-disk.ts";

describeDisk("the quick disk", async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "goliath-disk-")));
  const disk = openQuickDisk();
  return {
    disk,
    folder,
    symlink,
    [Symbol.asyncDispose]: async () => {
      await disk[Symbol.asyncDispose]();
      await rm(folder, { recursive: true });
    },
  };
});

it("the quick disk fails what was under way when its threads end", async () => {
  const disk = openQuickDisk();
  const steps = runSteps(disk, [{ do: "lstat", path: tmpdir() }]);
  await new Promise(setImmediate);
  const failed = expect(steps).rejects.toThrow("the thread for the disk has ended");
  await disk[Symbol.asyncDispose]();
  await failed;
});

it("the quick disk syncs where two file systems are, and tells of a path that is not there", async () => {
  await using disk = openQuickDisk();
  const { syncFileSystems = async () => false } = disk;
  const there = await Promise.all([
    syncFileSystems([tmpdir(), "/dev/shm"]),
    syncFileSystems([tmpdir()]),
  ]);
  const isLinux = process.platform === "linux";
  expect(there).toEqual([isLinux, isLinux]);
  const missing = join(tmpdir(), "goliath there is no such'; file");
  expect(await syncFileSystems([tmpdir(), missing])).toBe(false);
  expect(await syncFileSystems([`${tmpdir()}\n`])).toBe(false);
  expect(await syncFileSystems([tmpdir()])).toBe(isLinux);
});
