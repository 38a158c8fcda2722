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
