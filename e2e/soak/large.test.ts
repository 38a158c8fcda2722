/** The large ones: a file of 5 GiB and 100,000 small ones, shared and mirrored; peak memory stated. */
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderContent } from "../world/folder-content.ts";
import { openWorld, type World } from "../world/world.ts";

const GIB = 1024 ** 3;
const BIG_BYTES = 5 * GIB;
const SMALL_FILES = 100_000;
const SMALL_FOLDERS = 1000;
const PEAK_MIB_MAX = 300;
const TIMEOUT_MS = 40 * 60_000;

async function shareAndMirror(world: World, what: string): Promise<void> {
  const [alice, bob] = [await world.join("alice"), await world.join("bob")];
  const started = performance.now();
  await alice.call("share", { local: world.path("source"), path: "/data" });
  const shared = performance.now();
  await bob.call("mirror", { path: "/data", local: world.path("copy") });
  const mirrored = performance.now();
  const peaks = {
    index: await world.index.peakMiB(),
    sharer: await alice.peakMiB(),
    mirror: await bob.peakMiB(),
  };
  const seconds = { share: (shared - started) / 1000, mirror: (mirrored - shared) / 1000 };
  process.stdout.write(`${what}: ${JSON.stringify({ seconds, peakMiB: peaks })}\n`);
  expect(await folderContent(world.path("copy"))).toEqual(
    await folderContent(world.path("source")),
  );
  for (const peak of Object.values(peaks)) expect(peak).toBeLessThan(PEAK_MIB_MAX);
}

it("shares and mirrors a file of 5 GiB", { timeout: TIMEOUT_MS }, async () => {
  await using world = await openWorld("big");
  await mkdir(world.path("source"));
  const file = await open(world.path("source", "big"), "w");
  const block = Buffer.alloc(16 * 1024 * 1024, "five gibibytes of this");
  for (let at = 0; at < BIG_BYTES; at += block.length) {
    for (let part = 0; part < block.length; part += 65_536) block.writeDoubleLE(at + part, part);
    await file.write(block, 0, block.length, at);
  }
  await file.close();
  await shareAndMirror(world, "one file of 5 GiB");
});

it("shares and mirrors 100,000 small files", { timeout: TIMEOUT_MS }, async () => {
  await using world = await openWorld("small");
  for (let folder = 0; folder < SMALL_FOLDERS; folder++) {
    const path = world.path("source", `folder-${folder}`);
    await mkdir(path, { recursive: true });
    const names = Array.from({ length: SMALL_FILES / SMALL_FOLDERS }, (_, i) => `file-${i}`);
    await Promise.all(
      names.map((name) => writeFile(join(path, name), `${folder}/${name} `.repeat(40))),
    );
  }
  await shareAndMirror(world, "100,000 small files");
});
