/** A peer put back from an old copy of its home, and one home run twice: nothing lost, nothing untrue. */
import { cp, mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parsePath, type ChunkRun } from "@goliath/protocols/nouns";
import { Daemon } from "../world/daemon.ts";
import { folderContent, steadyContent } from "../world/folder-content.ts";
import { openMember, type Member } from "../world/index-client.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

let world: World;
let alice: Daemon;
let bob: Daemon;
let member: Member;
let source: string;
let copy: string;

beforeAll(async () => {
  world = await openWorld("peer-restore");
  [alice, bob] = await Promise.all([world.join("alice"), world.join("bob")]);
  member = await openMember(world, "member");
  source = world.path("source");
  copy = world.path("copy");
  await mkdir(join(source, "sub"), { recursive: true });
  await writeFile(join(source, "edited"), "first");
  await writeFile(join(source, "gone"), "gone");
  await writeFile(join(source, "sub/steady"), "steady");
  await alice.call("share", { local: source, path: "/data" });
  await bob.call("mirror", { path: "/data", local: copy });
  await put("early");
});
afterAll(async () => {
  await member[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

/** Bob stores a file that lies nowhere else. */
async function put(name: string): Promise<void> {
  const local = world.path(name);
  await writeFile(local, `${name} in the packs`);
  await bob.call("put", { local, path: `/put/${name}` });
  await rm(local);
}

async function follows(): Promise<void> {
  await until(
    async () => ({ ours: await folderContent(source), theirs: await steadyContent(copy) }),
    ({ ours, theirs }) => JSON.stringify(ours) === JSON.stringify(theirs),
    { what: "the mirror following" },
  );
}

async function runsAt(path: string): Promise<ChunkRun[]> {
  const { entries } = await member.index.resolve({ paths: [parsePath(path)] });
  const entry = entries[0];
  if (entry?.kind !== "file") throw new Error(`no file at ${path}`);
  return entry.extents.map(({ first, count }) => ({ first, count }));
}

async function holdersOf(path: string): Promise<number> {
  const { runs } = await member.index.holders({ runs: await runsAt(path) });
  return Math.min(...runs.map(({ holders }) => holders.length));
}

const names = async (path: string): Promise<string[]> => {
  const { entries } = await member.index.list({ where: { path: parsePath(path) } });
  return entries.map(({ name }) => name);
};

describe("a peer put back from an old copy of its home", () => {
  it("shares and mirrors what there is, and says that it holds no more than it does", async () => {
    await Promise.all([alice.stop(), bob.stop()]);
    for (const { home } of [alice, bob]) await cp(home, `${home}-old`, { recursive: true });
    await Promise.all([alice.start(), bob.start()]);
    await writeFile(join(source, "edited"), "second, and longer");
    await writeFile(join(source, "late"), "late");
    await rm(join(source, "gone"));
    await put("late");
    await follows();
    expect(await holdersOf("/put/late")).toBe(1);

    await Promise.all([alice.stop(), bob.stop()]);
    for (const { home } of [alice, bob]) {
      await rm(home, { recursive: true });
      await cp(`${home}-old`, home, { recursive: true });
    }
    await Promise.all([alice.start(), bob.start()]);
    await until(
      async () => [await holdersOf("/put/early"), await holdersOf("/put/late")],
      ([early, late]) => early === 1 && late === 0,
      { what: "bob's new report" },
    );
    await writeFile(join(source, "after"), "after");
    await follows();
    expect((await names("/data")).toSorted()).toEqual(["after", "edited", "late", "sub"]);
    expect(await names("/put")).toEqual(["early", "late"]);
    expect((await readdir(copy)).filter((name) => name.includes("conflict"))).toEqual([]);
    const early = await alice.bytes("cat", { path: "/put/early" });
    expect(early.toString()).toBe("early in the packs");
    // What only the lost part of the home held is gone, and said to be: never other bytes.
    const late = await alice.goliath("cat", "/put/late");
    expect(late.code).not.toBe(0);
    expect(late.stdout).toBe("");
    expect(late.stderr).toMatch(/hold|peer/u);
  });

  it("commits again, each change once", async () => {
    const before = (await member.index.drive()).revision;
    await alice.call("mkdir", { path: "/made/by-alice" });
    await put("again");
    expect((await member.index.drive()).revision).toBe(before + 2);
    expect(await names("/made")).toEqual(["by-alice"]);
    expect(await holdersOf("/put/again")).toBe(1);
  });
});

describe("one home run twice", () => {
  it("does no harm: all that both commit is there, and each serves what it has", async () => {
    const home = world.path("twin");
    await bob.stop();
    await cp(bob.home, home, { recursive: true });
    await bob.start();
    await using twin = new Daemon({
      role: "peer",
      home,
      args: ["--listen", "/ip4/127.0.0.1/tcp/0", "--no-mdns", "--name", "twin"],
    });
    await twin.start();
    expect(twin.ready?.peerId).toBe(bob.ready?.peerId);
    const made = (peer: Daemon, name: string): Promise<unknown> =>
      Promise.all(
        Array.from({ length: 8 }, (_, i) => peer.call("mkdir", { path: `/twins/${name}-${i}` })),
      );
    await Promise.all([made(bob, "bob"), made(twin, "twin")]);
    expect(await names("/twins")).toHaveLength(16);
    await twin.stop();
    await writeFile(join(source, "twins"), "seen by bob when he is alone again");
    await follows();
    await put("alone");
    expect(await holdersOf("/put/alone")).toBe(1);
  });
});
