import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstChunkId, ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkId, DriveId, Revision } from "@goliath/protocols/nouns";
import { atomicityCompliance } from "./atomicity-compliance.ts";
import { engineCompliance } from "./engine-compliance.ts";
import { openSqliteIndexStore } from "../store/sqlite-index-store.ts";
import { FORMAT_VERSION } from "../store/sqlite-schema.ts";
import type { IndexEngine } from "./engine.ts";
import { createIndexEngine } from "./index-engine.ts";
import { LocalRunner } from "./local-runner.ts";
import type { IndexEngineInit } from "./open-memory-engine.ts";
import { openSqliteIndexEngine } from "./open-sqlite-engine.ts";
import { expectCode } from "./testing/expect-code.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit, LEASE_MS, TestClock } from "./testing/test-engine.ts";
import { at, CHUNK_BYTES, claim, put, sumsOf, TestWriter } from "./testing/test-writer.ts";

let home: string;
let files = 0;
const newFile = (): string => join(home, `${files++}.db`);

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-engine-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** The engine over a store in this thread, where opening one costs a few milliseconds. */
async function openHere(init: IndexEngineInit & { file: string }): Promise<IndexEngine> {
  const { clock, file, drive, chunkBytes = CHUNK_BYTES, leaseMs = LEASE_MS } = init;
  const store = await openSqliteIndexStore({ file, drive, chunkBytes });
  return createIndexEngine(new LocalRunner({ store, clock, leaseMs }));
}

// Everything over the store in this thread …
engineCompliance("an engine on SqliteIndexStore", {
  open: (init) => openHere({ ...init, file: newFile() }),
  drive: () => {
    const clock = new TestClock();
    const init = { ...engineInit(clock), file: newFile() };
    return { open: () => openHere(init), restarts: true, clock };
  },
  modelRuns: 25,
});

// … and the way through the threads, where it costs the start of two.
atomicityCompliance("openSqliteIndexEngine", {
  open: (init) => openSqliteIndexEngine({ ...init, file: newFile() }),
});

describe("openSqliteIndexEngine", () => {
  it("openSqliteIndexEngine carries every call and error through its threads", async () => {
    const clock = new TestClock();
    await using engine = await openSqliteIndexEngine({ ...engineInit(clock), file: newFile() });
    const ann = new TestWriter(engine, "ann");
    const told: number[] = [];
    engine.onCommit((revision) => told.push(revision));
    const request = ann.request(put("/a/f", await ann.file(["x", "y"])), claim("/c"));
    expect((await engine.inspect(ann.peer, request)).fresh).toEqual([{ first: 1, count: 2 }]);
    expect(await engine.commit(ann.who, request)).toMatchObject({ revision: 1, again: false });
    expect(told).toEqual([1]);
    const { entries } = await engine.list({ where: { dir: ROOT_DIR } });
    expect(entries.map(({ name }) => name)).toEqual(["a", "c"]);
    const dir = entries[0]?.entry.kind === "dir" ? entries[0].entry.dir : ROOT_DIR;
    expect(await engine.pathOf({ dir })).toBe("/a");
    const sums = await engine.digests({ runs: [{ first: 1 as ChunkId, count: 2 }] });
    expect(Buffer.compare(sums, sumsOf(["x", "y"]))).toBe(0);
    const feed = await engine.changes({ dir, from: 0 as Revision, limit: 10 });
    expect(feed.events).toMatchObject([{ kind: "changes", revision: 1, last: true }]);
    expect(await engine.log({ path: at("/a/f") })).toMatchObject([{ summary: "put /a/f" }]);
    await engine.setRecord("k", Buffer.from("v"));
    expect(await engine.records("")).toHaveLength(1);
    await expect(new TestWriter(engine, "bob").put("/c/f")).rejects.toMatchObject({
      code: "owned",
      about: { path: "/c/f" },
    });
    const { lease } = await engine.allocate(ann.peer, 1);
    clock.now += LEASE_MS;
    await expectCode(engine.renew(ann.peer, [lease]), "lease-lost");
  });

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
    database.pragma(`user_version = ${FORMAT_VERSION + 1}`);
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
