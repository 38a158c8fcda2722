/** A share whose folder is not what it was: links, other disks, rot. */
import { ManualClock, systemDisk, type DiskStats } from "@goliath/kit";
import { parsePath, type ChunkId } from "@goliath/protocols/nouns";
import {
  mkdir,
  open,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { shareDiskOn } from "./share-disk.ts";
import { openShareWorld, TEST_CHUNK_BYTES, type ShareWorld } from "./testing/share-world.ts";

const DATA = parsePath("/data");
const whole = shareDiskOn(systemDisk);
let world: ShareWorld;
let source: string;
let clock: ManualClock;
afterEach(() => world[Symbol.asyncDispose]());

async function begin(files: Record<string, string | Buffer>): Promise<void> {
  clock = new ManualClock();
  world = await openShareWorld({ clock });
  source = await world.path("source");
  for (const [name, bytes] of Object.entries(files)) {
    await mkdir(join(at(name), ".."), { recursive: true });
    await writeFile(at(name), bytes);
  }
  await world.shares.share({ local: source, path: DATA });
}

const at = (...names: string[]): string => join(source, ...names);
const touched = (...names: string[]): void => world.touch(...names.map((name) => at(name)));
const until = <Value>(see: () => Value) => expect.poll(see, { timeout: 20_000 });
const problems = (): string => world.shares.list()[0]?.problems.join("\n") ?? "";

/** Lets so much time pass that everything was looked at and what is gone was settled. */
async function lookAtAll(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    touched("");
    await clock.advance(61_000);
    await clock.whenSleeping();
  }
}

describe("a link in a share", () => {
  it("in place of a folder is not followed, whatever the watcher tells", async () => {
    await begin({ "sub/file": "published", other: "x" });
    const elsewhere = await world.path("elsewhere");
    await writeFile(join(elsewhere, "file"), "never shared!");
    await rename(at("sub"), join(world.folder, "moved away"));
    await symlink(elsewhere, at("sub"));
    await writeFile(join(elsewhere, "new"), "never shared!");
    touched("sub/file", "sub/new");
    await clock.whenSleeping();
    await clock.advance(1_000);
    await clock.whenSleeping();
    await lookAtAll();
    const changes = world.commits.flatMap((commit) => commit.changes);
    expect(changes.filter((change) => change.op === "put" && change.file.size === 13)).toEqual([]);
    await until(() => world.tree("/data")).toEqual(["/data/other 1"]);
    expect(problems()).toContain(`${at("sub")} is not shared: it is a link`);
  });

  it("to the root, and dots in it, lead to the folder itself", async () => {
    await begin({});
    await world.shares.unshare({ path: DATA });
    await writeFile(at("file"), "x");
    const link = join(world.folder, "link");
    await symlink(source, link);
    const { local } = await world.shares.share({ local: `${link}/../link/.`, path: DATA });
    expect(local).toBe(source);
    await world.shares.unshare({ local: link });
    expect(world.shares.list()).toEqual([]);
  });

  it("and a socket are told of, and not opened", async () => {
    await begin({ file: "x" });
    await symlink("/etc/passwd", at("link"));
    await symlink("link", at("loop"));
    await once(createServer().listen(at("socket")).unref(), "listening");
    await lookAtAll();
    expect(problems()).toContain(`${at("link")} is not shared: it is a link`);
    expect(problems()).toContain(`${at("socket")} is not shared: it is no file`);
    expect(await world.tree("/data")).toEqual(["/data/file 1"]);
  });
});

describe("a disk mounted in a share", () => {
  let isMounted: boolean;
  let identity: bigint;

  /** As if another disk were mounted at `disk`, which is another folder while it is not. */
  async function beginMounted(): Promise<void> {
    isMounted = true;
    identity = 2n;
    world = await openShareWorld({ clock: (clock = new ManualClock()) });
    source = await world.path("source");
    world.disk = {
      ...whole,
      stat: async (path) => {
        const stats = await whole.stat(path);
        const inside = path === at("disk") || path.startsWith(at("disk/"));
        return stats && inside && isMounted ? onOtherDisk(stats, path === at("disk")) : stats;
      },
    };
    await mkdir(at("disk/deep"), { recursive: true });
    for (let i = 0; i < 30; i++) await writeFile(at(`mine ${i}`), "x");
    for (const name of ["disk/a", "disk/deep/b"]) await writeFile(at(name), "x");
    await world.shares.share({ local: source, path: DATA });
  }

  function onOtherDisk(stats: DiskStats, isRoot: boolean): DiskStats {
    const facts = { dev: 999n, ...(isRoot ? { ino: identity } : {}) };
    return Object.assign(Object.create(Object.getPrototypeOf(stats)), stats, facts);
  }

  const isThere = async (): Promise<boolean> =>
    (await world.entry("/data/disk/deep/b")) !== undefined;

  it("loses nothing in the drive when it is unmounted, also for events from before", async () => {
    await beginMounted();
    await rename(at("disk"), join(world.folder, "unplugged"));
    await mkdir(at("disk"));
    isMounted = false;
    touched("disk/a", "disk/deep/b");
    await lookAtAll();
    expect(await isThere()).toBe(true);
    expect(problems()).toMatch(/disk.*missing.*goliath share --confirm \/data/su);
    await rm(at("disk"), { recursive: true });
    await rename(join(world.folder, "unplugged"), at("disk"));
    isMounted = true;
    await lookAtAll();
    expect(problems()).toBe("");
    expect(await isThere()).toBe(true);
  });

  it("loses nothing when its folder goes with it, until the user says yes", async () => {
    await beginMounted();
    await rename(at("disk"), join(world.folder, "unplugged"));
    isMounted = false;
    await lookAtAll();
    expect(await isThere()).toBe(true);
    await until(() => world.shares.list()[0]?.state).toBe("waiting");
    expect(problems()).toContain(`is the disk at ${at("disk")} missing?`);
    world.shares.confirm({ path: DATA });
    await lookAtAll();
    await until(isThere).toBe(false);
  });

  it("is not taken for another that is mounted in its place", async () => {
    await beginMounted();
    await rename(at("disk"), join(world.folder, "unplugged"));
    await mkdir(at("disk"));
    await writeFile(at("disk/of another"), "x");
    identity = 3n;
    await lookAtAll();
    expect(await isThere()).toBe(true);
    expect(problems()).toContain("another disk than before");
    expect(await world.entry("/data/disk/of another")).toBeUndefined();
  });

  it("loses a file that is removed from it while it is there", async () => {
    await beginMounted();
    await unlink(at("disk/a"));
    await lookAtAll();
    await until(() => world.entry("/data/disk/a")).toBeUndefined();
    expect(await isThere()).toBe(true);
  });
});

describe("rot in a share", () => {
  const big = Buffer.alloc(4 * TEST_CHUNK_BYTES, "good bytes ");

  /** Other bytes under the same stamp, as a failing disk gives: the registry believes it. */
  async function rot(name: string): Promise<ChunkId> {
    const file = await open(at(name), "r+");
    await file.write("BAD", TEST_CHUNK_BYTES);
    await file.close();
    const placed = world.placed.placed(at(name));
    if (!placed) throw new Error("not placed");
    const stats = await stat(at(name), { bigint: true });
    const { size, mtimeNs, ctimeNs, ino: inode } = stats;
    await world.placed.place([
      { ...placed, stamp: { size: Number(size), mtimeNs, ctimeNs, inode } },
    ]);
    const change = "UPDATE share_entry SET mtime = ?, ctime = ? WHERE name = ?";
    world.database.prepare(change).run(mtimeNs, ctimeNs, name);
    const [extent] = placed.extents;
    return ((extent?.first ?? 0) + 1) as ChunkId;
  }

  it("is reported and not served, and told until the file is put back", async () => {
    await begin({ big, other: "x" });
    const before = await world.file("/data/big");
    const id = await rot("big");
    await expect(world.placed.read(id)).rejects.toMatchObject({ code: "corrupt" });
    expect(world.placed.has(id)).toBe(false);
    await until(problems).toContain(`${at("big")} has rotted`);
    await lookAtAll();
    expect(problems()).toContain("goliath get");
    await world.stop();
    await world.start();
    await until(problems).toContain(`${at("big")} has rotted`);
    // Neither published as it is now, nor mended behind the user's back.
    expect(await world.file("/data/big")).toEqual(before);
    expect((await readFile(at("big"))).equals(big)).toBe(false);
    await writeFile(at("big"), big);
    await utimes(at("big"), 1, 1);
    await lookAtAll();
    await until(() => world.placed.has(id)).toBe(true);
    await until(problems).toBe("");
  });
});
