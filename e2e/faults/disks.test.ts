/** Real disks that fill, go, come back, turn read-only or fold case, under real processes. */
import { existsSync } from "node:fs";
import {
  appendFile,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { noExfat, noMounting, openScratchDisk } from "../world/scratch-disk.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const MIB = 1024 * 1024;

interface Status {
  shares: { local: string; state: string; files: number; problems: string[] }[];
  mirrors: { local: string; state: string; revision: number; problems: string[] }[];
}

const reason = noMounting();
const exfatReason = await noExfat();

let world: World;
let alice: Daemon;
let bob: Daemon;
let source: string;

beforeAll(async () => {
  if (reason !== undefined) return;
  world = await openWorld("disks");
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  source = world.path("source");
  await mkdir(source);
  for (let i = 0; i < 12; i++) await writeFile(join(source, `file ${i}`), Buffer.alloc(2 * MIB, i));
  await alice.call("share", { local: source, path: "/data" });
});
afterAll(() => world?.[Symbol.asyncDispose]());

/** The mirror in this folder, once it is as wanted. */
async function mirror(local: string, isSo: (found: Status["mirrors"][number]) => boolean) {
  const look = async () =>
    (await bob.call<Status>("status")).mirrors.find((one) => one.local === local);
  const what = `the mirror in ${local}`;
  const found = await until(look, (one) => one !== undefined && isSo(one), { what });
  return found as Status["mirrors"][number];
}

const state = (wanted: string) => (found: { state: string }) => found.state === wanted;
const tells =
  (text: RegExp) =>
  ({ problems }: { problems: string[] }): boolean =>
    text.test(problems.join("\n"));

async function share(local: string, isSo: (found: Status["shares"][number]) => boolean) {
  const look = async () =>
    (await alice.call<Status>("status")).shares.find((one) => one.local === local);
  const what = `the share ${local}`;
  const found = await until(look, (one) => one !== undefined && isSo(one), { what });
  return found as Status["shares"][number];
}

/** Waits for a file to have this text; in between it may not be there. */
async function holds(file: string, wanted: string): Promise<void> {
  const look = (): Promise<string> => readFile(file, "utf8").catch(() => "");
  await until(look, (text) => text === wanted, { what: file });
}

async function sameAsSource(folder: string): Promise<void> {
  for (const name of await readdir(source))
    expect((await readFile(join(folder, name))).equals(await readFile(join(source, name)))).toBe(
      true,
    );
}

const title = (name: string, why = reason): string => (why ? `${name} (skipped: ${why})` : name);

describe.skipIf(reason !== undefined)(title("a full disk"), () => {
  it("stops a mirror with a reason, and no more than until some space is free", async () => {
    const at = world.path("full-mirror");
    await using disk = await openScratchDisk({ kind: "tmpfs", at, mib: 12 });
    bob.call("mirror", { path: "/data", local: at }).catch(() => undefined);
    const full = await mirror(at, tells(/the disk is full: free some space/u));
    expect(full.state).toBe("syncing");
    await disk.remount("size=64m");
    await mirror(at, state("complete"));
    await sameAsSource(at);
    await bob.call("unmirror", { local: at });
  });

  it("fails a get with a reason, and leaves no half file", async () => {
    const at = world.path("full-get");
    await using disk = await openScratchDisk({ kind: "tmpfs", at, mib: 5 });
    const failed = await bob.goliath("get", "/data", at);
    expect(failed.code).not.toBe(0);
    expect(failed.stderr).toMatch(/full.*free some space/isu);
    for (const name of await readdir(join(at, "data")))
      expect((await stat(join(at, "data", name))).size).toBe(2 * MIB);
    await rm(join(at, "data"), { recursive: true });
    await disk.remount("size=64m");
    expect(await bob.goliath("get", "/data", at)).toMatchObject({ code: 0 });
    await sameAsSource(join(at, "data"));
  });

  it("fails a put when the home is full, and takes it when there is space again", async () => {
    const at = world.path("carol");
    await using disk = await openScratchDisk({ kind: "tmpfs", at, mib: 12 });
    const carol = await world.join("carol");
    const failed = await carol.goliath("put", source, "/put");
    expect(failed.code).not.toBe(0);
    expect(failed.stderr).toMatch(/full/iu);
    expect((await carol.goliath("ls", "/put")).code).not.toBe(0);
    await disk.remount("size=96m");
    expect(await carol.goliath("put", source, "/put")).toMatchObject({ code: 0 });
    const read = await carol.bytes("cat", { path: "/put/file 7" });
    expect(read.equals(await readFile(join(source, "file 7")))).toBe(true);
    await carol.stop();
  });
});

describe.skipIf(reason !== undefined)(title("a disk that goes and comes back"), () => {
  it("pauses its mirror, which writes nothing in its place and goes on after", async () => {
    const at = world.path("gone-mirror");
    await using disk = await openScratchDisk({ kind: "ext4", at, mib: 64 });
    await bob.call("mirror", { path: "/data", local: at });
    await disk.unmount();
    await writeFile(join(source, "new"), "while it was away");
    const paused = await mirror(at, state("paused"));
    expect(paused.problems.join()).toContain(`goliath unmirror ${at}`);
    expect(await readdir(at)).toEqual([]);
    await disk.mount();
    await mirror(at, state("complete"));
    await until(async () => existsSync(join(at, "new")), Boolean);
    await sameAsSource(at);
    await bob.call("unmirror", { local: at });
  });

  it("is told of when it turns read-only, and nothing is lost", async () => {
    const at = world.path("read-only-mirror");
    await using disk = await openScratchDisk({ kind: "ext4", at, mib: 64 });
    await bob.call("mirror", { path: "/data", local: at });
    await disk.remount("ro");
    await writeFile(join(source, "new"), "another text");
    await mirror(at, tells(/read-only: mount it for writing/u));
    await disk.remount("rw");
    await mirror(at, state("complete"));
    await holds(join(at, "new"), "another text");
    await bob.call("unmirror", { local: at });
  });

  it("pauses its share, which deletes nothing and goes on after", async () => {
    const at = world.path("gone-share");
    await using disk = await openScratchDisk({ kind: "ext4", at, mib: 32 });
    await writeFile(join(at, "file"), "on the disk");
    await alice.call("share", { local: at, path: "/disk" });
    await disk.unmount();
    await appendFile(join(at, "not on the disk"), "x");
    // It would be noticed at the next look at everything, which may take a minute.
    await alice.stop();
    await alice.start();
    const paused = await share(at, state("paused"));
    expect(paused.problems.join()).toMatch(/another folder or disk/u);
    await unlink(join(at, "not on the disk"));
    expect((await bob.goliath("stat", "/disk/file")).code).toBe(0);
    expect((await bob.goliath("ls", "/disk")).stdout).not.toContain("not on the disk");
    await disk.mount();
    await share(at, state("following"));
    expect((await bob.goliath("cat", "/disk/file")).stdout).toBe("on the disk");
    await alice.call("unshare", { local: at });
  });
});

describe.skipIf(exfatReason !== undefined)(
  title("a disk that folds case and has no hard links", exfatReason),
  () => {
    it("holds a mirror, names that are one to it apart from each other", async () => {
      const from = world.path("names");
      await mkdir(join(from, "Dir"), { recursive: true });
      await mkdir(join(from, "dir"));
      for (const name of ["a", "A", "b", "c:d", "é", "e\u0301", "Dir/x", "dir/x"])
        await writeFile(join(from, name), `text of ${name}`);
      await utimes(join(from, "b"), 1_600_000_001.5, 1_600_000_001.5);
      await alice.call("share", { local: from, path: "/names" });
      const at = world.path("exfat");
      await using disk = await openScratchDisk({ kind: "exfat", at, mib: 64 });
      await bob.call("mirror", { path: "/names", local: at });
      const partial = await mirror(at, state("partial"));
      expect(partial.problems.join("\n")).toMatch(/cannot hold it beside/u);
      expect(partial.problems.join("\n")).toContain("c:d");
      expect(await readFile(join(at, "A"), "utf8")).toBe("text of A");
      expect(await readFile(join(at, "Dir/x"), "utf8")).toBe("text of Dir/x");
      expect((await readdir(at)).toSorted()).toEqual([".goliath", "A", "Dir", "b", "e\u0301", "é"]);

      // A user's own edit, then the drive's: both are there.
      await writeFile(join(at, "b"), "mine");
      await writeFile(join(from, "b"), "the drive's second");
      await holds(join(at, "b"), "the drive's second");
      const names = await readdir(at);
      const conflict = names.find((name) => name.startsWith("b.conflict-")) ?? "none";
      expect(await readFile(join(at, conflict), "utf8")).toBe("mine");

      // What stood in the way is renamed in the drive: then its twin has a place.
      await rm(join(from, "A"));
      await holds(join(at, "a"), "text of a");

      // It numbers its files anew at each mount: nothing is taken for the user's, or fetched.
      const downBytes = async (): Promise<number> =>
        (await bob.call<{ transfers: { downBytes: number } }>("status")).transfers.downBytes;
      const before = await downBytes();
      await bob.stop();
      await disk.unmount();
      await disk.mount();
      await bob.start();
      await mirror(at, state("partial"));
      await writeFile(join(from, "é"), "changed");
      await holds(join(at, "é"), "changed");
      expect((await readdir(at)).filter((name) => name.includes("conflict"))).toEqual([conflict]);
      expect(await downBytes()).toBeLessThanOrEqual(before + "changed".length);
      await bob.call("unmirror", { local: at });
    });
  },
);
