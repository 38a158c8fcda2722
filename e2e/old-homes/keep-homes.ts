/**
 * Keeps the homes of a small world as they are written by the code it is run with, so that later
 * code is tried on them. To be run before a format changes, from the commit that still writes the
 * old one: `node e2e/old-homes/keep-homes.ts NAME`.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

/** More than a chunk, and little when compressed. */
const LARGE_BYTES = 2 ** 20 + 5;
const HERE = dirname(fileURLToPath(import.meta.url));
/** In the share when alice stops. */
const FILES = 5;

async function makeWorld(world: World): Promise<void> {
  const source = world.path("source");
  await mkdir(join(source, "deep/empty-folder"), { recursive: true });
  await writeFile(join(source, "hello"), "hello, world\n");
  await writeFile(join(source, "deep/empty"), "");
  await writeFile(join(source, "deep/tool"), "#!/bin/sh\n", { mode: 0o755 });
  await writeFile(join(source, "deep/large"), Buffer.alloc(LARGE_BYTES, "goliath"));
  await writeFile(world.path("note"), "put, not shared\n");
  const [alice, bob] = [await world.join("alice"), await world.join("bob")];
  await alice.call("share", { local: source, path: "/data" });
  await alice.call("put", { local: world.path("note"), path: "/stored/note" });
  await bob.call("mirror", { path: "/data", local: world.path("copy") });
  await bob.stop();
  // What bob has not heard of yet: its mirror goes on from before.
  await rename(join(source, "hello"), join(source, "renamed"));
  await writeFile(join(source, "bob-is-gone"), "written while bob was away\n");
  await until(
    () => alice.call<{ shares: { files: number }[] }>("status"),
    ({ shares }) => shares[0]?.files === FILES,
    { what: "what changed being published" },
  );
  await alice.stop();
  await world.index.stop();
  // What nobody has heard of yet: a share goes on from before.
  await writeFile(join(source, "alice-is-gone"), "written while alice was away\n");
}

/** All that lies below, but for locks and sockets. */
async function keep(world: World, target: string): Promise<void> {
  const facts: Record<string, { mtimeMs: number; mode: number }> = {};
  for (const name of await readdir(world.folder, { recursive: true })) {
    const info = await stat(join(world.folder, name));
    if (name.endsWith(".lock") || name.endsWith(".log") || !(info.isFile() || info.isDirectory()))
      continue;
    facts[name] = { mtimeMs: Math.round(info.mtimeMs * 1000) / 1000, mode: info.mode & 0o777 };
    if (info.isDirectory()) continue;
    const file = join(target, `${name}.gz`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, gzipSync(await readFile(join(world.folder, name)), { level: 9 }));
  }
  await writeFile(join(target, "facts.json"), `${JSON.stringify(facts, undefined, 1)}\n`);
}

const [name = ""] = process.argv.slice(2);
if (!/^[a-z0-9-]+$/u.test(name)) throw new Error("say which format these are: format-3");
const target = join(process.env["TARGET"] ?? HERE, name);
await rm(target, { recursive: true, force: true });
await using world = await openWorld("old-homes");
await makeWorld(world);
await keep(world, target);
