/** An index put back from a backup: what came after it is not lost, and nobody deletes on its word. */
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePath, type Entry } from "@goliath/protocols/nouns";
import type { Daemon } from "../world/daemon.ts";
import { folderContent, steadyContent } from "../world/folder-content.ts";
import { openMember, type Member } from "../world/index-client.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

interface PeerStatus {
  mirrors: { path: string; state: string; revision: number; problems: string[] }[];
}

let world: World;
let alice: Daemon;
let bob: Daemon;
let member: Member;
let source: string;
let copy: string;
let backup: string;
let idsBefore: number;
let revisionBefore: number;

const read = (folder: string, name: string): Promise<string> =>
  readFile(join(folder, name), "utf8").catch((error: NodeJS.ErrnoException) => String(error.code));

/** Waits until `to` holds what `from` does, and the files named in `besides`. */
async function follows(from: string, to: string, besides: string[] = []): Promise<void> {
  await until(
    async () => ({ ours: await folderContent(from), theirs: await steadyContent(to) }),
    ({ ours, theirs = {} }) => {
      const rest = Object.entries(theirs).filter(([name]) => !besides.includes(name));
      const hasAll = rest.length + besides.length === Object.keys(theirs).length;
      return hasAll && JSON.stringify(Object.fromEntries(rest)) === JSON.stringify(ours);
    },
    { what: `${to} following ${from}` },
  );
}

async function mirrorOf(peer: Daemon, path: string): Promise<PeerStatus["mirrors"][number]> {
  const { mirrors } = await peer.call<PeerStatus>("status");
  return mirrors.find((one) => one.path === path) as PeerStatus["mirrors"][number];
}

async function entryAt(path: string): Promise<Entry | undefined> {
  return (await member.index.resolve({ paths: [parsePath(path)] })).entries[0];
}

let number = Date.now();
function makeDirs(...paths: string[]): Promise<{ revision: number }> {
  const changes = paths.map((path) => ({ op: "mkdir" as const, path: parsePath(path) }));
  const request = { number: number++, digest: new Uint8Array(), leases: [], locations: [] };
  return member.index.commit({ ...request, changes });
}

beforeAll(async () => {
  world = await openWorld("restore");
  alice = await world.join("alice");
  member = await openMember(world, "member");
  source = world.path("source");
  copy = world.path("copy");
  backup = world.path("backup");
  await mkdir(join(source, "old"), { recursive: true });
  await writeFile(join(source, "old/same"), "same");
  await writeFile(join(source, "edited"), "first");
  await writeFile(join(source, "removed"), "removed");
  await alice.call("share", { local: source, path: "/data" });
  await makeDirs("/other/before");
  expect((await world.index.goliath("index", "backup", backup)).code).toBe(0);

  // Bob joins after the backup: the restored index will not know him.
  bob = await world.join("bob");
  await bob.call("mirror", { path: "/data", local: copy });
  await bob.call("mirror", { path: "/other", local: world.path("other") });
  await writeFile(join(source, "edited"), "second, and longer");
  await mkdir(join(source, "new/deep"), { recursive: true });
  await writeFile(join(source, "new/deep/file"), "made after the backup");
  await rm(join(source, "removed"));
  await follows(source, copy);
  await makeDirs("/other/lost");
  await makeDirs("/made-after");
  await bob.call("mirror", { path: "/made-after", local: world.path("made-after") });
  await until(
    () => steadyContent(world.path("other")),
    (content) => content?.["lost"] === "dir",
    { what: "the mirror of /other" },
  );
  idsBefore = (await member.index.allocate({ count: 5 })).first;
  revisionBefore = (await member.index.drive()).revision;

  // The only other holder of what came after is off when the index comes back from the backup.
  await alice.kill();
  await bob.stop();
  await member[Symbol.asyncDispose]();
  await world.index.stop();
  const restored = await world.index.goliath("index", "restore", backup, "--json");
  expect(JSON.parse(restored.stdout)).toMatchObject({ generation: 1 });
  await world.index.start();
  member = await openMember(world, "member");
});
afterAll(async () => {
  await member[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

describe("a restored index", () => {
  it("gives ids of a new generation, and goes on at the backup's revision", async () => {
    const { first } = await member.index.allocate({ count: 1 });
    expect(first).toBeGreaterThan(idsBefore + 5);
    expect(Math.floor(first / 2 ** 40)).toBe(1);
    const info = await member.index.drive();
    expect(info.generation).toBe(1);
    expect(info.revision).toBeLessThan(revisionBefore);
    expect(await entryAt("/data/new")).toBeUndefined();
    expect((await world.index.goliath("index", "check")).code).toBe(0);
  });

  it("is told of no commit less by a mirror whose cursor was beyond the backup", async () => {
    // The numbers that the lost revisions had are given again, to other commits.
    for (let i = 0; (await member.index.drive()).revision <= revisionBefore; i++) {
      await makeDirs(`/other/after-${i}`);
    }
    const { entries } = await member.index.list({ where: { path: parsePath("/other") } });
    await bob.start();
    const found = await until(
      () => steadyContent(world.path("other")),
      (content) => entries.every(({ name }) => content?.[name] === "dir"),
      { what: "all directories made since, at the mirror" },
    );
    expect(Object.keys(found ?? {})).toContain("after-0");
  });

  it("makes a mirror delete and replace nothing that came after the backup", async () => {
    const mirror = await until(
      () => mirrorOf(bob, "/data"),
      ({ state, problems }) => state === "complete" && problems.some((one) => /edited/u.test(one)),
      { what: "bob's mirror to compare" },
    );
    expect(mirror.problems.join()).toContain("restored index");
    expect(await read(copy, "edited")).toBe("second, and longer");
    expect(await read(copy, "new/deep/file")).toBe("made after the backup");
    expect(await read(copy, "old/same")).toBe("same");
  });

  it("makes a mirror of what it does not know lost, and nothing is deleted there", async () => {
    await until(
      () => mirrorOf(bob, "/made-after"),
      ({ state }) => state === "lost",
      { what: "the mirror of a directory that the index forgot" },
    );
  });

  it("is told again by the sharer what it forgot, and mirrors have it without a copy", async () => {
    await alice.start();
    await until(
      () => entryAt("/data/new/deep/file"),
      (entry) => entry?.kind === "file",
      { what: "the file made after the backup, published again" },
    );
    // A removal that came after the backup is forgotten like all else: the file is back, from the
    // keep area of a mirror.
    await follows(source, copy, ["removed"]);
    const entry = await entryAt("/data/new/deep/file");
    const first = entry?.kind === "file" ? Number(entry.extents[0]?.first) : 0;
    expect(Math.floor(first / 2 ** 40)).toBe(1);
    const carol = await world.join("carol");
    await carol.call("mirror", { path: "/data", local: world.path("carols") });
    await follows(source, world.path("carols"), ["removed"]);
    expect((await mirrorOf(bob, "/data")).problems).toEqual([]);
  });
});
