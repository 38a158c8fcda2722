import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemDisk } from "./disk/system-disk.ts";
import { openDatabase } from "./open-database.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-database-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const makeTable = {
  disk: systemDisk,
  format: 1,
  migrate: (db: { exec(sql: string): unknown }) => void db.exec("CREATE TABLE a (b)"),
};

describe("openDatabase", () => {
  it("makes a durable file of its format", () => {
    const db = openDatabase(join(folder, "x.db"), { ...makeTable, cacheBytes: 1024 * 1024 });
    expect(db.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(db.pragma("synchronous", { simple: true })).toBe(2);
    expect(db.pragma("cache_size", { simple: true })).toBe(-1024);
    expect(db.pragma("user_version", { simple: true })).toBe(1);
    db.close();
  });

  it("migrates an older file once, telling from where", () => {
    const file = join(folder, "x.db");
    openDatabase(file, makeTable).close();
    const from: number[] = [];
    const later = {
      disk: systemDisk,
      format: 3,
      migrate: (_db: unknown, was: { from: number }) => void from.push(was.from),
    };
    openDatabase(file, later).close();
    openDatabase(file, later).close();
    expect(from).toEqual([1]);
  });

  it("leaves a file as it was when its migration fails", () => {
    const file = join(folder, "x.db");
    const broken = () =>
      openDatabase(file, {
        disk: systemDisk,
        format: 2,
        migrate: (db) => {
          db.exec("CREATE TABLE half (x)");
          throw new Error("half way");
        },
      });
    expect(broken).toThrow("half way");
    const db = openDatabase(file, makeTable);
    expect(db.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["a"]);
    db.close();
  });

  it("names a file that is no database, and leaves it as it is", async () => {
    const file = join(folder, "x.db");
    await writeFile(file, "no database, but somebody's words".repeat(100));
    expect(() => openDatabase(file, makeTable)).toThrow(
      expect.objectContaining({ code: "corrupt", message: `${file} is damaged` }),
    );
    expect(await readFile(file, "utf8")).toContain("somebody's words");
  });

  it("says which file it may not open", async () => {
    await mkdir(join(folder, "x.db"));
    expect(() => openDatabase(join(folder, "x.db"), makeTable)).toThrow(
      expect.objectContaining({ code: "forbidden", about: { file: join(folder, "x.db") } }),
    );
  });

  it("refuses a file of a newer version, saying what to do", () => {
    const file = join(folder, "x.db");
    openDatabase(file, { disk: systemDisk, format: 9, migrate: () => undefined }).close();
    expect(() => openDatabase(file, makeTable)).toThrow(
      expect.objectContaining({ code: "unsupported", message: expect.stringContaining("upgrade") }),
    );
  });
});
