/** What a share must never do: delete by mistake, read twice, lose its place. */
import { ManualClock } from "@goliath/kit";
import { digestOfChanges } from "@goliath/protocols/index";
import { GoliathError, parsePath } from "@goliath/protocols/nouns";
import { writeFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { watchFolder } from "./folder-watcher.ts";
import { systemDisk } from "@goliath/kit";
import { shareDiskOn } from "./share-disk.ts";
import {
  openShareWorld,
  TEST_CHUNK_BYTES,
  TEST_PEER,
  type ShareWorld,
  type ShareWorldInit,
} from "./testing/share-world.ts";

const DATA = parsePath("/data");
let world: ShareWorld;
let source: string;
afterEach(() => world[Symbol.asyncDispose]());

async function begin(files: Record<string, string>, init: ShareWorldInit = {}): Promise<void> {
  world = await openShareWorld(init);
  source = await world.path("source");
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(at(name), ".."), { recursive: true });
    await writeFile(at(name), text);
  }
  await world.shares.share({ local: source, path: DATA });
}

const at = (...names: string[]): string => join(source, ...names);
const touched = (...names: string[]): void => world.touch(...names.map((name) => at(name)));
const until = <Value>(see: () => Value) => expect.poll(see, { timeout: 20_000 });
const state = () => world.shares.list()[0]?.state;

function many(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, `${i}`]));
}

describe("a share", () => {
  it("waits for a yes before it removes more than half", async () => {
    await begin(many(20));
    for (let i = 0; i < 12; i++) await rm(at(`f${i}`));
    touched(...Object.keys(many(12)));
    await until(state).toBe("waiting");
    expect(world.shares.list()[0]?.problems[0]).toContain("goliath share --confirm /data");
    await writeFile(at("new"), "goes on");
    touched("new");
    await until(() => world.entry("/data/new")).toBeDefined();
    expect(await world.tree("/data")).toHaveLength(21);
    world.shares.confirm({ path: DATA });
    await until(() => world.tree("/data")).toHaveLength(9);
    expect(state()).toBe("following");
  });

  it("asks of a small share too, and not before more than half of it has gone", async () => {
    await begin({ a: "x", b: "x", "empty/c": "x", d: "x" });
    await rm(at("a"));
    await rm(at("b"));
    touched("a", "b");
    await until(() => world.tree("/data")).toHaveLength(3);
    await rm(at("empty/c"));
    touched("empty/c");
    await until(state).toBe("waiting");
    expect(await world.tree("/data")).toHaveLength(3);
    world.shares.confirm({ path: DATA });
    await until(() => world.tree("/data")).toEqual(["/data/d 1", "/data/empty/"]);
    // Its folder stays, so that the root is not empty: that was the last file.
    await rm(at("d"));
    touched("d");
    await until(state).toBe("waiting");
    expect(await world.tree("/data")).toHaveLength(2);
  });

  it("takes back its question when the files are there again", async () => {
    await begin(many(20));
    await mkdir(join(world.folder, "aside"));
    for (let i = 0; i < 15; i++) await rename(at(`f${i}`), join(world.folder, "aside", `f${i}`));
    touched(...Object.keys(many(15)));
    await until(state).toBe("waiting");
    for (let i = 0; i < 15; i++) await rename(join(world.folder, "aside", `f${i}`), at(`f${i}`));
    touched(...Object.keys(many(15)));
    await until(state).toBe("following");
    expect(await world.tree("/data")).toHaveLength(20);
  });

  it("deletes nothing of a folder that cannot be read", async () => {
    await begin({ "open/a": "x", "shut/b": "x" });
    const whole = shareDiskOn(systemDisk);
    world.disk = {
      ...whole,
      names: async (path) => {
        if (path === at("shut"))
          throw Object.assign(new Error("EACCES: denied"), { code: "EACCES" });
        return whole.names(path);
      },
    };
    await rm(at("open/a"));
    touched("");
    await until(() => world.tree("/data")).toEqual([
      "/data/open/",
      "/data/shut/",
      "/data/shut/b 1",
    ]);
    expect(world.shares.list()[0]?.problems).toEqual([expect.stringContaining("cannot be read")]);
  });

  it("pauses and deletes nothing when its root is gone, empty or another", async () => {
    const clock = new ManualClock();
    await begin({ a: "x", "d/b": "y" }, { clock });
    const tree = await world.tree("/data");
    const look = async (): Promise<void> => {
      touched("");
      await clock.advance(61_000);
    };
    const aside = join(world.folder, "aside");
    await rename(source, aside);
    await look();
    await until(state).toBe("paused");
    expect(world.shares.list()[0]?.problems[0]).toContain("is missing");
    await mkdir(source);
    await look();
    await until(() => world.shares.list()[0]?.problems[0]).toContain("another folder");
    await rm(source, { recursive: true });
    await rename(aside, source);
    await look();
    await until(state).toBe("following");
    expect(await world.tree("/data")).toEqual(tree);
  });

  it("takes another folder in its place after a yes, and rests when there is none", async () => {
    const clock = new ManualClock();
    await begin(many(20), { clock });
    await rm(source, { recursive: true });
    world.shares.confirm({ path: DATA });
    await until(state).toBe("paused");
    await clock.whenSleeping();
    await mkdir(source);
    await writeFile(at("other"), "x");
    await clock.advance(6_000);
    await until(() => world.shares.list()[0]?.problems[0]).toContain("another folder");
    expect(await world.tree("/data")).toHaveLength(20);
    world.shares.confirm({ path: DATA });
    await until(() => world.tree("/data")).toEqual(["/data/other 1"]);
  });

  it("goes on after a restart without reading or committing anything again", async () => {
    await begin({ a: "one", "d/b": "two", "d/empty": "" });
    const entry = await world.file("/data/d/b");
    await world.stop();
    await writeFile(at("c"), "new while away");
    const commits = world.commits.length;
    await world.start();
    await until(() => world.entry("/data/c")).toBeDefined();
    expect(world.commits.slice(commits).map(({ changes }) => changes)).toEqual([
      [expect.objectContaining({ op: "put", path: "/data/c" })],
    ]);
    expect(await world.file("/data/d/b")).toEqual(entry);
  });

  it("commits once when the answer is lost", async () => {
    await begin({});
    let lost = 0;
    world.onCommit = async (commit) => {
      const reply = await commit();
      if (lost++ === 0) throw new GoliathError("closed", "the answer is lost");
      return reply;
    };
    await writeFile(at("a"), "x");
    touched("a");
    await until(() => world.commits.filter(({ changes }) => changes[0]?.op === "put").length).toBe(
      2,
    );
    await until(() => world.shares.list()[0]?.files).toBe(1);
    const log = await world.engine.log({});
    expect(log.filter(({ summary }) => summary.startsWith("put"))).toHaveLength(1);
  });

  it("commits once when the peer stops before the answer", async () => {
    await begin({});
    const reached = Promise.withResolvers<void>();
    world.onCommit = async (commit, signal) => {
      await commit();
      reached.resolve();
      return new Promise((_, reject) =>
        signal?.addEventListener("abort", () => reject(signal.reason)),
      );
    };
    await writeFile(at("a"), "x");
    touched("a");
    await reached.promise;
    const [sent] = world.commits.slice(-1);
    world.onCommit = (commit) => commit();
    await world.stop();
    await world.start();
    await until(() => world.shares.list()[0]?.files).toBe(1);
    expect(world.commits.at(-1)).toEqual(sent);
    const log = await world.engine.log({});
    expect(log.filter(({ summary }) => summary.startsWith("put"))).toHaveLength(1);
  });

  it("takes new ids when its lease ended before the commit", async () => {
    await begin({});
    let refused = 0;
    world.onCommit = async (commit) => {
      if (refused++ === 0) throw new GoliathError("lease-lost", "too late");
      return commit();
    };
    await writeFile(at("a"), "x");
    touched("a");
    await until(() => world.entry("/data/a")).toBeDefined();
    const [first, second] = world.commits.slice(-2);
    expect(second?.number).toBeGreaterThan(first?.number ?? 0);
    expect(second?.leases).not.toEqual(first?.leases);
    expect(world.placed.placed(at("a"))?.extents).toEqual((await world.file("/data/a")).extents);
  });

  it("leaves out a file that changed before the commit, and publishes it after", async () => {
    await begin({});
    let refused = 0;
    world.onCommit = async (commit) => {
      if (refused++ > 0) return commit();
      await writeFile(at("a"), "changed");
      throw new GoliathError("unverified", "not what was said");
    };
    await writeFile(at("a"), "x");
    await writeFile(at("b"), "y");
    touched("a", "b");
    await until(() => world.tree("/data")).toEqual(["/data/a 7", "/data/b 1"]);
  });

  it("publishes anew what the drive lost, and takes over what it kept", async () => {
    await begin({ a: "one", b: "two" });
    const kept = await world.file("/data/b");
    const changes = [{ op: "remove", path: parsePath("/data/a") } as const];
    const who = { peer: TEST_PEER, admin: false };
    const digest = digestOfChanges(changes);
    await world.engine.commit(who, { number: 9, digest, changes, leases: [], locations: [] });
    await rm(at("a"));
    await writeFile(at("c"), "three");
    touched("a", "c");
    await until(() => world.tree("/data")).toEqual(["/data/b 3", "/data/c 5"]);
    expect(await world.file("/data/b")).toEqual(kept);
  });

  it("looks at everything at intervals, when no event comes", async () => {
    const clock = new ManualClock();
    await begin({ a: "x" }, { clock });
    await writeFile(at("silent"), "y");
    await clock.advance(61_000);
    await until(() => world.entry("/data/silent")).toBeDefined();
  });
});

describe("a first publication", () => {
  it("of ten thousand files is few commits", { timeout: 180_000 }, async () => {
    // Time stands still: batches are cut by their size alone, however slow this machine is.
    world = await openShareWorld({ clock: new ManualClock() });
    source = await world.path("source");
    await mkdir(at("many"));
    for (let i = 0; i < 10_000; i++) writeFileSync(at("many", `f${i}`), `${i}`);
    const result = await world.shares.share({ local: source, path: DATA });
    expect(result).toMatchObject({ files: 10_000, state: "following" });
    expect(world.commits.map(({ changes }) => changes.length)).toEqual([1, 10_000, 1]);
  });
});

describe("watchFolder", () => {
  it("brings a save, a rename and a deletion into the drive without a rescan", async () => {
    await begin({ "d/a": "one", b: "two" }, { watch: watchFolder });
    await writeFile(at("d/a"), Buffer.alloc(TEST_CHUNK_BYTES + 1));
    await until(async () => (await world.file("/data/d/a")).size).toBe(TEST_CHUNK_BYTES + 1);
    await rename(at("d"), at("e"));
    await until(() => world.entry("/data/e/a")).toBeDefined();
    await rm(at("b"));
    await until(() => world.tree("/data")).toEqual([
      "/data/e/",
      `/data/e/a ${TEST_CHUNK_BYTES + 1}`,
    ]);
    const moves = world.commits.flatMap(({ changes }) => changes).filter(({ op }) => op === "move");
    expect(moves).toHaveLength(1);
  });
});
