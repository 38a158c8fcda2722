/** The drive from outside: real processes over TCP share, mirror and follow. */
import { appendFile, mkdir, rename, rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { folderContent, steadyContent } from "../world/folder-content.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const MIB = 1024 * 1024;

let world: World;
let alice: Daemon;
let bob: Daemon;
let carol: Daemon;
let source: string;

beforeAll(async () => {
  world = await openWorld("drive");
  [alice, bob, carol] = await Promise.all([
    world.join("alice"),
    world.join("bob"),
    world.join("carol"),
  ]);
  source = world.path("source");
  await mkdir(join(source, "part/deep"), { recursive: true });
  await mkdir(join(source, "other/empty-folder"), { recursive: true });
  for (let i = 0; i < 30; i++)
    await writeFile(join(source, "part/deep", `file ${i} ünï ☃`), `content ${i}`);
  await writeFile(join(source, "other/empty"), "");
  await writeFile(join(source, "other/tool"), "#!/bin/sh\n", { mode: 0o755 });
  await writeFile(join(source, "big"), patterned(9 * MIB + 5));
});
afterAll(() => world[Symbol.asyncDispose]());

function patterned(bytes: number, seed = 0): Buffer {
  const buffer = Buffer.alloc(bytes, "goliath");
  for (let at = 0; at + 4 < bytes; at += 4096) buffer.writeUInt32LE(at + seed, at);
  return buffer;
}

/** Waits until a copy has the same content as a folder, times and modes included. */
async function follows(from: string, to: string): Promise<void> {
  await until(
    async () => ({ ours: await folderContent(from), theirs: await steadyContent(to) }),
    ({ ours, theirs }) => JSON.stringify(ours) === JSON.stringify(theirs),
    { what: `${to} following ${from}` },
  );
}

async function downloaded(peer: Daemon): Promise<number> {
  return (await peer.call<{ transfers: { downBytes: number } }>("status")).transfers.downBytes;
}

async function uploaded(peer: Daemon): Promise<number> {
  return (await peer.call<{ transfers: { upBytes: number } }>("status")).transfers.upBytes;
}

describe("the drive", () => {
  it("shares a folder in place and mirrors it whole and in part", async () => {
    const shared = await alice.goliath("share", source, "/data", "--json");
    expect(shared.stderr).toBe("");
    expect(JSON.parse(shared.stdout.trim().split("\n").at(-1) ?? "")).toMatchObject({ files: 33 });
    const whole = await bob.goliath("mirror", "/data", world.path("bob-copy"));
    expect(whole.code).toBe(0);
    const part = await carol.goliath("mirror", "/data/part", world.path("carol-part"));
    expect(part.code).toBe(0);
    await follows(source, world.path("bob-copy"));
    await follows(join(source, "part"), world.path("carol-part"));
  });

  it("follows files made, edited, deleted and renamed", async () => {
    await writeFile(join(source, "part/new"), "new");
    await appendFile(join(source, "big"), "and more");
    await unlink(join(source, "part/deep/file 0 ünï ☃"));
    await rename(join(source, "part/deep/file 1 ünï ☃"), join(source, "part/renamed"));
    await follows(source, world.path("bob-copy"));
    await follows(join(source, "part"), world.path("carol-part"));
  });

  it("shows a move across a subscription's edge as made or deleted", async () => {
    await rename(join(source, "part/new"), join(source, "other/left"));
    await rename(join(source, "other/tool"), join(source, "part/came"));
    await mkdir(join(source, "other/tree"));
    await writeFile(join(source, "other/tree/leaf"), "leaf");
    await rename(join(source, "other/tree"), join(source, "part/tree"));
    await follows(join(source, "part"), world.path("carol-part"));
    await follows(source, world.path("bob-copy"));
  });

  it("reads a range of a big file without the rest", async () => {
    const before = await downloaded(carol);
    const bytes = await carol.bytes("cat", { path: "/data/big", offset: 5 * MIB - 10, length: 20 });
    expect(bytes.equals(patterned(9 * MIB + 5).subarray(5 * MIB - 10, 5 * MIB + 10))).toBe(true);
    // Read-ahead may take in the two chunks the range touches, no more.
    expect((await downloaded(carol)) - before).toBeLessThanOrEqual(2 * MIB);
  });

  it("reads an old revision, and restores it", async () => {
    await carol.goliath("mkdir", "/notes");
    const put = await alice.goliath("put", join(source, "other/left"), "/notes/a");
    expect(put.code).toBe(0);
    const { revision } = await alice.call<{ revision: number }>("resolve", { path: "/notes/a" });
    await writeFile(world.path("newer"), "newer words");
    await alice.goliath("put", world.path("newer"), "/notes/a");
    expect((await carol.goliath("cat", "/notes/a")).stdout).toBe("newer words");
    expect((await carol.goliath("cat", `/notes/a@${revision}`)).stdout).toBe("new");
    await carol.goliath("rm", "/notes/a");
    expect((await carol.goliath("cat", "/notes/a")).code).toBe(3);
    expect((await carol.goliath("restore", `/notes/a@${revision}`)).code).toBe(0);
    expect((await carol.goliath("cat", "/notes/a")).stdout).toBe("new");
  });

  it("fetches from two holders at once", async () => {
    await until(
      () => bob.call<{ fewest: number }>("copies", { path: "/data/big" }),
      ({ fewest }) => fewest >= 2,
      { what: "two holders" },
    );
    await writeFile(join(source, "wide"), patterned(48 * MIB, 7));
    await follows(source, world.path("bob-copy"));
    await until(
      () => bob.call<{ fewest: number }>("copies", { path: "/data/wide" }),
      ({ fewest }) => fewest >= 2,
      { what: "two holders of the wide file" },
    );
    const before = [await uploaded(alice), await uploaded(bob)];
    await carol.call("get", { path: "/data/wide", local: world.path("carol-wide") });
    const after = [await uploaded(alice), await uploaded(bob)];
    expect(after[0]! - before[0]!).toBeGreaterThan(2 * MIB);
    expect(after[1]! - before[1]!).toBeGreaterThan(2 * MIB);
  });

  it("feeds a late peer from a mirror while the sharer is off", async () => {
    await until(
      () => bob.call<{ fewest: number }>("copies", { path: "/data" }),
      ({ fewest }) => fewest >= 2,
      { what: "two holders of all" },
    );
    await alice.stop();
    const dave = await world.join("dave");
    await dave.call("mirror", { path: "/data", local: world.path("dave-copy") });
    expect(await folderContent(world.path("dave-copy"))).toEqual(await folderContent(source));
    await alice.start();
  });

  it("goes on after kill -9 without fetching verified chunks again", async () => {
    const big = 64 * MIB;
    await writeFile(join(source, "resumed"), patterned(big, 99));
    await until(
      () => alice.call<{ entry: object | null }>("resolve", { path: "/data/resumed" }),
      ({ entry }) => entry !== null,
      { what: "the new file" },
    );
    const start = await downloaded(bob);
    const had =
      (await until(
        () => downloaded(bob),
        (bytes) => bytes - start > big / 4,
        { what: "bob's transfer" },
      )) - start;
    await bob.kill();
    await bob.start();
    await follows(source, world.path("bob-copy"));
    // What was in flight at the kill may come twice: at most 64 MiB are in flight, at once 24 chunks of a file.
    expect(await downloaded(bob)).toBeLessThanOrEqual(big - had + 24 * MIB);
  });

  it("keeps everything over a restart of all processes", async () => {
    await Promise.all([alice, bob, carol].map((peer) => peer.stop()));
    await world.index.stop();
    await writeFile(join(source, "while-away"), "written while nobody looked");
    await world.index.start();
    await Promise.all([alice, bob, carol].map((peer) => peer.start()));
    await follows(source, world.path("bob-copy"));
    await rm(join(source, "while-away"));
    await follows(source, world.path("bob-copy"));
  });
});
