import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { appendFile, mkdir, mkdtemp, open, readdir, rm, stat } from "node:fs/promises";
import { truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { systemDisk } from "@goliath/kit";
import { digestOf } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import { testChunk } from "./compliance.ts";
import { openPackChunkStore } from "./pack-chunk-store.ts";
import type { PackChunkStore, PackChunkStoreInit, PackProblem } from "./pack-chunk-store.ts";
import { PACK_HEADER_BYTES, RECORD_HEADER_BYTES } from "./pack-format.ts";

const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });
const id = (value: number) => value as ChunkId;
/** A chunk of 1,000 bytes, so that tests can tell where records lie. */
const chunk = (value: number) => testChunk(value, Buffer.alloc(1000, `${value}:`));
const RECORD_BYTES = 1000 + RECORD_HEADER_BYTES;

/** What a test opened, closed in the opposite order. */
const opened: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "goliath-packs-"));
  opened.push(() => rm(directory, { recursive: true }));
  return directory;
}

async function openStore(init: Omit<PackChunkStoreInit, "disk">): Promise<PackChunkStore> {
  const store = await openPackChunkStore({ disk: systemDisk, ...init });
  opened.push(() => store[Symbol.asyncDispose]());
  return store;
}

const closeStore = () => opened.pop()?.();

/** A store with chunks 0 to `count`, closed again. */
async function filled(count: number, init: Partial<PackChunkStoreInit> = {}): Promise<string> {
  const directory = await newDirectory();
  const store = await openStore({ directory, ...init });
  for (let value = 0; value < count; value++) await store.write(chunk(value));
  await closeStore();
  return directory;
}

async function expectChunks(store: PackChunkStore, runs: ChunkRun[]): Promise<void> {
  expect(store.runs(id(0), 1000)).toEqual(runs);
  for (const { first, count } of runs) {
    for (let value = first; value < first + count; value++) {
      expect(Buffer.compare(await store.read(id(value)), chunk(value).bytes)).toBe(0);
      expect(store.find(chunk(value).digest)).toBe(value);
    }
  }
}

const packOf = (directory: string, pack = 1) => join(directory, `pack-${pack}.pack`);
const offsetOf = (index: number) => PACK_HEADER_BYTES + index * RECORD_BYTES;

async function damage(path: string, offset: number): Promise<void> {
  const handle = await open(path, "r+");
  await handle.write(Buffer.from([1, 2, 3]), 0, 3, offset);
  await handle.close();
}

async function removeCatalogue(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (name.startsWith("packs.db")) await rm(join(directory, name));
  }
}

describe("PackChunkStore opened again", () => {
  it("has everything, and goes on in the same pack", async () => {
    const directory = await filled(5);
    const store = await openStore({ directory });
    expect(store.recovery).toMatchObject({ found: 0, cutBytes: 0, lost: 0, rotten: 0 });
    await store.write(chunk(5));
    await expectChunks(store, [run(0, 6)]);
    expect((await stat(packOf(directory))).size).toBe(offsetOf(6));
  });

  it("cuts a torn tail, whatever part of a record was written", async () => {
    for (const torn of [1, RECORD_HEADER_BYTES, RECORD_BYTES - 1]) {
      const directory = await filled(3);
      await truncate(packOf(directory), offsetOf(2) + torn);
      await removeCatalogue(directory);
      const store = await openStore({ directory });
      expect(store.recovery).toMatchObject({ found: 2, cutBytes: torn });
      await store.write(chunk(9));
      await expectChunks(store, [run(0, 2), run(9, 1)]);
    }
  });

  it("cuts rubbish and zeros behind the last record", async () => {
    for (const tail of [Buffer.alloc(5000), Buffer.alloc(5000, "GREC")]) {
      const directory = await filled(3);
      await appendFile(packOf(directory), tail);
      const store = await openStore({ directory });
      expect(store.recovery).toMatchObject({ found: 0, cutBytes: 5000 });
      await expectChunks(store, [run(0, 3)]);
    }
  });

  it("makes a deleted catalogue anew from the packs", async () => {
    const directory = await filled(20, { packBytesMax: 4000 });
    await removeCatalogue(directory);
    const store = await openStore({ directory, packBytesMax: 4000 });
    expect(store.recovery).toMatchObject({ found: 20, cutBytes: 0, rotten: 0 });
    await expectChunks(store, [run(0, 20)]);
    expect(store.usage().live).toBe(20 * RECORD_BYTES);
  });

  it("puts a broken catalogue aside", async () => {
    const directory = await filled(3);
    await writeFile(join(directory, "packs.db"), Buffer.alloc(8192, "rubbish"));
    const store = await openStore({ directory });
    await expectChunks(store, [run(0, 3)]);
    expect(existsSync(join(directory, "packs.db.broken"))).toBe(true);
  });

  it("catches up with a catalogue that is behind", async () => {
    const directory = await filled(2);
    const old = Buffer.from(await readBytes(join(directory, "packs.db")));
    const store = await openStore({ directory });
    for (const value of [2, 3]) await store.write(chunk(value));
    await closeStore();
    await removeCatalogue(directory);
    await writeFile(join(directory, "packs.db"), old);
    const again = await openStore({ directory });
    expect(again.recovery.found).toBe(2);
    await expectChunks(again, [run(0, 4)]);
  });

  it("steps over damage in the middle without losing what follows", async () => {
    const directory = await filled(6);
    await damage(packOf(directory), offsetOf(1) + 10);
    await damage(packOf(directory), offsetOf(3) + RECORD_HEADER_BYTES + 500);
    await removeCatalogue(directory);
    const store = await openStore({ directory });
    expect(store.recovery).toMatchObject({ found: 4, rotten: 1, cutBytes: 0 });
    await expectChunks(store, [run(0, 1), run(2, 1), run(4, 2)]);
  });

  it("does not take a record inside a chunk for one of its own", async () => {
    const directory = await filled(1);
    const inner = await readBytes(packOf(directory));
    const other = await newDirectory();
    const store = await openStore({ directory: other });
    await store.write(testChunk(7, inner));
    await store.write(chunk(8));
    await closeStore();
    await damage(packOf(other), PACK_HEADER_BYTES + 10);
    await removeCatalogue(other);
    await expectChunks(await openStore({ directory: other }), [run(8, 1)]);
  });

  it("removes a pack that ends in its header, and leaves a foreign file alone", async () => {
    const directory = await filled(2);
    await writeFile(packOf(directory, 2), "goliath pa");
    await writeFile(packOf(directory, 3), Buffer.alloc(100, "not a pack"));
    const store = await openStore({ directory });
    expect(store.recovery).toMatchObject({ cutBytes: 10, foreign: 1 });
    expect(existsSync(packOf(directory, 2))).toBe(false);
    expect((await stat(packOf(directory, 3))).size).toBe(100);
    await store.write(chunk(2));
    await expectChunks(store, [run(0, 3)]);
  });

  it("forgets the chunks of packs that are gone or were cut short", async () => {
    const directory = await filled(9, { packBytesMax: 3 * RECORD_BYTES });
    await rm(packOf(directory, 1));
    await truncate(packOf(directory, 2), offsetOf(1) + 5);
    const store = await openStore({ directory, packBytesMax: 3 * RECORD_BYTES });
    expect(store.recovery).toMatchObject({ lost: 5 });
    await expectChunks(store, [run(3, 1), run(6, 3)]);
  });

  it("throws locked while another has it open, unsupported for a newer format", async () => {
    const directory = await newDirectory();
    await openStore({ directory });
    await expect(openStore({ directory })).rejects.toMatchObject({ code: "locked" });
    await closeStore();
    const db = new Database(join(directory, "packs.db"));
    db.pragma("user_version = 99");
    db.close();
    await expect(openStore({ directory })).rejects.toMatchObject({ code: "unsupported" });
  });
});

async function readBytes(path: string): Promise<Buffer> {
  const handle = await open(path, "r");
  return handle.readFile().finally(() => handle.close());
}

describe("PackChunkStore", () => {
  it("reports rot, offers the chunk no longer, and takes it anew", async () => {
    const directory = await filled(3);
    await damage(packOf(directory), offsetOf(1) + RECORD_HEADER_BYTES);
    const store = await openStore({ directory });
    const problems: PackProblem[] = [];
    store.onProblem((problem) => problems.push(problem));
    await expect(store.read(id(1))).rejects.toMatchObject({ code: "corrupt", about: { id: 1 } });
    expect(problems).toEqual([{ kind: "rotten", id: 1, path: packOf(directory) }]);
    await expectChunks(store, [run(0, 1), run(2, 1)]);
    await expect(store.write({ ...chunk(5), id: id(1) })).rejects.toMatchObject({
      code: "conflict",
    });
    await store.write(chunk(1));
    await expectChunks(store, [run(0, 3)]);
  });

  it("refuses writes beyond its capacity, and takes them again after drop and compact", async () => {
    const directory = await newDirectory();
    const store = await openStore({ directory, capacityBytes: offsetOf(4) });
    for (let value = 0; value < 4; value++) await store.write(chunk(value));
    await expect(store.write(chunk(4))).rejects.toMatchObject({ code: "full" });
    await store.drop([run(0, 3)]);
    await store.compact();
    await store.write(chunk(4));
    await expectChunks(store, [run(3, 2)]);
  });

  it("refuses writes that would leave too little of the disk", async () => {
    const store = await openStore({ directory: await newDirectory(), freeBytesMin: 2 ** 60 });
    await expect(store.write(chunk(0))).rejects.toMatchObject({ code: "full" });
  });

  it("writes that wait together are all on disk when they resolve", async () => {
    const directory = await newDirectory();
    const store = await openStore({ directory });
    await Promise.all(Array.from({ length: 200 }, (_, value) => store.write(chunk(value))));
    expect((await stat(packOf(directory))).size).toBe(offsetOf(200));
    await expectChunks(store, [run(0, 200)]);
  });

  it("is closed after the last write, and says so", async () => {
    const directory = await newDirectory();
    const store = await openStore({ directory });
    const writing = store.write(chunk(0));
    await closeStore();
    await writing;
    await expect(store.write(chunk(1))).rejects.toMatchObject({ code: "closed" });
    await expectChunks(await openStore({ directory }), [run(0, 1)]);
  });
});

describe("PackChunkStore compact", () => {
  const packBytesMax = 10 * RECORD_BYTES;

  it("frees what was dropped and loses nothing that was not", async () => {
    const directory = await filled(40, { packBytesMax });
    const store = await openStore({ directory, packBytesMax });
    await store.drop([run(0, 10), run(11, 8), run(30, 2)]);
    const before = store.usage();
    const after = await store.compact();
    expect(after.live).toBe(before.live);
    expect(before.bytes - after.bytes).toBeGreaterThan(15 * RECORD_BYTES);
    expect(existsSync(packOf(directory, 1)) || existsSync(packOf(directory, 2))).toBe(false);
    const left = [run(10, 1), run(19, 11), run(32, 8)];
    await expectChunks(store, left);
    await closeStore();
    await expectChunks(await openStore({ directory, packBytesMax }), left);
  });

  it("goes on beside reads, writes and drops", async () => {
    const directory = await filled(40, { packBytesMax });
    const store = await openStore({ directory, packBytesMax });
    await store.drop([run(0, 6), run(10, 6), run(20, 6)]);
    await Promise.all([
      store.compact(),
      ...[6, 16, 26].map((value) => store.read(id(value))),
      store.write(chunk(100)),
      store.drop([run(7, 1)]),
      ...[9, 19, 29].map((value) => store.read(id(value))),
    ]);
    await expectChunks(store, [run(6, 1), run(8, 2), run(16, 4), run(26, 14), run(100, 1)]);
  });

  it("loses nothing when it is cut short, even with the catalogue deleted", async () => {
    const directory = await filled(120, { packBytesMax });
    const store = await openStore({ directory, packBytesMax });
    for (let first = 0; first < 120; first += 10) await store.drop([run(first, 6)]);
    const left = Array.from({ length: 12 }, (_, pack) => run(10 * pack + 6, 4));
    const controller = new AbortController();
    const compacting = store.compact({ signal: controller.signal });
    const aborted = expect(compacting).rejects.toMatchObject({ code: "aborted" });
    while (existsSync(packOf(directory, 1))) await new Promise((next) => setImmediate(next));
    controller.abort();
    await aborted;
    await expectChunks(store, left);
    await closeStore();
    await removeCatalogue(directory);
    const again = await openStore({ directory, packBytesMax });
    expect(again.held(left)).toEqual(left);
    for (const { first } of left) {
      expect(digestOf(await again.read(first))).toEqual(chunk(first).digest);
    }
  });

  it("deletes what a crash left of a dead pack", async () => {
    const directory = await filled(12, { packBytesMax });
    const db = new Database(join(directory, "packs.db"));
    db.exec(
      "DELETE FROM chunks WHERE pack = 1; DELETE FROM held; UPDATE packs SET dead = 1 WHERE pack = 1",
    );
    db.exec("INSERT INTO held VALUES (10, 2)");
    db.close();
    const store = await openStore({ directory, packBytesMax });
    expect(existsSync(packOf(directory, 1))).toBe(false);
    await expectChunks(store, [run(10, 2)]);
  });
});

const isRoot = process.getuid?.() === 0;

describe("PackChunkStore on a full disk", () => {
  it.skipIf(!isRoot)("(needs root, to mount a small disk) stays usable", async () => {
    const directory = await mountSmallDisk();
    const store = await openStore({ directory, freeBytesMin: 0, packBytesMax: 1024 * 1024 });
    const long = (value: number) => testChunk(value, Buffer.alloc(100_000, `${value}:`));
    const writes = Array.from({ length: 100 }, (_, value) => store.write(long(value)));
    const results = await Promise.allSettled(writes);
    const failed = results.filter((result) => result.status === "rejected");
    expect(failed.length).toBeGreaterThan(10);
    for (const { reason } of failed) expect(reason).toMatchObject({ code: "full" });
    const kept = results.flatMap(({ status }, value) => (status === "fulfilled" ? [value] : []));
    expect(kept.length).toBeGreaterThan(20);
    for (const value of kept)
      expect(digestOf(await store.read(id(value)))).toEqual(long(value).digest);
    await store.drop(kept.slice(0, 20).map((value) => run(value, 1)));
    await store.compact();
    await store.write(long(1000));
    await closeStore();
    const again = await openStore({ directory, freeBytesMin: 0 });
    for (const value of [...kept.slice(20), 1000]) {
      expect(digestOf(await again.read(id(value)))).toEqual(long(value).digest);
    }
  });
});

async function mountSmallDisk(): Promise<string> {
  const mount = join(await newDirectory(), "disk");
  await mkdir(mount);
  execFileSync("/bin/mount", ["-t", "tmpfs", "-o", "size=6m", "tmpfs", mount]);
  opened.push(async () => execFileSync("/bin/umount", [mount]));
  return mount;
}

/** Times a writer is killed. */
const KILLS = 3;

/** Writes chunks for ever, many at once, and says which are done. */
const WRITER = `
  import { openPackChunkStore } from ${JSON.stringify(new URL("pack-chunk-store.ts", import.meta.url).href)};
  import { systemDisk } from ${JSON.stringify(import.meta.resolve("@goliath/kit"))};
  import { hash } from "node:crypto";
  const [directory, first] = process.argv.slice(1);
  const store = await openPackChunkStore({ disk: systemDisk, directory, packBytesMax: 300_000 });
  const write = async (id) => {
    const bytes = Buffer.alloc(1000, id + ":");
    await store.write({ id, bytes, digest: hash("sha256", bytes, "buffer") });
    process.stdout.write(id + "\\n");
  };
  for (let id = Number(first); ; id += 16) {
    await Promise.all(Array.from({ length: 16 }, (_, i) => write(id + i)));
    if (id % 3 === 0) await store.drop([{ first: id + 1, count: 14 }]);
    if (id % 5 === 0) void store.compact();
  }
`;

describe("PackChunkStore under kill -9", () => {
  it("has every chunk whose write had resolved and that was not dropped", async () => {
    const directory = await newDirectory();
    const acknowledged = new Set<number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const first = Math.max(-1, ...acknowledged) + 1 + 1000;
      await writeAndKill({ directory, first, enough: 100 + 61 * kill, acknowledged });
    }
    const store = await openStore({ directory, packBytesMax: 300_000 });
    // A round of 16 keeps its first and last chunk, whatever is dropped between them.
    const certain = [...acknowledged].filter((value) => isKept(value, acknowledged));
    expect(certain.length).toBeGreaterThan(KILLS);
    for (const value of certain) {
      expect(Buffer.compare(await store.read(id(value)), chunk(value).bytes)).toBe(0);
    }
  });
});

/** Rounds begin where a process began or the round before ended: their ends were never dropped. */
function isKept(value: number, acknowledged: Set<number>): boolean {
  const starts = [...acknowledged].filter((start) => !acknowledged.has(start - 1));
  const start = Math.max(...starts.filter((candidate) => candidate <= value));
  const position = (value - start) % 16;
  return position === 0 || position === 15;
}

interface KilledWriter {
  directory: string;
  first: number;
  /** Chunks to be acknowledged before the process is killed. */
  enough: number;
  acknowledged: Set<number>;
}

async function writeAndKill({ directory, first, enough, acknowledged }: KilledWriter) {
  const args = ["--input-type=module", "-e", WRITER, directory, String(first)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit");
  let count = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.add(Number(line));
    if (++count === enough) child.kill("SIGKILL");
  }
  await exited;
  expect(count).toBeGreaterThanOrEqual(enough);
}
