import { systemDisk } from "@goliath/kit";
import { mkdir, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findOverlap, foldersOverlap, realPathOf } from "./folder-overlap.ts";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "goliath-overlap-")));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("foldersOverlap", () => {
  it("holds for one in the other, and not for a name that only begins alike", () => {
    expect(foldersOverlap("/a/b", "/a")).toBe(true);
    expect(foldersOverlap("/a", "/a")).toBe(true);
    expect(foldersOverlap("/", "/a")).toBe(true);
    expect(foldersOverlap("/a/bc", "/a/b")).toBe(false);
  });
});

describe("findOverlap", () => {
  const look = (path: string) => systemDisk.stat(path, { bigint: true });

  it("finds the same folder under two paths, and one around it", async () => {
    const [real, alias, apart] = ["real", "alias", "apart"].map((name) => join(folder, name));
    await mkdir(join(real!, "below"), { recursive: true });
    await mkdir(apart!);
    // What a bind mount is to a look: another path to the same inode.
    await symlink(real!, alias!);
    const others = [real!];
    expect(await findOverlap(alias!, { others, look })).toBe(real);
    expect(await findOverlap(join(alias!, "below"), { others, look })).toBe(real);
    expect(await findOverlap(apart!, { others, look })).toBeUndefined();
    expect(await findOverlap(folder, { others, look })).toBe(real);
  });
});

describe("realPathOf", () => {
  it("resolves links and dots, also before names that are not there yet", async () => {
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), join(folder, "link"));
    const real = (path: string) => realPathOf(path, systemDisk.realpath);
    expect(await real(join(folder, "link"))).toBe(join(folder, "real"));
    expect(await real(join(folder, "link/new/er"))).toBe(join(folder, "real/new/er"));
    expect(await real("/")).toBe("/");
  });
});
