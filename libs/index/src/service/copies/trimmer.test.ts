import { GoliathError, type ChunkId } from "@goliath/protocols/nouns";
import { afterEach, describe, expect, it } from "vitest";
import { COPIES_DEFAULTS } from "./copies-settings.ts";
import { chunksOf, CopiesWorld, run, type WorldKeeper } from "../testing/copies-world.ts";

const CHUNKS = [run(0, 100)];
const all = (copies: number) => Array.from({ length: 100 }, () => copies);

let world: CopiesWorld | undefined;
afterEach(() => world?.[Symbol.asyncDispose]());

/** Keepers that all keep the chunks, which nothing uses yet. */
async function openWorld(count: number): Promise<{ world: CopiesWorld; keepers: WorldKeeper[] }> {
  const opened = new CopiesWorld();
  world = opened;
  await opened.start();
  const keepers: WorldKeeper[] = [];
  for (let n = 0; n < count; n++) {
    const one = await opened.keeper();
    await one.keeper.keep(chunksOf(CHUNKS));
    keepers.push(one);
  }
  return { world: opened, keepers };
}

const dropped = (keepers: WorldKeeper[]) => keepers.flatMap(({ keeper }) => keeper.dropped);

describe("Trimmer", () => {
  it("takes away what is over the target, once", async () => {
    const { world, keepers } = await openWorld(4);
    world.engine.use(0, 100, 2);
    await world.pass(60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
    expect(dropped(keepers)).toHaveLength(2);
    await world.pass(600_000, 15_000);
    expect(dropped(keepers)).toHaveLength(2);
    expect(keepers.flatMap(({ keeper }) => keeper.copied)).toEqual([]);
  });

  it("takes nothing away while those that stay cannot show what they claim", async () => {
    const { world, keepers } = await openWorld(3);
    for (const { keeper } of keepers) {
      keeper.vouch = () => {
        throw new GoliathError("busy", "not now");
      };
    }
    world.engine.use(0, 100, 2);
    await world.pass(120_000);
    expect(dropped(keepers)).toEqual([]);
    expect(world.copiesOf(CHUNKS)).toEqual(all(3));
  });

  it("takes nothing away on the word of a keeper that has nothing", async () => {
    const { world, keepers } = await openWorld(2);
    const [liar, honest] = keepers as [WorldKeeper, WorldKeeper];
    liar.keeper.boasts = CHUNKS;
    liar.keeper.chunks.clear();
    liar.keeper.vouch = () => undefined;
    world.engine.use(0, 100, 1);
    await world.pass(300_000);
    expect(honest.keeper.dropped).toEqual([]);
    expect(world.copies.status()).toMatchObject({ keepersDistrusted: 1 });
  });

  it("finds out before it trims that a keeper lacks what it claims, and repairs instead", async () => {
    const { world, keepers } = await openWorld(3);
    const [liar] = keepers as [WorldKeeper];
    // It lost one and did not notice.
    liar.keeper.chunks.delete(7 as ChunkId);
    world.engine.use(0, 100, 2);
    await world.pass(300_000);
    expect(world.copiesOf([run(7, 1)])).toEqual([2]);
    expect(world.copiesOf(CHUNKS).every((copies) => copies >= 2)).toBe(true);
  });

  it("counts on no keeper that is away when it takes a copy away", async () => {
    const { world, keepers } = await openWorld(3);
    keepers[0]!.leave();
    world.engine.use(0, 100, 2);
    await world.pass(120_000);
    // One is away for a short while: its copy counts, but no other goes on the strength of it.
    expect(dropped(keepers)).toEqual([]);
    await keepers[0]!.arrive();
    await world.pass(60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
  });

  it("takes nothing away when a keeper leaves between its proof and the order", async () => {
    const { world, keepers } = await openWorld(3);
    const gate = Promise.withResolvers<void>();
    const asked: WorldKeeper[] = [];
    for (const one of keepers) {
      const { prove } = one.keeper.holder;
      one.keeper.holder.prove = async (request) => {
        asked.push(one);
        await prove(request);
        if (asked[0] !== one) await gate.promise;
      };
    }
    await world.pass(COPIES_DEFAULTS.graceMs);
    world.engine.use(0, 100, 2);
    await world.pass(20_000);
    expect(asked).toHaveLength(2);
    // It has shown what it keeps; another has not yet.
    asked[0]!.leave();
    gate.resolve();
    await world.pass(1000);
    expect(dropped(keepers)).toEqual([]);
  });

  it("believes the target that holds when the order is sent", async () => {
    const { world, keepers } = await openWorld(3);
    for (const { keeper } of keepers) {
      keeper.vouch = () => {
        // While it is asked, a commit asks for one more.
        if (world.engine.revision === 2) world.engine.use(0, 100, 3);
      };
    }
    world.engine.use(0, 100, 2);
    // The commit is read before the proof of a slow keeper is in.
    const gate = Promise.withResolvers<void>();
    for (const { keeper } of keepers) {
      const { prove } = keeper.holder;
      keeper.holder.prove = async (request) => {
        await prove(request);
        await gate.promise;
      };
    }
    await world.pass(30_000);
    gate.resolve();
    await world.pass(60_000);
    expect(dropped(keepers)).toEqual([]);
    expect(world.copiesOf(CHUNKS)).toEqual(all(3));
  });

  it("counts a copy no more from before the order to drop it is sent", async () => {
    const { world, keepers } = await openWorld(3);
    const counted: number[] = [];
    for (const { keeper } of keepers) {
      keeper.onOrder = (ask) => {
        const [piece] = world.copies.copiesAt(run(0, 100));
        if (ask === "drop") counted.push(piece?.copies ?? -1);
      };
    }
    world.engine.use(0, 100, 2);
    await world.pass(30_000);
    expect(counted).toEqual([2]);
  });

  it("never counts again what may have been dropped, until all is told anew", async () => {
    const { world, keepers } = await openWorld(3);
    // Whoever gets the order has dropped the chunks, and the stream breaks before it can say so.
    for (const one of keepers) one.keeper.onDropped = () => one.leave();
    world.engine.use(0, 100, 2);
    await world.pass(30_000);
    const gone = keepers.find(({ keeper }) => keeper.dropped.length > 0) as WorldKeeper;
    // An old report in its name that still names them changes nothing.
    const service = world.reports.serviceFor(gone.peer);
    await service.begin({ session: "session-1" });
    const [piece] = world.copies.copiesAt(run(0, 100));
    expect(piece?.copies).toBe(2);
    for (const { keeper } of keepers) keeper.onDropped = () => undefined;
    await gone.arrive();
    await world.pass(60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
    expect(dropped(keepers)).toHaveLength(1);
  });

  it("counts a copy again when the order to drop it never arrived", async () => {
    const { world, keepers } = await openWorld(3);
    for (const one of keepers) {
      one.keeper.onOrder = (ask) => {
        if (ask !== "drop") return;
        one.leave();
        throw new GoliathError("closed", "cut before it was read");
      };
    }
    world.engine.use(0, 100, 2);
    await world.pass(30_000);
    for (const one of keepers) {
      one.keeper.onOrder = () => undefined;
      await one.arrive();
    }
    await world.pass(60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
  });

  it("has a keeper tell all anew that goes on with its session after an order was lost", async () => {
    const { world, keepers } = await openWorld(3);
    for (const one of keepers) {
      one.keeper.onOrder = (ask) => {
        if (ask !== "drop") return;
        one.leave();
        throw new GoliathError("closed", "cut before it was read");
      };
    }
    world.engine.use(0, 100, 2);
    await world.pass(30_000);
    const lost = keepers.filter(({ peer }) => !world.presence.isOnline(peer));
    expect(lost).toHaveLength(1);
    for (const { keeper } of keepers) keeper.onOrder = () => undefined;
    // It has them still, and knows of no order: of itself it would have nothing to report.
    await lost[0]!.resume();
    expect([...world.copies.copiesAt(run(0, 100))][0]?.copies).toBe(3);
    await world.pass(60_000);
    expect(world.copiesOf(CHUNKS)).toEqual(all(2));
  });

  it("leaves the last copy where no copies are asked for and nobody else serves the chunks", async () => {
    const { world, keepers } = await openWorld(2);
    world.engine.use(0, 100, 0);
    await world.pass(120_000);
    expect(world.copiesOf(CHUNKS).every((copies) => copies >= 1)).toBe(true);
    expect(dropped(keepers).length).toBeLessThanOrEqual(1);
  });
});
