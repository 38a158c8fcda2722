import {
  appendFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mtimeMsOf } from "@goliath/chunks";
import { parsePath, type DrivePath, type Revision } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");

let world: PeerWorld;
let alice: Peer;
let bob: Peer;
let source: string;
let target: string;

beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  bob = await world.peer("bob");
  source = await world.path("source");
  target = await world.path("target");
});
afterEach(() => world[Symbol.asyncDispose]());

/** Resolves once bob's mirror is complete at a revision in which `isThere` holds. */
async function mirrored(isThere: () => boolean | Promise<boolean>): Promise<void> {
  const signal = AbortSignal.timeout(20_000);
  for (;;) {
    const [status] = bob.mirrors.list();
    if (status?.state === "complete" && (await isThere())) return;
    await bob.mirrors.nextChange(signal);
  }
}

const at = (name: string): string => join(target, name);
const put = (name: string, bytes: string | Buffer): Promise<void> =>
  writeFile(join(source, name), bytes);

async function shareAndMirror(): Promise<void> {
  await alice.shares.share({ local: source, path: DATA });
  await bob.mirrors.mirror({ path: DATA, local: target });
}

/** What the files hold that had to make way for a name. */
async function conflictsOf(name: string): Promise<string[]> {
  const names = await readdir(target);
  const conflicts = names.filter((other) => other.startsWith(`${name}.conflict-`));
  return Promise.all(conflicts.map((other) => readFile(at(other), "utf8")));
}

async function textOf({ reader }: Peer, path: DrivePath): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const bytes of reader.read({ path })) parts.push(bytes);
  return Buffer.concat(parts).toString("utf8");
}

describe("Mirror", () => {
  it("follows what is made, edited and deleted", async () => {
    await put("one", "1");
    await shareAndMirror();
    await put("two", "2");
    await mirrored(() => existsSync(at("two")));
    await put("one", "changed");
    await mirrored(async () => (await readFile(at("one"), "utf8")) === "changed");
    await unlink(join(source, "one"));
    await mirrored(() => !existsSync(at("one")));
    expect(await readFile(at("two"), "utf8")).toBe("2");
  });

  it("renames a directory without fetching anything", async () => {
    await mkdir(join(source, "old/deep"), { recursive: true });
    for (let i = 0; i < 20; i++) await put(`old/deep/${i}`, `content ${i}`);
    await shareAndMirror();
    const before = bob.traffic.status().downBytes;
    const inode = (await lstat(at("old/deep/3"))).ino;
    await rename(join(source, "old"), join(source, "new"));
    await mirrored(() => existsSync(at("new/deep/3")));
    expect((await lstat(at("new/deep/3"))).ino).toBe(inode);
    expect(existsSync(at("old"))).toBe(false);
    expect(bob.traffic.status().downBytes).toBe(before);
  });

  it("keeps times and the executable bit", async () => {
    await put("tool", "#!/bin/sh\n");
    await utimes(join(source, "tool"), 1_700_000_000.123, 1_700_000_000.123);
    await writeFile(join(source, "run"), "x", { mode: 0o755 });
    await shareAndMirror();
    const timeOf = async (path: string): Promise<number> =>
      mtimeMsOf(await lstat(path, { bigint: true }));
    expect(await timeOf(at("tool"))).toBe(await timeOf(join(source, "tool")));
    expect((await lstat(at("run"))).mode & 0o111).toBe(0o111);
    expect((await lstat(at("tool"))).mode & 0o111).toBe(0);
  });

  it("adopts what matches and keeps a user's own file under another name", async () => {
    await put("same", "equal bytes");
    await put("other", "from the drive");
    await writeFile(at("same"), "equal bytes");
    await writeFile(at("other"), "the user's own");
    await writeFile(at("unrelated"), "untouched");
    await shareAndMirror();
    expect(bob.traffic.status().downBytes).toBe("from the drive".length);
    expect(await readFile(at("other"), "utf8")).toBe("from the drive");
    expect(await readFile(at("unrelated"), "utf8")).toBe("untouched");
    expect(await conflictsOf("other")).toEqual(["the user's own"]);
  });

  it("takes nothing for its own that was shared from its folder, or mirrored, before", async () => {
    await writeFile(at("note"), "shared once");
    const before = parsePath("/before");
    await bob.shares.share({ local: target, path: before });
    await bob.shares.unshare({ path: before });
    await put("note", "from the drive");
    await shareAndMirror();
    expect(await readFile(at("note"), "utf8")).toBe("from the drive");
    expect(await conflictsOf("note")).toEqual(["shared once"]);
    await bob.mirrors.unmirror({ local: target });
    await bob.mirrors.mirror({ path: before, local: target });
    expect(await readFile(at("note"), "utf8")).toBe("shared once");
    expect((await conflictsOf("note")).toSorted()).toEqual(["from the drive", "shared once"]);
  });

  it("goes on serving a user's file that had to make way", async () => {
    await writeFile(at("note"), "shared once");
    const before = parsePath("/before");
    await bob.shares.share({ local: target, path: before });
    await bob.shares.unshare({ path: before });
    await put("note", "from the drive");
    await shareAndMirror();
    expect(await textOf(alice, parsePath("/before/note"))).toBe("shared once");
  });

  it("never overwrites what the user edited in the mirror", async () => {
    await put("note", "first");
    await shareAndMirror();
    await writeFile(at("note"), "my edit");
    await put("note", "second");
    await mirrored(async () => (await readFile(at("note"), "utf8")) === "second");
    expect(await conflictsOf("note")).toEqual(["my edit"]);
  });

  it("goes on after a restart without fetching what it has", async () => {
    const big = Buffer.alloc(40 * TEST_CHUNK_BYTES, "0123456789abcdef-");
    for (let i = 0; i < 40; i++) big.writeUInt32LE(i, i * TEST_CHUNK_BYTES);
    await put("big", big);
    await alice.shares.share({ local: source, path: DATA });
    const enough = new AbortController();
    const mirroring = bob.mirrors.mirror({ path: DATA, local: target, signal: enough.signal });
    const stop = bob.chunks.onChange(() => {
      if (bob.traffic.status().downBytes > 10 * TEST_CHUNK_BYTES) enough.abort();
    });
    await mirroring.catch(() => undefined);
    stop();
    await world.close("bob");
    const had = bob.traffic.status().downBytes;
    bob = await world.peer("bob");
    await mirrored(() => existsSync(at("big")));
    expect(big.equals(await readFile(at("big")))).toBe(true);
    const fetched = had + bob.traffic.status().downBytes;
    expect(fetched).toBeLessThanOrEqual(big.length + 30 * TEST_CHUNK_BYTES);
  });

  it("brings back what was removed from it, and removes and renames with many files", async () => {
    await mkdir(join(source, "many/below"), { recursive: true });
    for (let i = 0; i < 60; i++) await put(`many/below/${i}`, `file ${i}`);
    await put("single", "1");
    await shareAndMirror();
    await world.close("bob");
    await unlink(at("single"));
    await rm(at("many"), { recursive: true });
    bob = await world.peer("bob");
    await mirrored(() => existsSync(at("single")) && existsSync(at("many/below/59")));
    expect(await readFile(at("many/below/7"), "utf8")).toBe("file 7");
    await rename(join(source, "many/below"), join(source, "elsewhere"));
    await rm(join(source, "many"), { recursive: true });
    await mirrored(() => existsSync(at("elsewhere/59")) && !existsSync(at("many")));
    await rm(join(source, "elsewhere"), { recursive: true });
    await alice.shares.share({ local: source, path: DATA, confirm: true });
    await mirrored(() => !existsSync(at("elsewhere")));
    expect(await readFile(at("single"), "utf8")).toBe("1");
  });

  it("swaps two directories", async () => {
    await mkdir(join(source, "a"));
    await mkdir(join(source, "b"));
    await put("a/from-a", "a");
    await put("b/from-b", "b");
    await shareAndMirror();
    await alice.shares.unshare({ path: DATA });
    const signal = AbortSignal.timeout(20_000);
    const [a, b, c] = ["/data/a", "/data/b", "/data/c"].map(parsePath) as [
      DrivePath,
      DrivePath,
      DrivePath,
    ];
    await alice.writer.move({ from: a, to: c, signal });
    await alice.writer.move({ from: b, to: a, signal });
    await alice.writer.move({ from: c, to: b, signal });
    await mirrored(() => existsSync(at("a/from-b")) && existsSync(at("b/from-a")));
    expect((await readdir(target)).toSorted()).toEqual([".goliath", "a", "b"]);
  });

  it("shows what crosses its edge as made and deleted", async () => {
    await mkdir(join(source, "in"));
    await mkdir(join(source, "out"));
    await put("in/leaves", "going");
    await put("out/enters", "coming");
    await alice.shares.share({ local: source, path: DATA });
    await bob.mirrors.mirror({ path: parsePath("/data/in"), local: target });
    await rename(join(source, "out/enters"), join(source, "in/enters"));
    await mirrored(() => existsSync(at("enters")));
    await rename(join(source, "in/leaves"), join(source, "out/leaves"));
    await mirrored(() => !existsSync(at("leaves")));
    await mkdir(join(source, "out/tree/deep"), { recursive: true });
    await put("out/tree/deep/file", "in a tree");
    await rename(join(source, "out/tree"), join(source, "in/tree"));
    await mirrored(() => existsSync(at("tree/deep/file")));
    expect(await readFile(at("tree/deep/file"), "utf8")).toBe("in a tree");
  });

  it("feeds a third peer while the sharer is off", async () => {
    await put("file", Buffer.alloc(3 * TEST_CHUNK_BYTES, "z"));
    await shareAndMirror();
    await bob.flush();
    await world.close("alice");
    const carol = await world.peer("carol");
    const status = await carol.mirrors.mirror({ path: DATA, local: await world.path("carols") });
    expect(status).toMatchObject({ state: "complete", files: 1 });
  });

  it("deletes nothing when the directory is removed from the drive or the mirror ends", async () => {
    await put("file", "stays");
    await shareAndMirror();
    await alice.shares.unshare({ path: DATA });
    await alice.writer.remove({ path: DATA, recursive: true, signal: AbortSignal.timeout(10_000) });
    const signal = AbortSignal.timeout(10_000);
    while (bob.mirrors.list()[0]?.state !== "lost") await bob.mirrors.nextChange(signal);
    expect(await readFile(at("file"), "utf8")).toBe("stays");
    await bob.mirrors.unmirror({ local: target });
    expect(await readFile(at("file"), "utf8")).toBe("stays");
    expect(existsSync(at(".goliath"))).toBe(false);
  });

  it("pauses when its folder is another than before", async () => {
    await put("file", "1");
    await shareAndMirror();
    await rename(target, `${target}-moved`);
    await mkdir(target);
    await put("file", "2");
    const signal = AbortSignal.timeout(10_000);
    while (bob.mirrors.list()[0]?.state !== "paused") await bob.mirrors.nextChange(signal);
    expect(existsSync(at("file"))).toBe(false);
    expect(await readFile(join(`${target}-moved`, "file"), "utf8")).toBe("1");
  });
});

describe("reading", () => {
  it("gives a range of an old revision while newer ones are made", async () => {
    const old = Buffer.alloc(4 * TEST_CHUNK_BYTES, "old!");
    await put("file", old);
    await shareAndMirror();
    const { revision } = await bob.reader.resolve({ path: parsePath("/data/file") });
    await appendFile(join(source, "file"), "more");
    await mirrored(async () => (await lstat(at("file"))).size === old.length + 4);
    const read: Uint8Array[] = [];
    const range = {
      path: parsePath("/data/file"),
      at: revision as Revision,
      offset: 100,
      length: TEST_CHUNK_BYTES,
    };
    for await (const bytes of bob.reader.read(range)) read.push(bytes);
    expect(Buffer.concat(read).equals(old.subarray(100, 100 + TEST_CHUNK_BYTES))).toBe(true);
    const carol = await world.peer("carol");
    await rm(await world.path("nothing"), { recursive: true });
    expect(
      (await carol.reader.list({ path: DATA, at: revision })).entries.map(({ name }) => name),
    ).toEqual(["file"]);
  });
});
