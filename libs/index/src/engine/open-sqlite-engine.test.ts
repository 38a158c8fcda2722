import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstChunkId } from "@goliath/protocols/nouns";
import type { DriveId } from "@goliath/protocols/nouns";
import { engineCompliance } from "./engine-compliance.ts";
import { openSqliteIndexEngine } from "./open-sqlite-engine.ts";
import { expectCode } from "./testing/expect-code.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit } from "./testing/test-engine.ts";
import { TestWriter } from "./testing/test-writer.ts";

let home: string;
let files = 0;
const newFile = (): string => join(home, `${files++}.db`);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-engine-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

engineCompliance("openSqliteIndexEngine", {
  open: (init) => openSqliteIndexEngine({ ...init, file: newFile() }),
  drive: () => {
    const init = { ...engineInit(), file: newFile() };
    return { open: () => openSqliteIndexEngine(init), restarts: true };
  },
  modelRuns: 5,
});

describe("openSqliteIndexEngine", () => {
  it("openSqliteIndexEngine finds everything again", async () => {
    const init = { ...engineInit(), file: newFile() };
    const engine = await openSqliteIndexEngine(init);
    const ann = new TestWriter(engine, "ann");
    const request = ann.request();
    await ann.put("/a/f");
    const lease = await engine.allocate(ann.peer, 5);
    const tree = await readTree(engine);
    await engine[Symbol.asyncDispose]();
    await using again = await openSqliteIndexEngine(init);
    expect(await readTree(again)).toEqual(tree);
    await again.renew(ann.peer, [lease.lease]);
    expect((await again.allocate(ann.peer, 1)).first).toBe(lease.first + 5);
    expect((await again.commit(ann.who, request)).again).toBe(false);
  });

  it("openSqliteIndexEngine begins a generation after a restore", async () => {
    const init = { ...engineInit(), file: newFile() };
    const engine = await openSqliteIndexEngine(init);
    const ann = new TestWriter(engine, "ann");
    await ann.put("/f");
    const { lease } = await engine.allocate(ann.peer, 5);
    await engine[Symbol.asyncDispose]();
    await using restored = await openSqliteIndexEngine({ ...init, restored: true });
    expect(await restored.drive()).toMatchObject({ generation: 1, revision: 1 });
    await expectCode(restored.renew(ann.peer, [lease]), "lease-lost");
    const next = await restored.allocate(ann.peer, 1);
    expect(next.first).toBe(firstChunkId(1));
    expect(next.lease).toBeGreaterThan(2 ** 39);
  });

  it("openSqliteIndexEngine refuses a newer format, another drive and what is no index", async () => {
    const init = { ...engineInit(), file: newFile() };
    await (await openSqliteIndexEngine(init))[Symbol.asyncDispose]();
    const other = { ...init, drive: "other" as DriveId };
    await expectCode(openSqliteIndexEngine(other), "bad-request");
    await expectCode(openSqliteIndexEngine({ ...init, chunkBytes: 8192 }), "bad-request");
    const database = new Database(init.file);
    database.pragma("user_version = 2");
    database.close();
    await expectCode(openSqliteIndexEngine(init), "unsupported");
    const foreign = newFile();
    const strange = new Database(foreign);
    strange.pragma("user_version = 1");
    strange.close();
    await expectCode(openSqliteIndexEngine({ ...init, file: foreign }), "unsupported");
  });

  it("openSqliteIndexEngine answers closed after it was closed", async () => {
    const engine = await openSqliteIndexEngine({ ...engineInit(), file: newFile() });
    await engine[Symbol.asyncDispose]();
    await expectCode(engine.drive(), "closed");
  });
});
