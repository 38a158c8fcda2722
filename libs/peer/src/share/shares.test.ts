import { digestOfChanges } from "@goliath/protocols/index";
import { DIGEST_BYTES, parsePath } from "@goliath/protocols/nouns";
import {
  appendFile,
  mkdir,
  rename,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  OTHER_PEER,
  openShareWorld,
  TEST_CHUNK_BYTES,
  type ShareWorld,
} from "./testing/share-world.ts";

const DATA = parsePath("/data");
let world: ShareWorld;
let source: string;
/** Of the other peer's next commit. */
let number = 1;
beforeEach(async () => {
  world = await openShareWorld();
  source = await world.path("source");
});
afterEach(() => world[Symbol.asyncDispose]());

const at = (...names: string[]): string => join(source, ...names);
const share = () => world.shares.share({ local: source, path: DATA });

/** Looks again until it is as expected. */
const until = <Value>(see: () => Promise<Value>) => expect.poll(see, { timeout: 20_000 });

const touched = (...names: string[]): void => world.touch(...names.map((name) => at(name)));

describe("share", () => {
  it("publishes files, empty ones and empty directories with time and mode", async () => {
    await writeFile(at("a.txt"), "hello");
    await writeFile(at("empty"), "");
    await mkdir(at("d/e"), { recursive: true });
    await writeFile(at("d/run.sh"), "x", { mode: 0o755 });
    await utimes(at("a.txt"), 1_600_000_000.5, 1_600_000_000.5);
    const result = await share();
    expect(result).toMatchObject({ files: 3, bytes: 6, state: "following", warnings: [] });
    expect(await world.tree("/data")).toEqual([
      "/data/a.txt 5",
      "/data/d/",
      "/data/d/e/",
      "/data/d/run.sh 1",
      "/data/empty 0",
    ]);
    expect(await world.file("/data/a.txt")).toMatchObject({
      mtimeMs: 1_600_000_000_500,
      executable: false,
    });
    expect((await world.file("/data/d/run.sh")).executable).toBe(true);
  });

  it("follows an edit, a new file and a deletion", async () => {
    await writeFile(at("a"), "one");
    await writeFile(at("b"), "two");
    await share();
    await writeFile(at("a"), "changed");
    await writeFile(at("c"), "three");
    await rm(at("b"));
    touched("a", "b", "c");
    await until(() => world.tree("/data")).toEqual(["/data/a 7", "/data/c 5"]);
  });

  it("keeps the ids of the chunks that an edit left alone", async () => {
    const bytes = Buffer.alloc(10 * TEST_CHUNK_BYTES + 5, "abcdefg");
    await writeFile(at("big"), bytes);
    await share();
    const before = await world.file("/data/big");
    bytes[3 * TEST_CHUNK_BYTES + 1]! ^= 1;
    await writeFile(at("big"), bytes);
    touched("big");
    await until(async () => (await world.file("/data/big")).revision).not.toBe(before.revision);
    const after = await world.file("/data/big");
    const first = before.extents[0]!.first;
    expect(before.extents).toEqual([{ first, count: 11, bytes: bytes.length }]);
    expect(after.extents.map(({ first: id, count }) => [id, count])).toEqual([
      [first, 3],
      [expect.any(Number), 1],
      [first + 4, 7],
    ]);
    expect(after.sums?.length).toBe(11 * DIGEST_BYTES);
    const placed = world.placed.placed(at("big"));
    expect(placed?.extents).toEqual(after.extents);
  });

  it("turns the renaming of a directory into one move without reading it", async () => {
    await mkdir(at("old/deep"), { recursive: true });
    for (let i = 0; i < 200; i++) await writeFile(at("old/deep", `f${i}`), `${i}`);
    await share();
    const before = await world.file("/data/old/deep/f7");
    const commits = world.contentCommits().length;
    await rename(at("old"), at("new"));
    touched("old", "new");
    await until(async () => world.entry("/data/new/deep/f7")).toBeDefined();
    expect(await world.entry("/data/old")).toBeUndefined();
    expect((await world.file("/data/new/deep/f7")).extents).toEqual(before.extents);
    const [commit, ...more] = world.contentCommits().slice(commits);
    expect(commit?.changes).toEqual([{ op: "move", path: "/data/old", to: "/data/new" }]);
    expect(more).toEqual([]);
    expect(world.placed.placed(at("new/deep/f7"))?.extents).toEqual(before.extents);
    expect(world.placed.placed(at("old/deep/f7"))).toBeUndefined();
    await writeFile(at("new/deep/f7"), "edited");
    touched("new/deep/f7");
    await until(async () => (await world.file("/data/new/deep/f7")).size).toBe(6);
  });

  it("turns the renaming of a file into a move that keeps its chunks", async () => {
    await mkdir(at("d"));
    await writeFile(at("x"), "content");
    await share();
    const before = await world.file("/data/x");
    await rename(at("x"), at("d/y"));
    touched("x", "d/y");
    await until(async () => world.entry("/data/d/y")).toBeDefined();
    expect(world.commits.at(-1)?.changes).toEqual([
      { op: "move", path: "/data/x", to: "/data/d/y" },
    ]);
    const [extent] = (await world.file("/data/d/y")).extents;
    expect(extent).toEqual(before.extents[0]);
    expect(Buffer.from(await world.placed.read(extent!.first)).toString()).toBe("content");
  });

  it("takes a save by rename as an edit", async () => {
    await writeFile(at("doc"), "first");
    await share();
    await writeFile(at(".goliath-tmp"), "second!");
    await rename(at(".goliath-tmp"), at("doc"));
    touched("doc");
    await until(async () => (await world.file("/data/doc")).size).toBe(7);
  });

  it("replaces a file by a directory of the same name", async () => {
    await writeFile(at("x"), "file");
    await writeFile(at("y"), "file");
    await share();
    await rm(at("x"));
    await mkdir(at("x"));
    await writeFile(at("x/in"), "dir");
    touched("x", "x/in");
    await until(() => world.tree("/data")).toEqual(["/data/x/", "/data/x/in 3", "/data/y 4"]);
  });

  it("never follows links and skips names the drive refuses, with a warning each", async () => {
    await writeFile(join(world.folder, "secret"), "secret");
    await symlink(join(world.folder, "secret"), at("link"));
    await symlink(world.folder, at("dirlink"));
    await writeFile(at("line\nbreak"), "x");
    await writeFile(Buffer.concat([Buffer.from(`${source}/`), Buffer.from([0x66, 0xff])]), "x");
    await writeFile(at("größe 你好 🎈"), "fine");
    const { warnings } = await share();
    expect(await world.tree("/data")).toEqual(["/data/größe 你好 🎈 4"]);
    expect(warnings).toHaveLength(4);
  });

  it("leaves out what the ignore file and the defaults name", async () => {
    await writeFile(at(".goliathignore"), "*.log\n/build/\n!keep.log\n");
    await mkdir(at("build"));
    await mkdir(at("sub/build"), { recursive: true });
    for (const name of ["a.log", "keep.log", "build/x", "sub/build/y", ".DS_Store", "z.part"]) {
      await writeFile(at(name), "x");
    }
    await share();
    expect(await world.tree("/data")).toEqual([
      "/data/.goliathignore 24",
      "/data/keep.log 1",
      "/data/sub/",
      "/data/sub/build/",
      "/data/sub/build/y 1",
    ]);
  });

  it("publishes a growing file once it rests", async () => {
    await writeFile(at("grow"), "");
    const sharing = share();
    await appendFile(at("grow"), Buffer.alloc(3 * TEST_CHUNK_BYTES));
    await appendFile(at("grow"), "end");
    await sharing;
    touched("grow");
    await until(async () => (await world.file("/data/grow")).size).toBe(3 * TEST_CHUNK_BYTES + 3);
    await truncate(at("grow"), 10);
    touched("grow");
    await until(async () => (await world.file("/data/grow")).size).toBe(10);
  });

  it("ends after the first publication with `once`, its files still served", async () => {
    await writeFile(at("a"), "one");
    await world.shares.share({ local: source, path: DATA, once: true });
    expect(world.shares.list()).toEqual([]);
    const change = { op: "mkdir", path: parsePath("/data/by-other") } as const;
    await expect(commitAs(OTHER_PEER, change)).resolves.toBeDefined();
    expect(world.placed.placed(at("a"))).toBeDefined();
  });
});

describe("Shares refuse", () => {
  it("a file, a folder that is not there, and the root of the drive", async () => {
    await writeFile(at("f"), "x");
    const sharing = (local: string, path = DATA) => world.shares.share({ local, path });
    await expect(sharing(at("f"))).rejects.toMatchObject({ code: "not-a-directory" });
    await expect(sharing(at("none"))).rejects.toMatchObject({ code: "not-found" });
    await expect(sharing(source, parsePath("/"))).rejects.toMatchObject({ code: "bad-request" });
  });

  it("folders and paths that overlap others", async () => {
    await mkdir(at("in"));
    await share();
    const sharing = (local: string, path: string) =>
      world.shares.share({ local, path: parsePath(path) });
    await expect(sharing(at("in"), "/x")).rejects.toMatchObject({ code: "exists" });
    await expect(sharing(world.folder, "/x")).rejects.toMatchObject({ code: "exists" });
    await expect(sharing(source, "/x")).rejects.toMatchObject({ code: "exists" });
    const other = await world.path("other");
    await expect(sharing(other, "/data/x")).rejects.toMatchObject({ code: "exists" });
    await expect(sharing(await world.path("home", "x"), "/x")).rejects.toMatchObject({
      code: "exists",
    });
  });

  it("a path that another peer's share owns", async () => {
    await commitAs(OTHER_PEER, { op: "claim", path: DATA });
    await expect(share()).rejects.toMatchObject({ code: "owned" });
    expect(world.shares.list()).toEqual([]);
  });
});

describe("unshare", () => {
  it("leaves names and files, gives the path back and says what is only here", async () => {
    await writeFile(at("a"), "one");
    await share();
    const result = await world.shares.unshare({ path: DATA });
    expect(result).toMatchObject({ files: 1, onlyHere: { files: 1, bytes: 3, complete: true } });
    expect(await world.tree("/data")).toEqual(["/data/a 3"]);
    await commitAs(OTHER_PEER, { op: "remove", path: parsePath("/data/a") });
    expect(world.placed.placed(at("a"))).toBeDefined();
  });

  it("lets the folder be shared again without reading or changing anything", async () => {
    await writeFile(at("a"), "one");
    await mkdir(at("d"));
    await share();
    const before = await world.file("/data/a");
    await world.shares.unshare({ local: source });
    expect(await share()).toMatchObject({ files: 1 });
    expect(await world.file("/data/a")).toEqual(before);
  });
});

async function commitAs(peer: typeof OTHER_PEER, change: Parameters<typeof digestOfChanges>[0][0]) {
  const changes = [change];
  return world.engine.commit(
    { peer, admin: false },
    { number: number++, digest: digestOfChanges(changes), changes, leases: [], locations: [] },
  );
}
