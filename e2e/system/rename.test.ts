/** Renaming a directory of 10,000 files: one revision, no chunk moves, mirrors follow in seconds. */
import { existsSync } from "node:fs";
import { lstat, mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const FILES = 10_000;
const FOLDERS = 100;
/** "In seconds": far below fetching or even listing everything again. */
const FOLLOW_MS = 15_000;

let world: World;
let alice: Daemon;
let bob: Daemon;

beforeAll(async () => {
  world = await openWorld("rename");
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  for (let folder = 0; folder < FOLDERS; folder++) {
    const path = world.path("source", "old", String(folder));
    await mkdir(path, { recursive: true });
    const names = Array.from({ length: FILES / FOLDERS }, (_, i) => String(i));
    await Promise.all(names.map((name) => writeFile(join(path, name), `${folder}/${name}`)));
  }
  await alice.call("share", { local: world.path("source"), path: "/data" });
  await bob.call("mirror", { path: "/data", local: world.path("copy") });
}, 600_000);
afterAll(() => world[Symbol.asyncDispose]());

async function state(): Promise<{ revision: number; down: number }> {
  const { revision } = await alice.call<{ revision: number }>("resolve", { path: "/" });
  const { transfers } = await bob.call<{ transfers: { downBytes: number } }>("status");
  return { revision, down: transfers.downBytes };
}

async function isMirrored(name: string): Promise<boolean> {
  const { mirrors } = await bob.call<{ mirrors: { state: string }[] }>("status");
  return mirrors[0]?.state === "complete" && existsSync(world.path("copy", name));
}

it("publishes 10,000 files in few commits", async () => {
  const log = await alice.call<{ changes: number }[]>("log", { limit: 100 });
  expect(log.length).toBeLessThanOrEqual(10);
  expect(log.reduce((sum, { changes }) => sum + changes, 0)).toBeGreaterThanOrEqual(FILES);
});

it("follows a rename on the sharer's disk as one revision, moving no bytes", async () => {
  const before = await state();
  const { ino } = await lstat(world.path("copy/old/42/7"));
  await rename(world.path("source/old"), world.path("source/new"));
  await until(() => isMirrored("new"), Boolean, { what: "the mirror", timeoutMs: FOLLOW_MS });
  const after = await state();
  expect(after.revision).toBe(before.revision + 1);
  expect(after.down).toBe(before.down);
  expect((await lstat(world.path("copy/new/42/7"))).ino).toBe(ino);
  expect(existsSync(world.path("copy/old"))).toBe(false);
});

it("follows a rename by `goliath mv` as one revision, moving no bytes", async () => {
  await alice.call("unshare", { path: "/data" });
  const before = await state();
  const { ino } = await lstat(world.path("copy/new/42/7"));
  const moved = await alice.goliath("mv", "/data/new", "/data/newest");
  expect(moved.code).toBe(0);
  await until(() => isMirrored("newest"), Boolean, { what: "the mirror", timeoutMs: FOLLOW_MS });
  const after = await state();
  expect(after.revision).toBe(before.revision + 1);
  expect(after.down).toBe(before.down);
  expect((await lstat(world.path("copy/newest/42/7"))).ino).toBe(ino);
});
