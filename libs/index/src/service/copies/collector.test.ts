import type { ChunkId } from "@goliath/protocols/nouns";
import { afterEach, describe, expect, it } from "vitest";
import { chunksOf, CopiesWorld, run, type WorldKeeper } from "../testing/copies-world.ts";
import { COPIES_DEFAULTS } from "./copies-settings.ts";

const { graceMs } = COPIES_DEFAULTS;
const collectDelayMs = 600_000;
const sweepIntervalMs = 200_000;
/** By then whatever is garbage at the start of it is gone. */
const LONG_MS = 3 * 600_000;

let world: CopiesWorld | undefined;
afterEach(() => world?.[Symbol.asyncDispose]());

/** Two keepers of chunks 0 to 99, of which a revision uses the first ten. */
async function openWorld(): Promise<{ world: CopiesWorld; keepers: [WorldKeeper, WorldKeeper] }> {
  const opened = new CopiesWorld({ collectDelayMs, sweepIntervalMs });
  world = opened;
  await opened.start();
  const [one, two] = [await opened.keeper(), await opened.keeper()];
  for (const { keeper } of [one, two]) await keeper.keep(chunksOf([run(0, 100)]));
  opened.engine.use(0, 10, 2);
  return { world: opened, keepers: [one, two] };
}

const step = 30_000;

describe("Collector", () => {
  it("has what nothing uses dropped everywhere, not before the delay", async () => {
    const { world, keepers } = await openWorld();
    await world.pass(sweepIntervalMs + collectDelayMs / 2, step);
    expect(world.copies.report()).toMatchObject({ used: 10, unused: 90 });
    expect(keepers.map(({ keeper }) => keeper.chunks.size)).toEqual([100, 100]);
    await world.pass(LONG_MS, step);
    expect(keepers.map(({ keeper }) => keeper.runs)).toEqual([[run(0, 10)], [run(0, 10)]]);
    expect(world.engine.collected).toEqual([run(10, 90)]);
    expect(world.copies.status()).toMatchObject({ collected: 90, unused: 0 });
  });

  it("gives up what has a digest and nobody keeps, as what a share had", async () => {
    const { world } = await openWorld();
    world.engine.committed = [run(0, 10), run(300, 20), run(5000, 7)];
    world.engine.leased = [run(310, 10)];
    world.engine.use(300, 5, 0);
    await world.pass(sweepIntervalMs + collectDelayMs / 2, step);
    expect(world.engine.collected).toEqual([]);
    await world.pass(LONG_MS, step);
    expect(world.engine.collected).toEqual([run(10, 90), run(305, 5), run(5000, 7)]);
  });

  it("counts the delay by the clock that only grows", async () => {
    const { world, keepers } = await openWorld();
    await world.pass(60_000, step);
    world.clock.jump(365 * 24 * 3_600_000);
    await world.pass(collectDelayMs / 2, step);
    world.clock.jump(-2 * 365 * 24 * 3_600_000);
    await world.pass(60_000, step);
    expect(world.engine.collected).toEqual([]);
    expect(keepers.map(({ keeper }) => keeper.chunks.size)).toEqual([100, 100]);
  });

  it("leaves what is leased, and what was used again in between", async () => {
    const { world, keepers } = await openWorld();
    world.engine.leased = [run(50, 10)];
    await world.pass(sweepIntervalMs + collectDelayMs / 2, step);
    world.engine.use(20, 5, 2);
    await world.pass(LONG_MS, step);
    const kept = [run(0, 10), run(20, 5), run(50, 10)];
    expect(keepers.map(({ keeper }) => keeper.runs)).toEqual([kept, kept]);
    world.engine.leased = [];
    await world.pass(LONG_MS, step);
    expect(keepers[0].keeper.runs).toEqual(kept.slice(0, 2));
  });

  it("orders nothing dropped that the engine did not give up", async () => {
    const { world, keepers } = await openWorld();
    // Restored from a backup, it does not know what these are.
    world.engine.collect = async () => ({ collected: [], left: [] });
    await world.pass(2 * LONG_MS, step);
    expect(keepers.flatMap(({ keeper }) => keeper.dropped)).toEqual([]);
  });

  it("has them dropped by a holder that comes back later", async () => {
    const { world, keepers } = await openWorld();
    keepers[1].leave();
    await world.pass(2 * LONG_MS, step);
    expect(keepers[0].keeper.chunks.size).toBe(10);
    expect(keepers[1].keeper.chunks.size).toBe(100);
    await keepers[1].arrive();
    await world.pass(60_000);
    expect(keepers[1].keeper.chunks.size).toBe(10);
  });

  it("orders again what an index that was killed had ordered", async () => {
    const { world, keepers } = await openWorld();
    const asked = Promise.withResolvers<void>();
    for (const { keeper } of keepers) {
      // The order is taken, and never answered.
      keeper.onOrder = () => {
        asked.resolve();
        return new Promise<void>(() => undefined);
      };
    }
    const waited = { yet: false };
    asked.promise.then(() => (waited.yet = true));
    for (let hour = 0; hour < 8 && !waited.yet; hour++) await world.pass(collectDelayMs, step);
    expect(waited.yet).toBe(true);
    await world.kill();
    expect(keepers.map(({ keeper }) => keeper.chunks.size)).toEqual([100, 100]);
    for (const { keeper } of keepers) keeper.onOrder = () => undefined;
    await world.start();
    for (const one of keepers) await one.arrive();
    await world.pass(2 * LONG_MS, step);
    expect(keepers.map(({ keeper }) => keeper.chunks.size)).toEqual([10, 10]);
  });

  it("collects nothing while a keeper on record may not have been heard of", async () => {
    const { world, keepers } = await openWorld();
    await world.kill();
    let calls = 0;
    const { leasedRuns } = world.engine;
    world.engine.leasedRuns = () => {
      calls++;
      return leasedRuns();
    };
    await world.start();
    await keepers[0].arrive();
    world.open.copies.report();
    await world.pass(graceMs - 60_000);
    expect(calls).toBe(0);
  });

  it("takes a keeper that was restored from an old copy for what it is", async () => {
    const { world, keepers } = await openWorld();
    const old = new Map([...keepers[0].keeper.chunks].slice(0, 5));
    await world.pass(60_000);
    keepers[0].leave();
    keepers[0].keeper.chunks = old;
    await keepers[0].arrive();
    expect(world.copies.keeperInfo(keepers[0].peer)).toMatchObject({ kept: 5 });
    await world.pass(120_000);
    // What it lacks now is copied to it again.
    expect(keepers[0].keeper.runs).toEqual([run(0, 10)]);
    expect([...keepers[1].keeper.chunks.keys()].slice(0, 10)).toContain(9 as ChunkId);
  });
});
