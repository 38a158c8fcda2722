/** Many new small files, which are installed together. */
import { chmod, lstat, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openQuickDisk, runSteps, type Disk } from "@goliath/kit";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { createMeddledDisk } from "../testing/meddled-disk.ts";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
const FILES = 300;
const TIME_S = 1_600_000_000;

let world: PeerWorld;
let alice: Peer;
let source: string;
let target: string;

beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  source = await world.path("source");
  target = await world.path("target");
});
afterEach(() => world[Symbol.asyncDispose]());

/** Empty ones, ones of equal bytes and one that is executable among them. */
async function share(count = FILES): Promise<string[]> {
  const names = Array.from({ length: count }, (_, at) => `file-${String(at).padStart(4, "0")}`);
  for (const [at, name] of names.entries()) {
    await writeFile(join(source, name), at % 50 === 0 ? "" : `bytes ${at % 100}`);
    await utimes(join(source, name), TIME_S + at, TIME_S + at);
  }
  await chmod(join(source, names[1] ?? ""), 0o755);
  await alice.shares.share({ local: source, path: DATA });
  return names;
}

async function mirrorOn(disk: Disk): Promise<Peer> {
  const bob = await world.peer("bob", { disk });
  await bob.mirrors.mirror({ path: DATA, local: target });
  return bob;
}

async function expectMirrored(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const [sent, came] = [await lstat(join(source, name)), await lstat(join(target, name))];
    expect([name, Math.floor(came.mtimeMs), came.mode & 0o111, came.nlink]).toEqual([
      name,
      sent.mtimeMs,
      sent.mode & 0o111,
      1,
    ]);
    const [bytes, there] = [await readFile(join(source, name)), await readFile(join(target, name))];
    expect(there.equals(bytes), name).toBe(true);
  }
  expect(await readdir(join(target, ".goliath", "tmp"))).toEqual([]);
}

async function theirs(): Promise<string[]> {
  return (await readdir(target)).filter((name) => name.includes("conflict"));
}

describe("small files of a mirror", () => {
  it("are all there, on a disk that does steps in threads of its own", async () => {
    await using quick = openQuickDisk();
    let linked = 0;
    const steps: Disk["steps"] = async (all) => {
      linked += all.filter((step) => step.do === "link").length;
      return runSteps(quick, all);
    };
    const names = await share();
    await mirrorOn({ ...quick, steps });
    await expectMirrored(names);
    expect(linked).toBe(names.length);
    await world.close("bob");
  });

  it("are installed around what stands there already", async () => {
    await writeFile(join(target, "file-0003"), "the user's own");
    await writeFile(join(target, "file-0004"), "bytes 4");
    const before = await lstat(join(target, "file-0004"));
    const names = await share();
    await mirrorOn(createMeddledDisk());
    await expectMirrored(names);
    expect((await lstat(join(target, "file-0004"))).ino).toBe(before.ino);
    const [kept = "none"] = await theirs();
    expect(await readFile(join(target, kept), "utf8")).toBe("the user's own");
  });

  it("never replace what is saved under a name in the instant before the link", async () => {
    const disk = createMeddledDisk();
    disk.before(
      ({ op, paths }) => op === "link" && basename(paths[1] ?? "") === "file-0007",
      () => writeFile(join(target, "file-0007"), "saved just now"),
    );
    const names = await share();
    await mirrorOn(disk);
    await expectMirrored(names);
    const [kept = "none"] = await theirs();
    expect(await readFile(join(target, kept), "utf8")).toBe("saved just now");
  });

  it("are made again when the disk did not take them at the first sync", async () => {
    const disk = createMeddledDisk();
    let failed = 0;
    disk.onCall = ({ op, paths }) => {
      if (op !== "open" || !paths[0]?.endsWith(".part") || failed++ > 0) return;
      throw Object.assign(new Error("EIO"), { code: "EIO" });
    };
    const names = await share(40);
    await mirrorOn(disk);
    expect(failed).toBeGreaterThan(0);
    await expectMirrored(names);
  });

  it("that are removed from the drive while they come are not left here", async () => {
    const disk = createMeddledDisk();
    let removed: Promise<unknown> | undefined;
    disk.before(
      ({ op, paths }) => op === "open" && (paths[0]?.endsWith(".part") ?? false),
      () => {
        removed = rm(join(source, "file-0010"));
      },
    );
    const names = await share();
    const bob = await mirrorOn(disk);
    await removed;
    const signal = AbortSignal.timeout(20_000);
    while ((await readdir(target)).includes("file-0010")) await bob.mirrors.nextChange(signal);
    await expectMirrored(names.filter((name) => name !== "file-0010"));
  });
});
