/** What `get` and `put` do with the user's own files. */
import { once } from "node:events";
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  rename,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { parsePath } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Peer } from "../peer.ts";
import { createMeddledDisk, type MeddledDisk } from "../testing/meddled-disk.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "../testing/peer-world.ts";

const TREE = parsePath("/tree");
const { signal } = new AbortController();

let world: PeerWorld;
let disk: MeddledDisk;
let peer: Peer;
let source: string;
let out: string;

beforeEach(async () => {
  world = await openPeerWorld();
  disk = createMeddledDisk();
  peer = await world.peer("peer", { disk });
  source = await world.path("source");
  out = await world.path("out");
});
afterEach(() => world[Symbol.asyncDispose]());

const put = (local = source) => peer.writer.put({ local, path: TREE, signal });
const get = (local: string, path = TREE) => peer.reader.get({ path, local, signal });
const isThere = async (): Promise<boolean> =>
  (await peer.reader.resolve({ path: TREE })).entry !== undefined;

describe("get", () => {
  it("never overwrites, also what appears while it writes", async () => {
    await writeFile(join(source, "file"), "drive");
    await put();
    await mkdir(join(out, "tree"));
    await writeFile(join(out, "tree/file"), "mine");
    await expect(get(out)).rejects.toMatchObject({ code: "exists" });
    expect(await readFile(join(out, "tree/file"), "utf8")).toBe("mine");
    const late = join(world.folder, "late");
    disk.before(
      ({ op, paths: [, to] }) => op === "link" && to === late,
      () => writeFile(late, "mine"),
    );
    await expect(get(late, parsePath("/tree/file"))).rejects.toMatchObject({ code: "exists" });
    expect(await readFile(late, "utf8")).toBe("mine");
    expect(await readdir(join(out, "tree"))).toEqual(["file"]);
  });

  it("writes files of one folder apart, however alike and long their names are", async () => {
    const names = ["a", "b", "c", "d", "e", "f"].flatMap((end) => [
      `${"same beginning ".repeat(8)}${end}`,
      `${"字".repeat(84)}${end}`,
    ]);
    for (const name of names)
      await writeFile(join(source, name), Buffer.alloc(3 * TEST_CHUNK_BYTES, name));
    await put();
    await get(out);
    for (const name of names) {
      const bytes = await readFile(join(out, "tree", name));
      expect(bytes.equals(await readFile(join(source, name)))).toBe(true);
    }
    expect(await readdir(join(out, "tree"))).toHaveLength(names.length);
  });

  it("follows the link it was given, and none in it", async () => {
    await mkdir(join(source, "sub"));
    await writeFile(join(source, "sub/file"), "drive");
    await put();
    await symlink(out, join(world.folder, "link"));
    await get(join(world.folder, "link"));
    expect(await readFile(join(out, "tree/sub/file"), "utf8")).toBe("drive");
    const elsewhere = await world.path("elsewhere");
    const second = await world.path("second");
    await mkdir(join(second, "tree"));
    await symlink(elsewhere, join(second, "tree/sub"));
    await expect(get(second)).rejects.toMatchObject({ code: "exists" });
    const third = await world.path("third");
    disk.before(
      ({ op, paths: [path] }) =>
        op === "open" && path?.startsWith(join(third, "tree/sub")) === true,
      async () => {
        await rename(join(third, "tree/sub"), join(third, "moved"));
        await symlink(elsewhere, join(third, "tree/sub"));
      },
    );
    await expect(get(third)).rejects.toMatchObject({ code: "exists" });
    expect(await readdir(elsewhere)).toEqual([]);
  });

  it("says that the disk is full, and leaves no half file", async () => {
    await writeFile(join(source, "file"), "drive");
    await put();
    disk.before(
      ({ op }) => op === "link",
      () => {
        throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
      },
    );
    await expect(get(out)).rejects.toMatchObject({
      code: "full",
      message: expect.stringMatching(/disk is full: free some space/u),
    });
    expect(await readdir(join(out, "tree"))).toEqual([]);
  });
});

describe("a peer that was killed during a get", () => {
  it("removes what it was writing at its next start, and nothing else", async () => {
    await mkdir(join(source, "sub"));
    await writeFile(join(source, "sub/file"), "drive");
    await put();
    const copy = join(out, "tree");
    const beside: string[] = [];
    // As after a kill: the process makes no call any more.
    disk.before(
      ({ op, paths: [, to] }) => op === "link" && to === join(copy, "sub/file"),
      async () => {
        beside.push(...(await readdir(join(copy, "sub"))));
        disk.onCall = ({ op }) => {
          if (op === "unlink") throw new Error("the process is gone");
        };
        throw new Error("the process is gone");
      },
    );
    await expect(get(out)).rejects.toThrow("gone");
    expect(beside).toEqual([expect.stringMatching(/^\.goliath-get-/u)]);
    const users = [".goliath-get-0123456789abcdef-1", "sub/.goliath-get-of-mine"];
    for (const name of users) await writeFile(join(copy, name), "mine");
    await world.close("peer");
    peer = await world.peer("peer");
    await expect.poll(() => readdir(join(copy, "sub"))).toEqual([".goliath-get-of-mine"]);
    expect(await readdir(copy)).toEqual([".goliath-get-0123456789abcdef-1", "sub"]);
  });
});

describe("put", () => {
  it.each([
    ["a link", () => symlink("/etc/passwd", join(source, "odd"))],
    ["a socket", () => once(createServer().listen(join(source, "odd")).unref(), "listening")],
  ])("refuses %s in a folder by its name, and changes nothing", async (_, make) => {
    await writeFile(join(source, "a"), "x");
    await make();
    await expect(put()).rejects.toMatchObject({
      code: "bad-request",
      message: expect.stringContaining(join(source, "odd")),
    });
    expect(await isThere()).toBe(false);
  });

  it("refuses names that are not UTF-8 or hold what no name may", async () => {
    await writeFile(Buffer.concat([Buffer.from(`${source}/f`), Buffer.from([0xff])]), "x");
    await expect(put()).rejects.toMatchObject({
      code: "invalid-path",
      message: expect.stringMatching(/not UTF-8: rename/u),
    });
    const other = await world.path("other");
    await writeFile(join(other, "line\nbreak"), "x");
    await expect(put(other)).rejects.toMatchObject({ code: "invalid-path" });
    expect(await isThere()).toBe(false);
  });

  it("leaves out a mirror's own folder, and what a get is writing", async () => {
    await mkdir(join(source, "sub/.goliath/tmp"), { recursive: true });
    await writeFile(join(source, "sub/.goliath/tmp/half"), "x");
    await writeFile(join(source, "sub/.goliath-get-0123456789abcdef-7"), "x");
    await writeFile(join(source, "sub/.goliathignore"), "mine");
    await put();
    const { entries } = await peer.reader.list({ path: parsePath("/tree/sub") });
    expect(entries.map(({ name }) => name)).toEqual([".goliathignore"]);
  });

  it("copies what the link it was given leads to", async () => {
    await writeFile(join(source, "file"), "x");
    await symlink(join(source, "file"), join(world.folder, "link"));
    await put(join(world.folder, "link"));
    expect((await peer.reader.stat({ path: TREE })).entry).toMatchObject({ kind: "file", size: 1 });
  });

  it("notices a file that changes while it is read, also when its size and time stay", async () => {
    const file = join(source, "file");
    await writeFile(file, Buffer.alloc(4 * TEST_CHUNK_BYTES, "a"));
    const { mtime } = await lstat(file);
    const change = async (): Promise<void> => {
      await writeFile(file, Buffer.alloc(4 * TEST_CHUNK_BYTES, "b"));
      await utimes(file, mtime, mtime);
    };
    const open = disk.open;
    disk.open = async (...args) => {
      const opened = await open(...args);
      const read = opened.read.bind(opened);
      let reads = 0;
      opened.read = async (...range) => {
        if (++reads === 2) await change();
        return read(...range);
      };
      return opened;
    };
    await expect(put()).rejects.toMatchObject({ code: "changed" });
    expect(await isThere()).toBe(false);
  });
});
