/** Copies at keepers, as real processes: what is put there outlives its writer. */
import { open, readdir, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  countOf,
  MIB,
  openCopiesWorld,
  usedOf,
  type CopiesWorld,
  type StatusSeen,
} from "../world/copies-world.ts";
import { until } from "../world/settled.ts";

const CHUNKS = 8;
const NAMES = ["one", "two", "three"];
/** What was hashed is not looked at again within a day: what is to rot must be still to come. */
const SCRUB_SLOWLY = "32KiB/s";

let world: CopiesWorld;
beforeAll(async () => {
  const settings = `[peer]\nscrub = "${SCRUB_SLOWLY}"\n`;
  world = await openCopiesWorld({ name: "copies", keepers: NAMES, chunks: CHUNKS, settings });
});
afterEach(() => world.revive());
afterAll(() => world[Symbol.asyncDispose]());

const statuses = () => world.statuses();

describe("put --copies", () => {
  it("is at so many keepers, and says so", async () => {
    const one = await world.put("--copies", "2", "--min-copies", "2");
    expect(await one.done).toMatchObject({ code: 0 });
    const policy = { copies: 2 };
    expect(await world.copies(one.path)).toMatchObject({ chunks: CHUNKS, fewestCopies: 2, policy });
    expect((await world.status(world.writer)).chunks).toBe(0);
    const shown = await world.keeper(0).goliath("copies", one.path);
    expect(shown.stdout).toContain("with 2 copies at keepers or more");
    await world.expectWhole(world.writer, one);
  });

  it("does not happen where fewer keepers than must have it can take it", async () => {
    const four = await world.put("--copies", "4", "--min-copies", "4");
    const { code, stderr } = await four.done;
    expect([code, stderr]).toEqual([6, expect.stringContaining("nothing was written")]);
    await expect(world.copies(four.path)).rejects.toMatchObject({ code: "not-found" });
    expect((await world.status(world.writer)).chunks).toBe(0);
  });

  it("goes elsewhere when a keeper dies after it was pushed to, before the commit", async () => {
    const before = await statuses();
    await world.writer.call("limits", { up: 4 * MIB });
    const two = await world.put("--copies", "2", "--min-copies", "2");
    // Announced, and hardly pushed: the index sleeps until all has come.
    await until(
      statuses,
      (now) => now.filter((one, at) => usedOf(one) > usedOf(before[at])).length > 1,
      { what: "room set apart", pollMs: 10 },
    );
    world.index.freeze();
    await world.writer.call("limits", { reset: true });
    const has = (one: StatusSeen, at: number): boolean =>
      one.chunks === countOf(before[at]) + CHUNKS;
    const now = await until(statuses, (all) => all.filter(has).length > 1, { what: "two copies" });
    const dead = now.findIndex(has);
    await world.keeper(dead).kill();
    world.index.thaw();
    const { code, stderr } = await two.done;
    expect([code, stderr]).toEqual([0, expect.any(String)]);
    for (const [at, keeper] of world.keepers.entries()) {
      if (at !== dead)
        expect((await world.status(keeper)).chunks).toBe(countOf(before[at]) + CHUNKS);
    }
    await world.expectWhole(world.writer, two);
  });

  it("happens not when its writer is killed on the way, and can be repeated", async () => {
    await world.writer.call("limits", { up: 4 * MIB });
    const before = await statuses();
    const cut = await world.put("--copies", "1");
    await until(statuses, (all) => all.some((one, at) => one.chunks > countOf(before[at]) + 2), {
      what: "a push under way",
    });
    await world.writer.kill();
    expect((await cut.done).code).not.toBe(0);
    await world.writer.start();
    await expect(world.copies(cut.path)).rejects.toMatchObject({ code: "not-found" });
    const again = await world.put("--copies", "1");
    expect(await again.done).toMatchObject({ code: 0 });
    await world.expectWhole(world.writer, again);
  });
});

describe("keepers", () => {
  it("heal what has rotted at one of them from another", async () => {
    const two = await world.put("--copies", "3", "--min-copies", "3");
    expect(await two.done).toMatchObject({ code: 0 });
    const one = world.keeper(1);
    await one.stop();
    await rot(world.path("two", "packs"));
    await writeFile(world.path("two", "config.toml"), '[peer]\nscrub = "100MB/s"\n');
    await one.start();
    await until(
      () => world.status(one),
      ({ keeper }) => keeper?.scrub.rotten === 1,
      { what: "the finding of the rot" },
    );
    await until(
      () => world.copies("/"),
      ({ under }) => under === 0,
      { what: "copies of all" },
    );
  });

  it("make copies anew of one that is gone for good", async () => {
    const two = await world.put("--copies", "2", "--min-copies", "2");
    expect(await two.done).toMatchObject({ code: 0 });
    await world.keeper(2).kill();
    await until(
      () => world.copies(two.path),
      ({ fewestCopies }) => fewestCopies === 2,
      { what: "copies without it" },
    );
    await world.expectWhole(world.keeper(0), two);
  });

  it("have all of it though the writer is gone", async () => {
    const three = await world.put("--copies", "2", "--min-copies", "2");
    expect(await three.done).toMatchObject({ code: 0 });
    await world.writer.stop();
    const reader = await world.world.join("reader", { role: "reader" });
    await world.expectWhole(reader, three);
  });
});

/** Turns a byte in the middle of the last pack, which is the last to be hashed. */
async function rot(packs: string): Promise<void> {
  const numbers = (await readdir(packs)).map((file) => /^pack-(\d+)\.pack$/u.exec(file)?.[1] ?? 0);
  const last = Math.max(...numbers.map(Number));
  await using file = await open(`${packs}/pack-${last}.pack`, "r+");
  // Some way behind the middle: with an even number of chunks a header lies there.
  const at = Math.floor((await file.stat()).size / 2) + 4096;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, at);
  await file.write(Buffer.from([(buffer[0] ?? 0) ^ 0xff]), 0, 1, at);
}
