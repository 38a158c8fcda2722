/**
 * What every disk must do, as tests: what Linux does. A new implementation calls `describeDisk`
 * from its own test file.
 */
import { hash } from "node:crypto";
import { constants } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Disk, DiskFile, DiskStats } from "./disk.ts";
import { runSteps, type Step } from "./steps.ts";

export interface TestDisk extends AsyncDisposable {
  disk: Disk;
  /** An empty folder of its own, without links in its path. */
  folder: string;
  /** Makes a link, which no part of Goliath does. */
  symlink(target: string, path: string): Promise<void>;
}

const { O_RDONLY, O_RDWR, O_CREAT, O_EXCL, O_NOFOLLOW, O_NONBLOCK, O_TRUNC } = constants;
const WHOLE = { bigint: true } as const;

export function describeDisk(name: string, open: () => Promise<TestDisk>): void {
  let opened: TestDisk;
  let disk: Disk;
  const at = (path: string): string => `${opened.folder}/${path}`;
  const failsWith = async (work: Promise<unknown>, code: string): Promise<void> => {
    await expect(work).rejects.toMatchObject({ code });
  };
  const put = async (path: string, text: string): Promise<void> => {
    await using file = await disk.open(at(path), "w");
    await file.writeFile(text);
  };
  const textOf = (path: string): Promise<string> => disk.readFile(at(path), "utf8");
  const inodeOf = async (path: string): Promise<bigint> => (await disk.lstat(at(path), WHOLE)).ino;
  const readAll = async (file: DiskFile): Promise<string> => {
    const bytes = Buffer.alloc(100);
    const { bytesRead } = await file.read(bytes, 0, 100, 0);
    return bytes.toString("utf8", 0, bytesRead);
  };

  beforeEach(async () => {
    opened = await open();
    ({ disk } = opened);
  });
  afterEach(() => opened[Symbol.asyncDispose]());

  describe(`${name} as a disk: files`, () => {
    it("reads back what was written where it was written", async () => {
      await using file = await disk.open(at("a"), "w+");
      expect(await file.write(Buffer.from("xhellox"), 1, 5, 0)).toMatchObject({ bytesWritten: 5 });
      const buffers = [Buffer.from("big "), Buffer.from("world")];
      expect(await file.writev(buffers, 5)).toMatchObject({ bytesWritten: 9 });
      expect(await readAll(file)).toBe("hellobig world");
      const bytes = Buffer.alloc(4, ".");
      expect(await file.read(bytes, 1, 2, 12)).toMatchObject({ bytesRead: 2 });
      expect(bytes.toString()).toBe(".ld.");
      expect(await file.read(bytes, 0, 4, 14)).toMatchObject({ bytesRead: 0 });
      expect(await file.read(bytes, 0, 4, 1_000_000)).toMatchObject({ bytesRead: 0 });
    });

    it("writes text behind what writeFile wrote before", async () => {
      await using file = await disk.open(at("a"), "w");
      await file.writeFile("one");
      await file.writeFile(Buffer.from("two"));
      expect(await textOf("a")).toBe("onetwo");
    });

    it("fills a gap with zeros, and blocks that were cut off too", async () => {
      await using file = await disk.open(at("a"), "w+");
      await file.write(Buffer.alloc(10_000, 7), 0, 10_000, 0);
      await file.truncate(5_000);
      await file.write(Buffer.from("x"), 0, 1, 9_000);
      const bytes = Buffer.alloc(20_000);
      expect((await file.read(bytes, 0, 20_000, 0)).bytesRead).toBe(9_001);
      expect(bytes.subarray(0, 5_000).equals(Buffer.alloc(5_000, 7))).toBe(true);
      expect(bytes.subarray(5_000, 9_000).equals(Buffer.alloc(4_000))).toBe(true);
      await file.truncate(12_000);
      expect((await file.stat(WHOLE)).size).toBe(12_000n);
    });

    it("opens by the flags it was given", async () => {
      await failsWith(disk.open(at("a"), "r"), "ENOENT");
      await failsWith(disk.open(at("a"), "r+"), "ENOENT");
      await (await disk.open(at("a"), "wx")).close();
      await failsWith(disk.open(at("a"), "wx"), "EEXIST");
      await put("a", "bytes");
      await (await disk.open(at("a"), O_RDWR | O_CREAT)).close();
      expect(await textOf("a")).toBe("bytes");
      await (await disk.open(at("a"), O_RDWR | O_CREAT | O_TRUNC)).close();
      expect(await textOf("a")).toBe("");
      await failsWith(disk.open(at("a/b"), "w"), "ENOTDIR");
      await failsWith(disk.open(at("none/b"), "w"), "ENOENT");
      await failsWith(disk.open(opened.folder, "w"), "EISDIR");
      await failsWith(disk.open(at("n".repeat(256)), "w"), "ENAMETOOLONG");
    });

    it("refuses to write what was opened to be read, and the other way round", async () => {
      await put("a", "bytes");
      await using reader = await disk.open(at("a"), "r");
      await failsWith(reader.write(Buffer.from("x"), 0, 1, 0), "EBADF");
      await using writer = await disk.open(at("a"), "r+");
      await writer.write(Buffer.from("B"), 0, 1, 0);
      expect(await readAll(writer)).toBe("Bytes");
      await using writeOnly = await disk.open(at("b"), "w");
      await failsWith(writeOnly.read(Buffer.alloc(1), 0, 1, 0), "EBADF");
    });

    it("refuses a closed file", async () => {
      const file = await disk.open(at("a"), "w");
      await file.close();
      await failsWith(file.stat(WHOLE), "EBADF");
    });

    it("keeps an open file readable when its name is gone or another's", async () => {
      await put("a", "old");
      await using file = await disk.open(at("a"), "r");
      const { ino } = await file.stat(WHOLE);
      await put("b", "new");
      await disk.rename(at("b"), at("a"));
      expect(await readAll(file)).toBe("old");
      expect(await file.stat(WHOLE)).toMatchObject({ ino, nlink: 0n });
      await disk.unlink(at("a"));
      expect(await readAll(file)).toBe("old");
    });

    it("syncs files and directories", async () => {
      await using file = await disk.open(at("a"), "w");
      await file.sync();
      await file.datasync();
      await using directory = await disk.open(opened.folder, "r");
      await directory.sync();
      await failsWith(directory.read(Buffer.alloc(1), 0, 1, 0), "EISDIR");
    });
  });

  describe(`${name} as a disk: facts`, () => {
    it("tells size, kind, inode and names of a file", async () => {
      await put("a", "bytes");
      await disk.link(at("a"), at("b"));
      const a = await disk.lstat(at("a"), WHOLE);
      const b = await disk.stat(at("b"), WHOLE);
      expect([a.size, a.nlink, a.ino]).toEqual([5n, 2n, b.ino]);
      expect(a.dev).toBe((await disk.lstat(opened.folder, WHOLE)).dev);
      expect([a.isFile(), a.isDirectory(), a.isSymbolicLink()]).toEqual([true, false, false]);
      expect((await disk.lstat(opened.folder, WHOLE)).isDirectory()).toBe(true);
    });

    it("sets mode and time, by name and by handle, and moves ctime with them", async () => {
      await using file = await disk.open(at("a"), "w", 0o755);
      const before = await file.stat(WHOLE);
      expect(before.mode & 0o111n).toBe(0o111n);
      await file.chmod(0o640);
      await file.utimes(1_500_000_000.1235, 1_500_000_000.1235);
      const after = await file.stat(WHOLE);
      expect(after.mode & 0o777n).toBe(0o640n);
      expect(after.mtimeNs / 1_000_000n).toBe(1_500_000_000_123n);
      expect(after.ctimeNs).toBeGreaterThan(before.ctimeNs);
      await disk.chmod(at("a"), 0o600);
      await disk.utimes(at("a"), 1_400_000_000.0005, 1_400_000_000.0005);
      const last = await disk.lstat(at("a"), WHOLE);
      expect(last.mode & 0o777n).toBe(0o600n);
      expect(last.mtimeNs / 1_000_000n).toBe(1_400_000_000_000n);
      expect(last.ino).toBe(before.ino);
    });

    it("moves mtime with each write and not with a rename", async () => {
      await put("a", "one");
      await disk.utimes(at("a"), 1_000, 1_000);
      await disk.rename(at("a"), at("b"));
      expect((await disk.lstat(at("b"), WHOLE)).mtimeNs).toBe(1_000_000_000_000n);
      await put("b", "two");
      expect((await disk.lstat(at("b"), WHOLE)).mtimeNs).toBeGreaterThan(1_000_000_000_000n);
    });

    it("tells of free space", async () => {
      const { blocks, bavail, bsize } = await disk.statfs(opened.folder);
      expect(bavail * bsize).toBeGreaterThan(0);
      expect(blocks).toBeGreaterThanOrEqual(bavail);
    });
  });

  describe(`${name} as a disk: names`, () => {
    it("links a second name, never over another", async () => {
      await put("a", "one");
      await put("b", "two");
      await failsWith(disk.link(at("a"), at("b")), "EEXIST");
      await failsWith(disk.link(at("none"), at("c")), "ENOENT");
      await failsWith(disk.link(at("a"), at("none/c")), "ENOENT");
      await disk.link(at("a"), at("c"));
      await disk.unlink(at("a"));
      expect(await textOf("c")).toBe("one");
      expect((await disk.lstat(at("c"), WHOLE)).nlink).toBe(1n);
      await disk.mkdir(at("d"));
      await failsWith(disk.link(at("d"), at("e")), "EPERM");
    });

    it("unlinks names of files alone", async () => {
      await disk.mkdir(at("d"));
      await failsWith(disk.unlink(at("d")), "EISDIR");
      await failsWith(disk.unlink(at("none")), "ENOENT");
      await put("a", "");
      await failsWith(disk.unlink(at("a/b")), "ENOTDIR");
    });

    it("renames over a file at once, and moves a directory with all below it", async () => {
      await put("a", "one");
      await put("b", "two");
      const inode = await inodeOf("a");
      await disk.rename(at("a"), at("b"));
      expect(await inodeOf("b")).toBe(inode);
      await disk.mkdir(at("d/e"), { recursive: true });
      await put("d/e/f", "deep");
      await disk.rename(at("d"), at("g"));
      expect(await textOf("g/e/f")).toBe("deep");
      expect((await disk.readdir(opened.folder)).toSorted()).toEqual(["b", "g"]);
    });

    it("refuses renames that would lose something", async () => {
      await put("a", "");
      await disk.mkdir(at("d/e"), { recursive: true });
      await disk.mkdir(at("empty"));
      await failsWith(disk.rename(at("none"), at("x")), "ENOENT");
      await failsWith(disk.rename(at("a"), at("d")), "EISDIR");
      await failsWith(disk.rename(at("d"), at("a")), "ENOTDIR");
      await failsWith(disk.rename(at("empty"), at("d")), "ENOTEMPTY");
      await failsWith(disk.rename(at("d"), at("d/e/f")), "EINVAL");
      await disk.rename(at("d"), at("empty"));
      expect(await disk.readdir(at("empty"))).toEqual(["e"]);
      await disk.link(at("a"), at("b"));
      await disk.rename(at("a"), at("b"));
      expect((await disk.readdir(opened.folder)).toSorted()).toEqual(["a", "b", "empty"]);
    });

    it("makes and removes directories", async () => {
      await disk.mkdir(at("d"));
      await failsWith(disk.mkdir(at("d")), "EEXIST");
      await failsWith(disk.mkdir(at("x/y")), "ENOENT");
      expect(await disk.mkdir(at("d/e/f"), { recursive: true })).toBe(at("d/e"));
      expect(await disk.mkdir(at("d/e/f"), { recursive: true })).toBeUndefined();
      await put("a", "");
      await failsWith(disk.mkdir(at("a"), { recursive: true }), "EEXIST");
      await failsWith(disk.mkdir(at("a/b"), { recursive: true }), "ENOTDIR");
      await failsWith(disk.rmdir(at("d")), "ENOTEMPTY");
      await failsWith(disk.rmdir(at("a")), "ENOTDIR");
      await failsWith(disk.rmdir(at("none")), "ENOENT");
      await disk.rmdir(at("d/e/f"));
      expect(await disk.readdir(at("d/e"))).toEqual([]);
    });

    it("removes with all below, and what is not there when forced", async () => {
      await disk.mkdir(at("d/e"), { recursive: true });
      await put("d/e/f", "");
      await expect(disk.rm(at("d"))).rejects.toThrow();
      await disk.rm(at("d"), { recursive: true });
      await failsWith(disk.lstat(at("d"), WHOLE), "ENOENT");
      await failsWith(disk.rm(at("d")), "ENOENT");
      await disk.rm(at("d"), { force: true });
      await put("a", "");
      await disk.rm(at("a"));
      expect(await disk.readdir(opened.folder)).toEqual([]);
    });

    it("lists names as text, as bytes and one by one", async () => {
      await put("é", "");
      expect(await disk.readdir(opened.folder)).toEqual(["é"]);
      const raw = await disk.readdir(opened.folder, { encoding: "buffer" });
      expect(raw.map((name) => Buffer.from(name).toString("utf8"))).toEqual(["é"]);
      await using directory = await disk.opendir(opened.folder);
      expect(await directory.read()).toMatchObject({ name: "é" });
      expect(await directory.read()).toBeNull();
      await failsWith(disk.readdir(at("none")), "ENOENT");
      await failsWith(disk.readdir(at("é")), "ENOTDIR");
      await failsWith(disk.opendir(at("none")), "ENOENT");
    });
  });

  describe(`${name} as a disk: links`, () => {
    it("follows links in a path, and the last only where asked", async () => {
      await disk.mkdir(at("d"));
      await put("d/a", "bytes");
      await opened.symlink(at("d"), at("to-d"));
      await opened.symlink("d/a", at("to-a"));
      expect(await textOf("to-d/a")).toBe("bytes");
      expect(await textOf("to-a")).toBe("bytes");
      expect((await disk.lstat(at("to-a"), WHOLE)).isSymbolicLink()).toBe(true);
      expect((await disk.stat(at("to-a"), WHOLE)).isFile()).toBe(true);
      expect(await disk.realpath(at("to-d/../to-d/a"))).toBe(at("d/a"));
      const inPlace = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;
      await failsWith(disk.open(at("to-a"), inPlace), "ELOOP");
      await (await disk.open(at("to-d/a"), inPlace)).close();
      await failsWith(disk.open(at("to-a"), "wx"), "EEXIST");
      await disk.unlink(at("to-a"));
      expect(await textOf("d/a")).toBe("bytes");
    });

    it("gives up on links that go in a circle, and on those to nowhere", async () => {
      await opened.symlink(at("b"), at("a"));
      await opened.symlink(at("a"), at("b"));
      await failsWith(disk.stat(at("a"), WHOLE), "ELOOP");
      await opened.symlink(at("none"), at("c"));
      await failsWith(disk.stat(at("c"), WHOLE), "ENOENT");
      await put("c", "through the link");
      expect(await textOf("none")).toBe("through the link");
    });
  });

  describe(`${name} as a disk: databases`, () => {
    it("keeps a database from one connection to the next", async () => {
      const first = disk.database(at("x.db"), { timeoutMs: 0 });
      first.pragma("journal_mode = WAL");
      first.exec("CREATE TABLE a (b)");
      first.prepare("INSERT INTO a VALUES (?)").run("kept");
      first.close();
      expect((await disk.lstat(at("x.db"), WHOLE)).size).toBeGreaterThan(0n);
      await disk.rename(at("x.db"), at("y.db"));
      const second = disk.database(at("y.db"), { timeoutMs: 0 });
      expect(second.prepare("SELECT b FROM a").pluck().all()).toEqual(["kept"]);
      second.close();
      expect(() => second.exec("SELECT 1")).toThrow();
    });

    it("lets one connection alone hold it", () => {
      const first = disk.database(at("x.db"), { timeoutMs: 0 });
      first.exec("BEGIN EXCLUSIVE");
      expect(() => {
        const second = disk.database(at("x.db"), { timeoutMs: 0 });
        try {
          second.exec("BEGIN EXCLUSIVE");
        } finally {
          second.close();
        }
      }).toThrow(expect.objectContaining({ code: "SQLITE_BUSY" }));
      first.close();
      const third = disk.database(at("x.db"), { timeoutMs: 0 });
      third.exec("BEGIN EXCLUSIVE");
      third.close();
    });

    it("undoes a transaction that throws, alone", () => {
      const db = disk.database(at("x.db"), { timeoutMs: 0 });
      db.exec("CREATE TABLE a (b)");
      const insert = db.prepare("INSERT INTO a VALUES (?)");
      const both = db.transaction((fails: boolean) => {
        insert.run(1);
        expect(() =>
          db.transaction(() => {
            insert.run(2);
            throw new Error("inner");
          })(),
        ).toThrow("inner");
        if (fails) throw new Error("outer");
      });
      expect(() => both(true)).toThrow("outer");
      expect(db.prepare("SELECT b FROM a").pluck().all()).toEqual([]);
      both.immediate(false);
      expect(db.prepare("SELECT b FROM a").pluck().all()).toEqual([1]);
      db.close();
    });

    it("says that a file is no database", async () => {
      await put("x.db", "garbage ".repeat(1000));
      const db = disk.database(at("x.db"), { timeoutMs: 0 });
      expect(() => db.exec("BEGIN IMMEDIATE; COMMIT")).toThrow(
        expect.objectContaining({ code: "SQLITE_NOTADB" }),
      );
      db.close();
    });
  });

  describe("steps", () => {
    const open = (path: string, flags = O_RDONLY): Step => ({ do: "open", path: at(path), flags });

    it("give the bytes, the facts and the digests of a file", async () => {
      await put("a", "hello world");
      const { results, failed } = await runSteps(disk, [
        open("a"),
        { do: "stat" },
        { do: "read", length: 100, position: 6 },
        { do: "hash", length: 11, position: 0, pieceBytes: 5 },
        { do: "hash", length: 12, position: 0, pieceBytes: 6 },
        { do: "lstat", path: at("a") },
        { do: "isReal", path: at("a") },
      ]);
      expect(failed).toBeUndefined();
      const [, stats, bytes, sums, short, linkStats] = results as [
        undefined,
        DiskStats,
        Uint8Array,
        Uint8Array,
        Uint8Array,
        DiskStats,
      ];
      expect([stats.size, stats.isFile(), stats.isDirectory()]).toEqual([11n, true, false]);
      expect([linkStats.ino, linkStats.mtimeNs]).toEqual([stats.ino, stats.mtimeNs]);
      expect(Buffer.from(bytes).toString()).toBe("world");
      const whole = ["hello", " worl", "d"].map((text) => hash("sha256", text, "buffer"));
      expect(Buffer.from(sums).equals(Buffer.concat(whole))).toBe(true);
      expect(Buffer.from(short).equals(hash("sha256", "hello ", "buffer"))).toBe(true);
    });

    it("make a file under one name and give it another", async () => {
      const { results, failed } = await runSteps(disk, [
        open("temporary", O_RDWR | O_CREAT | O_EXCL),
        { do: "write", bytes: Buffer.from("new"), position: 0 },
        { do: "utimes", atime: 1, mtime: 86_400 },
        { do: "link", existing: at("temporary"), path: at("final") },
        { do: "unlink", path: at("temporary") },
        { do: "lstat", path: at("final") },
      ]);
      expect(failed).toBeUndefined();
      expect((results.at(-1) as DiskStats).mtimeNs).toBe(86_400_000_000_000n);
      expect(await disk.readdir(opened.folder)).toEqual(["final"]);
      expect(await disk.readFile(at("final"), "utf8")).toBe("new");
    });

    it("end at the first that fails, and tell how far they came", async () => {
      await put("taken", "somebody's");
      const { results, failed } = await runSteps(disk, [
        open("temporary", O_RDWR | O_CREAT | O_EXCL),
        { do: "write", bytes: Buffer.from("new"), position: 0 },
        { do: "link", existing: at("temporary"), path: at("taken") },
        { do: "unlink", path: at("temporary") },
      ]);
      expect(results).toHaveLength(2);
      expect(failed).toMatchObject({ code: "EEXIST" });
      expect(failed).toBeInstanceOf(Error);
      expect((await disk.readdir(opened.folder)).toSorted()).toEqual(["taken", "temporary"]);
      expect(await disk.readFile(at("taken"), "utf8")).toBe("somebody's");
    });

    it("tell whether what was read has a digest", async () => {
      await put("a", "hello");
      const read: Step[] = [open("a"), { do: "read", length: 5, position: 0 }];
      const right: Step = { do: "check", digest: hash("sha256", "hello", "buffer") };
      const wrong: Step = { do: "check", digest: hash("sha256", "hallo", "buffer") };
      expect((await runSteps(disk, [...read, right])).results).toHaveLength(3);
      const { results, failed } = await runSteps(disk, [...read, wrong, { do: "stat" }]);
      expect(results).toHaveLength(2);
      expect(failed).toMatchObject({ code: "EBADMSG" });
    });

    it("of many files at once are not mixed up", async () => {
      const names = Array.from({ length: 200 }, (_, at) => `file-${at}`);
      for (const name of names) await put(name, name);
      const read = (name: string): Step[] => [open(name), { do: "read", length: 20, position: 0 }];
      const all = await Promise.all(names.map((name) => runSteps(disk, read(name))));
      const texts = all.map(({ results }) => Buffer.from(results[1] as Uint8Array).toString());
      expect(texts).toEqual(names);
    });

    it("follow no link they were told not to", async () => {
      await put("target", "secret");
      await opened.symlink(at("target"), at("link"));
      const { failed } = await runSteps(disk, [open("link", O_RDONLY | O_NOFOLLOW)]);
      expect(failed).toMatchObject({ code: "ELOOP" });
    });

    it("go no further where a link leads to a folder", async () => {
      await disk.mkdir(at("real"));
      await opened.symlink(at("real"), at("link"));
      const { results, failed } = await runSteps(disk, [
        { do: "isReal", path: at("real") },
        { do: "isReal", path: at("link") },
        open("real/file", O_RDWR | O_CREAT),
      ]);
      expect(results).toHaveLength(1);
      expect(failed).toMatchObject({ code: "ELOOP" });
      expect(await disk.readdir(at("real"))).toEqual([]);
    });
  });

  it("syncs whole file systems, or says that it cannot", async () => {
    await put("a", "b");
    expect(await disk.syncFileSystems?.([at("a")])).not.toBe(null);
    expect(await disk.syncFileSystems?.([at("missing")])).not.toBe(true);
  });
}
