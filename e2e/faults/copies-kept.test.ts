/**
 * What is kept outlives what happens to its keepers, as real processes: a repair that the index's
 * death cuts short, a keeper that is drained and taken away, one put back from an old copy of its
 * home.
 */
import { cp, rm } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { countOf, MIB, openCopiesWorld, type CopiesWorld } from "../world/copies-world.ts";
import { until } from "../world/settled.ts";

const CHUNKS = 8;
/** Of a keeper that copies: slow enough to be seen at it. */
const DOWN_RATE = 2 * MIB;
const ONE = ["--copies", "1", "--min-copies", "1"];
const TWO = ["--copies", "2", "--min-copies", "2"];

let world: CopiesWorld;
beforeAll(async () => {
  const keepers = ["one", "two", "three"];
  world = await openCopiesWorld({ name: "kept", keepers, chunks: CHUNKS, grace: "1s" });
});
afterEach(() => world.revive());
afterAll(() => world[Symbol.asyncDispose]());

describe("repair", () => {
  it("goes on after the index was killed while copies were under way", async () => {
    const kept = await world.putWhole(...TWO);
    const before = await world.statuses();
    const [dead = 0] = [...before.keys()].filter((at) => countOf(before[at]) >= CHUNKS);
    const [free = 0] = [...before.keys()].filter((at) => countOf(before[at]) < CHUNKS);
    await world.keeper(free).call("limits", { down: DOWN_RATE });
    await world.keeper(dead).kill();
    await until(
      () => world.status(world.keeper(free)),
      (now) => countOf(now) > 0 && countOf(now) < CHUNKS,
      { what: "a copy under way", pollMs: 5 },
    );
    await world.index.kill();
    await world.index.start();
    await world.keeper(free).call("limits", { reset: true });
    await world.keeper(dead).start();
    await world.known();
    await world.keeper(dead).kill();
    await world.whole(kept.path, { copies: 2 });
    await world.expectWhole(world.writer, kept);
  });
});

describe("goliath peer drain", () => {
  it("ends with everything elsewhere, and the keeper can go", async () => {
    const files = [await world.putWhole(...ONE), await world.putWhole(...ONE)];
    const shared = await world.putWhole(...TWO);
    const leaving = await holderOf(files[0]?.path ?? "");
    const { code, stdout } = await leaving.goliath("peer", "drain", "--json");
    expect([code, JSON.parse(stdout)]).toEqual([0, { draining: true, needed: 0 }]);
    await leaving.stop();
    await rm(leaving.home, { recursive: true });
    world.keepers.splice(world.keepers.indexOf(leaving), 1);
    await world.writer.stop();
    const reader = await world.world.join("reader", { role: "reader" });
    for (const file of [...files, shared]) await world.expectWhole(reader, file);
    await reader.stop();
    await world.join("four");
  });
});

/** The keeper that has a file which one keeper has. */
async function holderOf(path: string) {
  const { holders } = await world.copies(path);
  const found = world.keepers.find(({ ready }) => holders[0]?.peer === ready?.peerId);
  if (!found) throw new Error(`no keeper has ${path}`);
  return found;
}

describe("a keeper", () => {
  it("put back from an old copy of its home counts for what it has, and for no more", async () => {
    const early = await world.putWhole("--copies", "3", "--min-copies", "3");
    const keeper = world.keeper(0);
    await keeper.stop();
    await cp(keeper.home, `${keeper.home}-old`, { recursive: true });
    await keeper.start();
    await world.known();
    const late = await world.putWhole("--copies", "3", "--min-copies", "3");
    await keeper.stop();
    await rm(keeper.home, { recursive: true });
    await cp(`${keeper.home}-old`, keeper.home, { recursive: true });
    await keeper.start();
    await world.whole(early.path, { copies: 3 });
    // What it has not any more is made anew: at it, since there is no other.
    await world.whole(late.path, { copies: 3 });
    for (const other of world.keepers.slice(1)) await other.kill();
    await world.writer.stop();
    const reader = await world.world.join("reader-2", { role: "reader" });
    for (const file of [early, late]) await world.expectWhole(reader, file);
    await reader.stop();
  });
});
