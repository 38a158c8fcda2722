import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemDisk } from "./disk/system-disk.ts";
import { syncDirectory, writeFileDurably } from "./durable-file.ts";

const disk = systemDisk;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-durable-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

describe("writeFileDurably", () => {
  it("makes and replaces a file with the mode asked for, leaving nothing beside it", async () => {
    const path = join(folder, "key");
    await writeFileDurably(path, "old", { disk });
    await writeFileDurably(path, Buffer.from("new"), { disk, mode: 0o600 });
    expect(await readFile(path, "utf8")).toBe("new");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["key"]);
  });

  it("leaves the target and no temporary file when it fails", async () => {
    const path = join(folder, "directory");
    await mkdir(path);
    await expect(writeFileDurably(path, "bytes", { disk })).rejects.toThrow();
    expect(await readdir(folder)).toEqual(["directory"]);
  });
});

describe("syncDirectory", () => {
  it("rejects for a directory that is not there", async () => {
    await expect(syncDirectory(disk, join(folder, "gone"))).rejects.toThrow("ENOENT");
  });
});
