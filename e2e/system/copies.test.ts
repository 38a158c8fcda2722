/** Copies at keepers, as real processes: what is put there outlives its writer. */
import { randomBytes } from "node:crypto";
import { open, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import type { CommandResult } from "../world/goliath-command.ts";
import { until } from "../world/settled.ts";
import { openWorld, type World } from "../world/world.ts";

const MIB = 1024 * 1024;
const CHUNKS = 12;
const NAMES = ["one", "two", "three"];

interface Status {
  chunks: number;
  keeper?: { usedBytes: number; freeBytes: number; scrub: { rotten: number } };
}

interface Copies {
  chunks: number;
  fewestCopies: number;
  under: number;
  policy: { copies: number };
}

let world: World;
let writer: Daemon;
let keepers: Daemon[];
/** Each test puts a file of its own. */
let files = 0;
beforeAll(async () => {
  world = await openWorld("copies");
  await world.index.stop();
  await writeFile(join(world.index.home, "config.toml"), '[index]\ngrace = "5s"\n');
  await world.index.start();
  writer = await world.join("writer");
  const args = ["--capacity", "1GB"];
  keepers = await Promise.all(NAMES.map((name) => world.join(name, { args })));
  await known(keepers);
});
afterAll(() => world[Symbol.asyncDispose]());

const status = (peer: Daemon): Promise<Status> => peer.call<Status>("status");
const statuses = (): Promise<Status[]> => Promise.all(keepers.map(status));
const copies = (path: string): Promise<Copies> => keeperOf(0).call<Copies>("copies", { path });

function keeperOf(at: number): Daemon {
  const keeper = keepers[at];
  if (!keeper) throw new RangeError(`no keeper ${at}`);
  return keeper;
}

/** Until the index knows of these keepers. */
async function known(all: readonly Daemon[]): Promise<void> {
  const ids = new Set(all.map(({ ready }) => ready?.peerId));
  await until(
    () => writer.call<{ peer: string; online: boolean; keeper?: object }[]>("peers"),
    (peers) =>
      peers.filter(({ peer, online, keeper }) => ids.has(peer) && online && keeper).length ===
      ids.size,
    { what: "the index's knowing of the keepers" },
  );
}

interface Put {
  path: string;
  bytes: Buffer;
  done: Promise<CommandResult>;
}

async function put(...options: string[]): Promise<Put> {
  const path = `/file-${++files}`;
  const bytes = randomBytes(CHUNKS * MIB - files);
  const local = world.path(`file-${files}`);
  await writeFile(local, bytes);
  return { path, bytes, done: writer.goliath("put", local, path, ...options) };
}

async function expectWhole(peer: Daemon, { path, bytes }: Put): Promise<void> {
  expect(bytes.equals(await peer.bytes("cat", { path }))).toBe(true);
}

describe("put --copies", () => {
  it("is at so many keepers, and says so", async () => {
    const one = await put("--copies", "2", "--min-copies", "2");
    expect(await one.done).toMatchObject({ code: 0 });
    const policy = { copies: 2 };
    expect(await copies(one.path)).toMatchObject({ chunks: CHUNKS, fewestCopies: 2, policy });
    expect((await status(writer)).chunks).toBe(0);
    const shown = await keeperOf(0).goliath("copies", one.path);
    expect(shown.stdout).toContain("with 2 copies at keepers or more");
    await expectWhole(writer, one);
  });

  it("does not happen where fewer keepers than must have it can take it", async () => {
    const four = await put("--copies", "4", "--min-copies", "4");
    const { code, stderr } = await four.done;
    expect([code, stderr]).toEqual([6, expect.stringContaining("nothing was put")]);
    await expect(copies(four.path)).rejects.toMatchObject({ code: "not-found" });
    expect((await status(writer)).chunks).toBe(0);
  });

  it("goes elsewhere when a keeper dies after it was pushed to, before the commit", async () => {
    const before = await statuses();
    await writer.call("limits", { up: 8 * MIB });
    const two = await put("--copies", "2", "--min-copies", "2");
    // Announced, and hardly pushed: the index sleeps until all has come.
    await until(
      statuses,
      (now) => now.filter((one, at) => usedOf(one) > usedOf(before[at])).length > 1,
      { what: "room set apart", pollMs: 10 },
    );
    world.index.freeze();
    const has = (one: Status, at: number): boolean => one.chunks === countOf(before[at]) + CHUNKS;
    const now = await until(statuses, (all) => all.filter(has).length > 1, { what: "two copies" });
    const dead = now.findIndex(has);
    await keeperOf(dead).kill();
    world.index.thaw();
    const { code, stderr } = await two.done;
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    for (const [at, keeper] of keepers.entries()) {
      if (at !== dead) expect((await status(keeper)).chunks).toBe(countOf(before[at]) + CHUNKS);
    }
    await expectWhole(writer, two);
    await keeperOf(dead).start();
    await writer.call("limits", { reset: true });
    await known(keepers);
  });

  it("happens not when its writer is killed on the way, and can be repeated", async () => {
    await writer.call("limits", { up: 8 * MIB });
    const before = await statuses();
    const cut = await put("--copies", "1");
    await until(statuses, (all) => all.some((one, at) => one.chunks > countOf(before[at]) + 2), {
      what: "a push under way",
    });
    await writer.kill();
    expect((await cut.done).code).not.toBe(0);
    await writer.start();
    await expect(copies(cut.path)).rejects.toMatchObject({ code: "not-found" });
    const again = await put("--copies", "1");
    expect(await again.done).toMatchObject({ code: 0 });
    await expectWhole(writer, again);
  });
});

const usedOf = (one: Status | undefined): number => one?.keeper?.usedBytes ?? 0;
const countOf = (one: Status | undefined): number => one?.chunks ?? 0;

describe("keepers", () => {
  it("heal what has rotted at one of them from another", async () => {
    const two = await put("--copies", "3", "--min-copies", "3");
    expect(await two.done).toMatchObject({ code: 0 });
    const one = keeperOf(1);
    await one.stop();
    await rot(world.path("two", "packs"));
    await writeFile(world.path("two", "config.toml"), '[peer]\nscrub = "100MB/s"\n');
    await one.start();
    await until(
      () => status(one),
      ({ keeper }) => keeper?.scrub.rotten === 1,
      { what: "the finding of the rot" },
    );
    await until(
      () => copies("/"),
      ({ under }) => under === 0,
      { what: "copies of all" },
    );
  });

  it("make copies anew of one that is gone for good", async () => {
    const two = await put("--copies", "2", "--min-copies", "2");
    expect(await two.done).toMatchObject({ code: 0 });
    await keeperOf(2).kill();
    await until(
      () => copies(two.path),
      ({ fewestCopies }) => fewestCopies === 2,
      { what: "copies without it" },
    );
    await expectWhole(keeperOf(0), two);
    await keeperOf(2).start();
    await known(keepers);
  });

  it("have all of it though the writer is gone", async () => {
    const three = await put("--copies", "2", "--min-copies", "2");
    expect(await three.done).toMatchObject({ code: 0 });
    await writer.stop();
    const reader = await world.join("reader", { role: "reader" });
    await expectWhole(reader, three);
    await writer.start();
  });
});

/** Turns a byte in the middle of the first pack. */
async function rot(packs: string): Promise<void> {
  const [name = ""] = (await readdir(packs)).filter((file) => file.endsWith(".pack")).toSorted();
  await using file = await open(`${packs}/${name}`, "r+");
  const at = 2 * MIB;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 0xff]), 0, 1, at);
}
