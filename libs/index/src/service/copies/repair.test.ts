import { GoliathError, type ChunkRun } from "@goliath/protocols/nouns";
import { afterEach, describe, expect, it } from "vitest";
import { chunksOf, CopiesWorld, run, type WorldKeeper } from "../testing/copies-world.ts";
import { COPIES_DEFAULTS } from "./copies-settings.ts";

const { graceMs } = COPIES_DEFAULTS;
const CHUNKS = [run(0, 100)];
const all = (copies: number) => Array.from({ length: 100 }, () => copies);

let world: CopiesWorld | undefined;
afterEach(() => world?.[Symbol.asyncDispose]());

async function openWorld(
  count: number,
  settings: ConstructorParameters<typeof CopiesWorld>[0] = {},
): Promise<{ world: CopiesWorld; keepers: WorldKeeper[] }> {
  const opened = new CopiesWorld(settings);
  world = opened;
  await opened.start();
  const keepers: WorldKeeper[] = [];
  for (let n = 0; n < count; n++) keepers.push(await opened.keeper());
  return { world: opened, keepers };
}

describe("Repair", () => {
  it("copies what has fewer copies than it is to have, and no more", async () => {
    const { world, keepers } = await openWorld(5);
    await keepers[0]!.keeper.keep(chunksOf(CHUNKS));
    world.engine.use(0, 100, 3);
    await world.pass(60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(3));
    expect(world.copies.report()).toMatchObject({ counted: true, used: 100, under: 0, ordered: 0 });
    const orders = keepers.flatMap(({ keeper }) => keeper.copied);
    expect(orders).toHaveLength(2);
    await world.pass(10 * graceMs, 60_000 / 2);
    expect(keepers.flatMap(({ keeper }) => keeper.copied)).toHaveLength(2);
    expect(keepers.flatMap(({ keeper }) => keeper.dropped)).toEqual([]);
  });

  it("copies the fewest copies first", async () => {
    const { world, keepers } = await openWorld(4, { ordersMax: 1 });
    const [one, two] = keepers as [WorldKeeper, WorldKeeper];
    await one.keeper.keep(chunksOf([run(0, 10), run(1024, 10)]));
    await two.keeper.keep(chunksOf([run(0, 10)]));
    const asked: ChunkRun[][] = [];
    for (const { keeper } of keepers) {
      keeper.onOrder = (ask) => void (ask === "copy" && asked.push([]));
    }
    world.engine.use(0, 10, 3);
    world.engine.use(1024, 10, 3);
    await world.pass(60_000);
    expect(asked).toHaveLength(3);
    const ordered = keepers.flatMap(({ keeper }) =>
      keeper.copied.map(({ runs }) => runs[0]?.first),
    );
    expect(ordered.toSorted()).toEqual([0, 1024, 1024]);
    expect(world.copiesOf([run(0, 10), run(1024, 10)])).toEqual(
      Array.from({ length: 20 }, () => 3),
    );
  });

  it("replaces the copies of a keeper that is away for longer than the grace, not sooner", async () => {
    const { world, keepers } = await openWorld(3);
    for (const { keeper } of keepers.slice(0, 2)) await keeper.keep(chunksOf(CHUNKS));
    world.engine.use(0, 100, 2);
    await world.pass(60_000);
    keepers[0]!.leave();
    await world.pass(graceMs - 60_000);
    expect(keepers[2]!.keeper.copied).toEqual([]);
    await world.pass(120_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(3));
    expect(keepers[2]!.keeper.chunks.size).toBe(100);
    // It comes back: its copies count again, and one of the three goes.
    await keepers[0]!.arrive();
    await world.pass(120_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
  });

  it("orders nothing after a start before its keepers reported or the grace has passed", async () => {
    const { world, keepers } = await openWorld(3);
    for (const { keeper } of keepers.slice(0, 2)) await keeper.keep(chunksOf(CHUNKS));
    world.engine.use(0, 100, 2);
    await world.pass(60_000);
    await world.kill();
    await world.start();
    await keepers[0]!.arrive();
    await keepers[2]!.arrive();
    await world.pass(graceMs - 60_000);
    expect(world.copies.report()).toMatchObject({ counted: false, under: 100 });
    expect(keepers[2]!.keeper.copied).toEqual([]);
    await world.pass(120_000);
    expect(keepers[2]!.keeper.copied).toHaveLength(1);
    await world.kill();
    await world.start();
    for (const one of keepers) await one.arrive();
    await world.pass(60_000);
    // All are here: nobody is waited for, and one copy of the three is too much.
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
  });

  it("moves what only a draining keeper has, and says what is still needed of it", async () => {
    const { world, keepers } = await openWorld(2);
    const [one, two] = keepers as [WorldKeeper, WorldKeeper];
    await one.keeper.keep(chunksOf(CHUNKS));
    world.engine.use(0, 100, 1);
    await world.pass(60_000);
    const order = Promise.withResolvers<void>();
    two.keeper.onOrder = () => order.promise;
    one.keeper.draining = true;
    await world.pass(10_000);
    expect(world.copies.keeperInfo(one.peer)).toMatchObject({ draining: true, needed: 100 });
    order.resolve();
    await world.pass(30_000);
    expect(two.keeper.chunks.size).toBe(100);
    expect(world.copies.keeperInfo(one.peer)).toMatchObject({ kept: 100, needed: 0 });
    expect(two.keeper.dropped).toEqual([]);
  });

  it("lets a keeper that fails orders rest, and takes another", async () => {
    const { world, keepers } = await openWorld(3);
    const [one, two, three] = keepers as [WorldKeeper, WorldKeeper, WorldKeeper];
    await one.keeper.keep(chunksOf(CHUNKS));
    let failed = 0;
    const fail = (): void => {
      failed++;
      throw new GoliathError("full", "no room after all");
    };
    two.keeper.onOrder = fail;
    three.keeper.onOrder = fail;
    world.engine.use(0, 100, 2);
    await world.pass(10 * 60_000);
    // Doubling from two seconds: some ten each in ten minutes.
    expect(failed).toBeGreaterThan(4);
    expect(failed).toBeLessThan(30);
    three.keeper.onOrder = () => undefined;
    await world.pass(10 * 60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
    expect(two.keeper.chunks.size).toBe(0);
  });

  it("keeps to a rate in bytes, and to so many orders at once", async () => {
    const MINUTE_BYTES = 64 * 1024 * 1024;
    const { world, keepers } = await openWorld(2, { bytesPerSecond: MINUTE_BYTES / 60 });
    const chunks = [run(0, 1024 * 20)];
    await keepers[0]!.keeper.keep(chunksOf(chunks));
    world.engine.use(0, 1024 * 20, 2);
    await world.pass(65_000);
    // 4 MiB an order of a block: 16 a minute, after the ten seconds in which all is told.
    const blocks = keepers[1]!.keeper.copied.length;
    expect(blocks).toBeGreaterThanOrEqual(12);
    expect(blocks).toBeLessThanOrEqual(17);
    expect(keepers[1]!.keeper.copied.every(({ bytes }) => bytes <= 4 * 1024 * 1024)).toBe(true);
  });

  it("reaches the rate that it may have", async () => {
    const bytesPerSecond = 64 * 1024 * 1024;
    const rates = { bytesPerSecond, keeperBytesPerSecond: 16 * bytesPerSecond };
    const { world, keepers } = await openWorld(2, rates);
    await keepers[0]!.keeper.keep(chunksOf([run(0, 1024 * 40)]));
    world.engine.use(0, 1024 * 40, 2);
    // Sixteen orders of a block a second, after the ten seconds in which all is told.
    await world.pass(15_000, 1000);
    expect(keepers[1]!.keeper.copied.length).toBe(40);
  });

  it("has at most so many orders under way, at one keeper and at all", async () => {
    const { world, keepers } = await openWorld(4, { ordersMax: 5, ordersPerKeeperMax: 2 });
    await keepers[0]!.keeper.keep(chunksOf([run(0, 20 * 1024)]));
    const [underWay, most] = [new Map<WorldKeeper, number>(), { all: 0, one: 0 }];
    const gate = Promise.withResolvers<void>();
    for (const one of keepers) {
      one.keeper.onOrder = async () => {
        underWay.set(one, (underWay.get(one) ?? 0) + 1);
        most.one = Math.max(most.one, ...underWay.values());
        most.all = Math.max(
          most.all,
          [...underWay.values()].reduce((a, b) => a + b, 0),
        );
        await gate.promise;
      };
    }
    world.engine.use(0, 20 * 1024, 2);
    await world.pass(120_000);
    expect(most).toEqual({ all: 5, one: 2 });
    gate.resolve();
  });

  it("does not order again what is on its way, nor what nobody serves", async () => {
    const { world, keepers } = await openWorld(2);
    await keepers[0]!.keeper.keep(chunksOf([run(0, 10)]));
    const gate = Promise.withResolvers<void>();
    let orders = 0;
    keepers[1]!.keeper.onOrder = async () => {
      orders++;
      await gate.promise;
    };
    world.engine.use(0, 20, 2);
    await world.pass(120_000);
    expect(orders).toBe(1);
    expect(world.copies.report()).toMatchObject({
      under: 20,
      bare: 10,
      unreachable: 10,
      ordered: 10,
    });
    gate.resolve();
  });

  it("heeds what a policy prefers and avoids, and shows what it may not place", async () => {
    const { world, keepers } = await openWorld(4);
    const [one, eu, us, other] = keepers as [WorldKeeper, WorldKeeper, WorldKeeper, WorldKeeper];
    await one.keeper.keep(chunksOf(CHUNKS));
    eu.keeper.labels = ["region=eu"];
    us.keeper.labels = ["region=us"];
    await world.pass(20_000);
    const wish = { prefer: ["region=eu"], avoid: ["region=us"] };
    world.engine.use(0, 100, { copies: 2, wish });
    await world.pass(60_000);
    expect([eu, us, other].map(({ keeper }) => keeper.chunks.size)).toEqual([100, 0, 0]);
    world.engine.use(0, 100, { copies: 4, wish });
    await world.pass(60_000);
    expect([eu, us, other].map(({ keeper }) => keeper.chunks.size)).toEqual([100, 0, 100]);
    expect(world.copies.report()).toMatchObject({ under: 100, ordered: 0 });
  });

  it("leaves a copy where a policy avoids it as long as it is not too much", async () => {
    const { world, keepers } = await openWorld(3);
    const [us, ...others] = keepers as [WorldKeeper, ...WorldKeeper[]];
    us.keeper.labels = ["region=us"];
    // Without the policy one of these would go, as they share a label.
    for (const { keeper } of others) keeper.labels = ["rack=1"];
    for (const { keeper } of keepers.slice(0, 2)) await keeper.keep(chunksOf(CHUNKS));
    await world.pass(20_000);
    const wish = { prefer: [], avoid: ["region=us"] };
    world.engine.use(0, 100, { copies: 2, wish });
    await world.pass(120_000);
    expect([...us.keeper.dropped, ...keepers.flatMap(({ keeper }) => keeper.copied)]).toEqual([]);
    await keepers[2]!.keeper.keep(chunksOf(CHUNKS));
    await world.pass(60_000);
    expect(others.map(({ keeper }) => keeper.chunks.size)).toEqual([100, 100]);
    expect(us.keeper.chunks.size).toBe(0);
  });

  it("counts small chunks for what they are, in room and at its rate", async () => {
    const bytesPerSecond = 4 * 1024 * 1024;
    const { world, keepers } = await openWorld(2, { bytesPerSecond });
    const chunks = [run(0, 1024 * 20)];
    await keepers[0]!.keeper.keep(chunksOf(chunks));
    keepers[1]!.keeper.capacityBytes = 1024 * 1024;
    world.engine.use(0, 1024 * 20, { copies: 2, bytes: 16 * 20 * 1024 });
    // As full chunks they would be twenty orders of a second each, of which none had room.
    await world.pass(15_000, 1000);
    expect(keepers[1]!.keeper.copied.map(({ bytes }) => bytes)).toEqual(Array(20).fill(16 * 1024));
  });

  it("lets the index do something else while it looks for keepers, also when none is fit", async () => {
    const { world, keepers } = await openWorld(2);
    const [one, full] = keepers as [WorldKeeper, WorldKeeper];
    await one.keeper.keep(chunksOf([run(0, 1024 * 200)]));
    full.keeper.capacityBytes = 1;
    await world.pass(20_000);
    let turns = 0;
    const sleep = world.clock.sleep.bind(world.clock);
    world.clock.sleep = (ms, signal) => {
      if (ms === 0) turns++;
      return sleep(ms, signal);
    };
    const { looks } = world.copies.status();
    world.engine.use(0, 1024 * 200, 2);
    await world.pass(5000);
    // 200 blocks are one turn of a look, and three of orders.
    expect(turns).toBeGreaterThanOrEqual(3 * (world.copies.status().looks - looks));
    expect(world.copies.status().looks).toBeGreaterThan(looks);
  });
});
