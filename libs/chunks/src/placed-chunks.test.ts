import { chmod, link, mkdir, mkdtemp, rename, rm, stat, symlink } from "node:fs/promises";
import { truncate, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { openQuickDisk, systemDisk, type Disk } from "@goliath/kit";
import { digestOf } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import type { HoldingsChange } from "./chunk-store.ts";
import { TEST_CHUNK_BYTES } from "./compliance.ts";
import { stampOf } from "./file-stamp.ts";
import { hashFile } from "./hash-file.ts";
import { openPlacedChunks } from "./placed-chunks.ts";
import type { PlacedChunks, PlacedFile, PlacedProblem } from "./placed-file.ts";

const chunkBytes = TEST_CHUNK_BYTES;
const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });
const id = (value: number) => value as ChunkId;

/** What a test opened, closed in the opposite order. */
const opened: (() => PromiseLike<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

interface World {
  folder: string;
  chunks: PlacedChunks;
  problems: PlacedProblem[];
  changes: HoldingsChange[];
}

async function openWorld(disk: Disk = systemDisk): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "goliath-placed-"));
  opened.push(() => rm(folder, { recursive: true }));
  return { folder, ...(await openChunks(folder, disk)) };
}

async function openChunks(folder: string, disk: Disk = systemDisk) {
  const chunks = await openPlacedChunks({
    disk,
    file: join(folder, "catalogue", "placed.db"),
    chunkBytes,
  });
  opened.push(() => chunks[Symbol.asyncDispose]());
  const problems: PlacedProblem[] = [];
  const changes: HoldingsChange[] = [];
  chunks.onProblem((problem) => problems.push(problem));
  chunks.onChange((change) => changes.push(change));
  return { chunks, problems, changes };
}

const LIMITS = { lengthMax: chunkBytes, bytesMax: 10 * chunkBytes };

/** Bytes that differ from chunk to chunk and from seed to seed. */
function content(chunks: number, seed = 1): Buffer {
  return Buffer.concat(
    Array.from({ length: chunks }, (_, i) =>
      Buffer.alloc(i === chunks - 1 ? 100 : chunkBytes, `${seed}:${i} `),
    ),
  );
}

async function described(path: string, first: number): Promise<PlacedFile> {
  const { stamp, sums, size } = await hashFile({ disk: systemDisk, path, chunkBytes });
  return {
    path,
    stamp,
    sums,
    extents: size ? [{ first: id(first), count: sums.length / 32, bytes: size }] : [],
  };
}

/** Writes a file and places it, its chunks numbered from `first`. */
async function placeNew(world: World, name: string, { first = 100, bytes = content(3) } = {}) {
  const path = join(world.folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
  await world.chunks.place([await described(path, first)]);
  world.changes.length = 0;
  return path;
}

async function expectWithdrawn({ chunks, problems, changes }: World, path: string) {
  await expect(chunks.read(id(101))).rejects.toMatchObject({ code: "changed" });
  expect(problems).toEqual([{ kind: "changed", path }]);
  expect(changes).toEqual([{ added: [], removed: [run(100, 3)] }]);
  expect(chunks.placed(path)).toBeUndefined();
  await expect(chunks.read(id(101))).rejects.toMatchObject({ code: "missing" });
}

describe("PlacedChunks", () => {
  it("withdraws a file that was edited", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await writeFile(path, content(4, 2));
    await expectWithdrawn(world, path);
  });

  it("withdraws a file that was edited while it was open for reading", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await world.chunks.read(id(100));
    await writeFile(path, content(4, 2));
    await expectWithdrawn(world, path);
  });

  it("withdraws a file whose bytes changed and whose time was set back", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    const then = new Date(1_700_000_000_000);
    await utimes(path, then, then);
    await world.chunks.place([await described(path, 100)]);
    await writeFile(path, content(3, 2));
    await utimes(path, then, then);
    await expectWithdrawn(world, path);
  });

  it("withdraws a file that was truncated", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await truncate(path, 10);
    await expectWithdrawn(world, path);
  });

  it("withdraws a file that was replaced by rename, also while it is open", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await world.chunks.read(id(100));
    await writeFile(`${path}.new`, content(3, 2));
    await rename(`${path}.new`, path);
    await expectWithdrawn(world, path);
  });

  it("withdraws a file that was deleted", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await rm(path);
    await expectWithdrawn(world, path);
  });

  it("withdraws a file in whose place a link to the same bytes was put", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await rename(path, `${path}.real`);
    await symlink(`${path}.real`, path);
    await expectWithdrawn(world, path);
  });

  it("withdraws a file in whose place a directory was put", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await rm(path);
    await mkdir(path);
    await expectWithdrawn(world, path);
  });

  it("keeps what is placed when the whole directory is missing", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "disk/a");
    await rename(join(world.folder, "disk"), join(world.folder, "unmounted"));
    await expect(world.chunks.read(id(100))).rejects.toMatchObject({ code: "missing" });
    expect(world.problems).toEqual([]);
    expect(world.chunks.placed(path)).toBeDefined();
    await rename(join(world.folder, "unmounted"), join(world.folder, "disk"));
    expect(await world.chunks.read(id(100))).toEqual(content(3).subarray(0, chunkBytes));
  });

  it("serves a file after chmod and hard link, and keeps the new stamp where it was read whole", async () => {
    const world = await openWorld();
    const short = await placeNew(world, "short", { first: 7, bytes: content(1) });
    const long = await placeNew(world, "long");
    for (const path of [short, long]) {
      await chmod(path, 0o755);
      await link(path, `${path}.link`);
    }
    expect(await world.chunks.read(id(7))).toEqual(content(1));
    expect(await world.chunks.read(id(100))).toEqual(content(3).subarray(0, chunkBytes));
    const now = await stat(short, { bigint: true });
    expect(world.chunks.placed(short)?.stamp.ctimeNs).toBe(now.ctimeNs);
    expect(world.problems).toEqual([]);
  });

  it("reports rot, offers the chunk no longer, and leaves the file alone", async () => {
    const world = await openWorld();
    const path = join(world.folder, "a");
    await writeFile(path, content(3));
    const placed = await described(path, 100);
    placed.sums[32]! ^= 1;
    await world.chunks.place([placed]);
    await expect(world.chunks.read(id(101))).rejects.toMatchObject({
      code: "corrupt",
      about: { id: 101 },
    });
    expect(world.problems).toEqual([
      { kind: "rotten", path, id: 101, offset: chunkBytes, length: chunkBytes },
    ]);
    expect(world.changes.at(-1)).toEqual({ added: [], removed: [run(101, 1)] });
    expect(world.chunks.runs(id(0), 10)).toEqual([run(100, 1), run(102, 1)]);
    expect(await world.chunks.read(id(102))).toHaveLength(100);
    await world.chunks.place([await described(path, 100)]);
    expect(world.chunks.runs(id(0), 10)).toEqual([run(100, 3)]);
  });

  it("holds a chunk as long as one of its files is there", async () => {
    const world = await openWorld();
    const first = await placeNew(world, "first");
    const second = await placeNew(world, "second");
    await world.chunks.withdraw([second]);
    expect(world.changes).toEqual([]);
    await placeNew(world, "second");
    await writeFile(second, "edited");
    await writeFile(first, content(3));
    await world.chunks.place([await described(first, 100)]);
    expect(await world.chunks.read(id(101))).toEqual(
      content(3).subarray(chunkBytes, 2 * chunkBytes),
    );
    await world.chunks.withdraw([first, second, join(world.folder, "unknown")]);
    expect(world.changes.at(-1)).toEqual({ added: [], removed: [run(100, 3)] });
  });

  it("reads from the other file when one changed or rotted", async () => {
    const world = await openWorld();
    await placeNew(world, "first");
    const second = await placeNew(world, "second");
    await writeFile(second, "edited");
    await placeNew(world, "third");
    const rotten = await described(join(world.folder, "third"), 100);
    rotten.sums.fill(0);
    await world.chunks.place([rotten]);
    for (const chunk of [100, 101, 102]) await world.chunks.read(id(chunk));
    expect(world.chunks.runs(id(0), 10)).toEqual([run(100, 3)]);
  });

  it("place replaces what was at the path and tells only what differs", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await world.chunks.place([await described(path, 101)]);
    expect(world.changes).toEqual([{ added: [run(103, 1)], removed: [run(100, 1)] }]);
  });

  it("place refuses chunks that do not fit the file, and relative paths", async () => {
    const world = await openWorld();
    const placed = await described(await placeNew(world, "a"), 100);
    const wrong = [
      { ...placed, path: "relative" },
      { ...placed, path: "/bad\ud800" },
      { ...placed, sums: placed.sums.subarray(32) },
      { ...placed, stamp: { ...placed.stamp, size: 1 } },
    ];
    for (const file of wrong) {
      await expect(world.chunks.place([file])).rejects.toMatchObject({ code: "bad-request" });
    }
  });

  it("keeps files, extents and digests through a restart", async () => {
    const world = await openWorld();
    const path = join(world.folder, "big");
    const bytes = content(2500);
    await writeFile(path, bytes);
    const placed = await described(path, 5000);
    // A version whose middle part kept older ids.
    const [old, fresh] = [1100 * chunkBytes, bytes.length - 1100 * chunkBytes];
    placed.extents = [
      { first: id(1), count: 1100, bytes: old },
      { first: id(9000), count: 1400, bytes: fresh },
    ];
    await world.chunks.place([placed]);
    await opened.pop()?.();
    const { chunks } = await openChunks(world.folder);
    expect(chunks.placed(path)).toEqual(placed);
    expect(chunks.runs(id(0), 10)).toEqual([run(1, 1100), run(9000, 1400)]);
    expect(chunks.digests([run(1, 1100), run(9000, 1400)])).toEqual(placed.sums);
    expect(chunks.digests([run(1000, 90)])).toEqual(placed.sums.subarray(999 * 32, 1089 * 32));
    expect(digestOf(await chunks.read(id(10_399)))).toEqual(Buffer.from(placed.sums.subarray(-32)));
    expect(chunks.locate(id(9001))).toEqual({
      path,
      offset: 1101 * chunkBytes,
      length: chunkBytes,
    });
  });

  it("takes any name a file can have", async () => {
    const world = await openWorld();
    const names = [
      "new\nline",
      "ünï/cödé",
      "nfd-u\u0308",
      "nfc-\u00fc",
      "emoji 🦣",
      "%like_",
      "'quote\"",
      " ",
    ];
    for (const [i, name] of names.entries()) {
      await placeNew(world, `d/${name}`, { first: 10 * i, bytes: content(1, i) });
    }
    for (const [i, name] of names.entries()) {
      expect(world.chunks.placed(join(world.folder, "d", name))?.extents[0]?.first).toBe(10 * i);
      expect(await world.chunks.read(id(10 * i))).toEqual(content(1, i));
    }
    expect(world.chunks.list(join(world.folder, "d"), { limit: 100 })).toHaveLength(names.length);
  });

  it("list pages through files at or below a path, and not beside it", async () => {
    const world = await openWorld();
    const names = ["d-x", "d/a", "d/a/b".replace("a/", "c/"), "d/z", "d0", "e"];
    for (const [i, name] of names.entries()) await placeNew(world, name, { first: 10 * i });
    const under = join(world.folder, "d");
    const paths = (after?: string) =>
      world.chunks.list(under, { limit: 2, ...(after && { after }) }).map((file) => file.path);
    expect(paths()).toEqual([join(under, "a"), join(under, "c/b")]);
    expect(paths(join(under, "c/b"))).toEqual([join(under, "z")]);
    expect(world.chunks.list(join(under, "a"), { limit: 5 })).toHaveLength(1);
    expect(world.chunks.list("/", { limit: 100 })).toHaveLength(names.length);
  });

  it("moved takes files along, over what stood there", async () => {
    const world = await openWorld();
    await placeNew(world, "from/a", { first: 10 });
    await placeNew(world, "from/b", { first: 20 });
    await placeNew(world, "to/a", { first: 30 });
    await placeNew(world, "from-beside", { first: 40 });
    const [from, to] = [join(world.folder, "from"), join(world.folder, "to")];
    await rm(to, { recursive: true });
    await rename(from, to);
    await world.chunks.moved(from, to);
    expect(world.changes).toEqual([{ added: [], removed: [run(30, 3)] }]);
    expect(world.chunks.list(world.folder, { limit: 9 }).map((file) => file.path)).toEqual(
      ["from-beside", "to/a", "to/b"].map((name) => join(world.folder, name)),
    );
    for (const chunk of [10, 20, 40]) await world.chunks.read(id(chunk));
    expect(world.problems).toEqual([]);
  });

  it("moved lifts a directory into the place of its parent", async () => {
    const world = await openWorld();
    await placeNew(world, "a/a/a", { first: 10 });
    await placeNew(world, "a/a/b", { first: 20 });
    const a = join(world.folder, "a");
    await world.chunks.moved(join(a, "a"), a);
    expect(world.chunks.list(a, { limit: 9 }).map((file) => file.path)).toEqual([
      join(a, "a"),
      join(a, "b"),
    ]);
  });

  it("waits for moved when a file was renamed while it was asked for", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "a");
    await rename(path, `${path}.new`);
    const read = world.chunks.read(id(100));
    await world.chunks.moved(path, `${path}.new`);
    expect(await read).toEqual(content(3).subarray(0, chunkBytes));
    expect(world.problems).toEqual([]);
  });

  it("places, moves and withdraws 10,000 files in a moment", async () => {
    const world = await openWorld();
    const sums = Buffer.alloc(32, 7);
    const stamp = { size: 10, mtimeNs: 1n, ctimeNs: 1n, inode: 2n ** 64n - 1n };
    const files = Array.from({ length: 10_000 }, (_, i) => ({
      path: join(world.folder, "many", `${i}`),
      stamp,
      sums,
      extents: [{ first: id(i), count: 1, bytes: 10 }],
    }));
    // Processor time, because what else the machine does must not fail the test. Measured at 0.1
    // to 0.3 s each; a cost that grew with the square of the files would be minutes.
    const cpuMs = async (work: Promise<void>) => {
      const start = process.cpuUsage();
      await work;
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
    const many = join(world.folder, "many");
    expect(await cpuMs(world.chunks.place(files))).toBeLessThan(3000);
    expect(await cpuMs(world.chunks.moved(many, `${many}.new`))).toBeLessThan(3000);
    expect(world.chunks.placed(join(`${many}.new`, "9999"))?.stamp).toEqual(stamp);
    const paths = files.map((_, i) => join(`${many}.new`, `${i}`));
    expect(await cpuMs(world.chunks.withdraw(paths))).toBeLessThan(3000);
    expect(world.changes).toEqual([
      { added: [run(0, 10_000)], removed: [] },
      { added: [], removed: [run(0, 10_000)] },
    ]);
  });

  it("an empty file is remembered without chunks", async () => {
    const world = await openWorld();
    const path = await placeNew(world, "empty", { bytes: Buffer.alloc(0) });
    expect(world.chunks.placed(path)).toMatchObject({ extents: [], sums: new Uint8Array() });
  });
});

describe("openPlacedChunks", () => {
  it("throws locked while it is open elsewhere", async () => {
    const world = await openWorld();
    await expect(openChunks(world.folder)).rejects.toMatchObject({ code: "locked" });
  });

  it("throws unsupported for a newer format and bad-request for another chunk size", async () => {
    const world = await openWorld();
    await opened.pop()?.();
    const file = join(world.folder, "catalogue", "placed.db");
    const other = openPlacedChunks({ disk: systemDisk, file, chunkBytes: chunkBytes * 2 });
    await expect(other).rejects.toMatchObject({ code: "bad-request" });
    const db = new Database(file);
    db.pragma("user_version = 99");
    db.close();
    await expect(openChunks(world.folder)).rejects.toMatchObject({ code: "unsupported" });
  });
});

describe("PlacedChunks, small chunks together", () => {
  async function placeFiles(): Promise<World> {
    const world = await openWorld();
    const files: PlacedFile[] = [];
    for (const [name, chunks, first] of [
      ["one", 1, 1],
      ["two", 1, 2],
      ["long", 3, 10],
    ] as const) {
      const path = join(world.folder, name);
      await writeFile(path, content(chunks, first));
      const { stamp, sums, size } = await hashFile({ disk: systemDisk, path, chunkBytes });
      files.push({ path, stamp, sums, extents: [{ ...run(first, chunks), bytes: size }] });
    }
    await world.chunks.place(files);
    return world;
  }

  it("gives whole files, in order, and nothing of longer ones or of what is not here", async () => {
    const { chunks } = await placeFiles();
    const given = await chunks.readSmall?.([2, 10, 7, 1].map(id), LIMITS);
    expect(given?.map((bytes) => bytes && Buffer.from(bytes))).toEqual([
      content(1, 2),
      undefined,
      undefined,
      content(1, 1),
    ]);
  });

  it("keeps within the bytes of one and of all", async () => {
    const { chunks } = await placeFiles();
    const tooLong = await chunks.readSmall?.([1, 2].map(id), { ...LIMITS, lengthMax: 99 });
    expect(tooLong).toEqual([undefined, undefined]);
    const tooMuch = await chunks.readSmall?.([1, 2].map(id), { ...LIMITS, bytesMax: 150 });
    expect(tooMuch?.map((bytes) => bytes?.length)).toEqual([100, undefined]);
  });

  it("gives nothing of a file that changed, rotted or went, and leaves the rest to `read`", async () => {
    const { chunks, folder, problems } = await placeFiles();
    await writeFile(join(folder, "one"), "edited");
    await rm(join(folder, "two"));
    expect(await chunks.readSmall?.([1, 2].map(id), LIMITS)).toEqual([undefined, undefined]);
    expect(problems).toEqual([]);
    await expect(chunks.read(id(1))).rejects.toMatchObject({ code: "changed" });
  });

  it("gives nothing that is held no more", async () => {
    const { chunks, folder } = await placeFiles();
    await chunks.withdraw([join(folder, "one")]);
    expect(await chunks.readSmall?.([id(1)], LIMITS)).toEqual([undefined]);
  });
});

it("PlacedChunks on a disk with threads tells of rot and of change as without", async () => {
  await using disk = openQuickDisk();
  const { chunks, folder, problems } = await openWorld(disk);
  const [rotten, edited] = ["rotten", "edited"].map((name) => join(folder, name)) as [
    string,
    string,
  ];
  await writeFile(rotten, content(2, 1));
  await writeFile(edited, content(1, 2));
  const wrong = {
    stamp: stampOf(await stat(rotten, { bigint: true })),
    sums: sumsOf(content(2, 9)),
  };
  const right = {
    stamp: stampOf(await stat(edited, { bigint: true })),
    sums: sumsOf(content(1, 2)),
  };
  await chunks.place([
    { path: rotten, ...wrong, extents: [{ ...run(1, 2), bytes: chunkBytes + 100 }] },
    { path: edited, ...right, extents: [{ ...run(5, 1), bytes: 100 }] },
  ]);
  expect(Buffer.from(await chunks.read(id(5))).equals(content(1, 2))).toBe(true);
  await expect(chunks.read(id(1))).rejects.toMatchObject({ code: "corrupt" });
  await writeFile(edited, "edited since");
  await expect(chunks.read(id(5))).rejects.toMatchObject({ code: "changed" });
  expect(problems.map(({ kind }) => kind)).toEqual(["rotten", "changed"]);
  await chunks[Symbol.asyncDispose]();
});

function sumsOf(bytes: Buffer): Uint8Array {
  const sums: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += chunkBytes)
    sums.push(digestOf(bytes.subarray(at, at + chunkBytes)));
  return Buffer.concat(sums);
}
