/** Files that older programs wrote: opened, read and written on as if they were of this one. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DrivePath, Revision } from "@goliath/protocols/nouns";
import { openWriting } from "../store/sqlite-connection.ts";
import { FORMAT_VERSION } from "../store/sqlite-schema.ts";
import { openSqliteIndexEngine } from "./open-sqlite-engine.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit, TestClock } from "./testing/test-engine.ts";
import { TestWriter } from "./testing/test-writer.ts";

/** Six commits of two writers: files, moves, a removal, a claim, a lease, a record. */
const FORMAT_1 = new URL("../store/testing/format-1.db.gz", import.meta.url);

let home: string;
let files = 0;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-formats-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function oldFile(): Promise<string> {
  const file = join(home, `${files++}.db`);
  await writeFile(file, gunzipSync(await readFile(FORMAT_1)));
  return file;
}

function formatOf(file: string): unknown {
  const database = new Database(file, { readonly: true });
  const version: unknown = database.pragma("user_version", { simple: true });
  database.close();
  return version;
}

describe("a file of format 1", () => {
  it("is opened with all its names, past, leases and records, and written on", async () => {
    const init = { ...engineInit(), file: await oldFile() };
    expect(formatOf(init.file)).toBe(1);
    const engine = await openSqliteIndexEngine(init);
    const names = ["/empty", "/papers", "/papers/a", "/plain", "/share"];
    const first = await readTree(engine, { at: 3 as Revision });
    expect([...first.keys()].toSorted()).toEqual(["/docs", "/docs/a", "/empty"].concat(OLD));
    expect([...(await readTree(engine)).keys()].toSorted()).toEqual(names);
    expect(first.get("/old/deep/f" as DrivePath)).toMatchObject({ kind: "file", revision: 3 });
    expect(await engine.records("member/")).toHaveLength(1);
    const bob = new TestWriter(engine, "bob");
    await engine.renew(bob.peer, [5 as never]);
    bob.number = 50;
    expect(await bob.put("/new")).toMatchObject({ revision: 7 });
    await engine[Symbol.asyncDispose]();
    expect(formatOf(init.file)).toBe(FORMAT_VERSION);
    await using again = await openSqliteIndexEngine(init);
    expect((await readTree(again)).size).toBe(names.length + 1);
  });

  it("begins its running time when it is first opened", async () => {
    const clock = new TestClock();
    clock.ran = 5e9;
    await using engine = await openSqliteIndexEngine({
      ...engineInit(clock),
      file: await oldFile(),
    });
    clock.ran += 60_000;
    expect(await engine.tick()).toBe(60_000);
  });

  it("stays whole and of its format where the way to the next one breaks off", async () => {
    const file = await oldFile();
    const meddled = new Database(file);
    // The last table that the migration makes: all before it is done by then.
    meddled.exec("CREATE TABLE quarantine (mine INTEGER)");
    meddled.close();
    const { drive, chunkBytes } = engineInit();
    expect(() => openWriting({ file, drive, chunkBytes })).toThrow("quarantine");
    expect(formatOf(file)).toBe(1);
    const database = new Database(file);
    const tables = database.prepare("SELECT name FROM sqlite_master").pluck().all();
    expect(tables).not.toContain("policy");
    database.exec("DROP TABLE quarantine");
    database.close();
    await using engine = await openSqliteIndexEngine({ ...engineInit(), file });
    expect((await engine.drive()).revision).toBe(6);
  });
});

const OLD = ["/old", "/old/deep", "/old/deep/f"];
