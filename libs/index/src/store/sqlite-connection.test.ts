import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DriveId } from "@goliath/protocols/nouns";
import { openReading, openWriting } from "./sqlite-connection.ts";
import { FORMAT_VERSION } from "./sqlite-schema.ts";

const FULL = 2;

let home: string;
let files = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-connection-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const newFile = () => ({
  file: join(home, `${files++}.db`),
  drive: "drive" as DriveId,
  chunkBytes: 4096,
});

describe("openWriting", () => {
  it("syncs every commit, in a new file and in one that another program set otherwise", () => {
    const init = newFile();
    for (let round = 0; round < 2; round++) {
      const database = openWriting(init);
      expect(database.pragma("synchronous", { simple: true })).toBe(FULL);
      expect(database.pragma("journal_mode", { simple: true })).toBe("wal");
      database.close();
      const other = new Database(init.file);
      other.pragma("journal_mode = DELETE");
      other.pragma("synchronous = OFF");
      other.close();
    }
  });

  it("refuses a newer format with advice, and leaves the file as it was to the last bit", async () => {
    const init = newFile();
    openWriting(init).close();
    const newer = new Database(init.file);
    newer.pragma(`user_version = ${FORMAT_VERSION + 1}`);
    newer.close();
    const before = await readFile(init.file);
    expect(() => openWriting(init)).toThrow("use a newer one");
    expect(() => openReading(init.file)).toThrow("use a newer one");
    expect((await readFile(init.file)).equals(before)).toBe(true);
  });
});

describe("openReading", () => {
  it("cannot write", () => {
    const init = newFile();
    openWriting(init).close();
    const database = openReading(init.file);
    expect(() => database.exec("DELETE FROM drive")).toThrow("readonly");
    database.close();
  });
});
