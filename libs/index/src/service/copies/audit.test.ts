import { GoliathError, type ChunkId } from "@goliath/protocols/nouns";
import { afterEach, describe, expect, it } from "vitest";
import { chunksOf, CopiesWorld, run, type WorldKeeper } from "../testing/copies-world.ts";
import { COPIES_DEFAULTS } from "./copies-settings.ts";

const { auditIntervalMs } = COPIES_DEFAULTS;
const distrustMs = 2 * 3_600_000;
const CHUNKS = [run(0, 50)];

let world: CopiesWorld | undefined;
afterEach(() => world?.[Symbol.asyncDispose]());

async function openWorld(count: number): Promise<{ world: CopiesWorld; keepers: WorldKeeper[] }> {
  const opened = new CopiesWorld({ distrustMs });
  world = opened;
  await opened.start();
  const keepers: WorldKeeper[] = [];
  for (let n = 0; n < count; n++) {
    const one = await opened.keeper();
    await one.keeper.keep(chunksOf(CHUNKS));
    keepers.push(one);
  }
  opened.engine.use(0, 50, count);
  return { world: opened, keepers };
}

describe("Audit", () => {
  it("reads back what keepers claim, and finds no fault with honest ones", async () => {
    const { world } = await openWorld(2);
    await world.pass(100 * auditIntervalMs);
    const { audited, caught } = world.copies.status();
    expect(audited).toBeGreaterThan(30);
    expect(caught).toBe(0);
  });

  it("takes a claim away at once from a keeper that lacks the chunk, and has it repaired", async () => {
    const { world, keepers } = await openWorld(2);
    const [one] = keepers as [WorldKeeper];
    for (const id of [3, 4, 5, 6, 7]) one.keeper.chunks.delete(id as ChunkId);
    await world.pass(2000 * auditIntervalMs, auditIntervalMs);
    expect(world.copies.status().caught).toBeGreaterThanOrEqual(5);
    expect(world.copiesOf(CHUNKS)).toEqual(Array.from({ length: 50 }, () => 2));
  });

  it("finds out who claims all the ids there are", async () => {
    const { world, keepers } = await openWorld(2);
    const [liar] = keepers as [WorldKeeper];
    liar.keeper.chunks.clear();
    liar.keeper.boasts = [run(0, 20_000_000)];
    await liar.keeper.tellAll();
    await world.pass(100 * auditIntervalMs);
    expect(world.copies.status()).toMatchObject({ keepersDistrusted: 1 });
  });

  it("reads back each chunk that is used and claimed as often as another", async () => {
    const { world } = await openWorld(1);
    world.engine.use(5000, 50, 1);
    await world.keepers[0]!.keeper.keep(chunksOf([run(5000, 50), run(9000, 50)]));
    const asked = new Map<ChunkId, number>();
    const { chunks } = world.keepers[0]!.keeper;
    const get = chunks.get.bind(chunks);
    chunks.get = (id) => {
      asked.set(id, (asked.get(id) ?? 0) + 1);
      return get(id);
    };
    await world.pass(1500 * auditIntervalMs, auditIntervalMs);
    expect([...asked.keys()].filter((id) => id >= 9000)).toEqual([]);
    const of = (from: number) =>
      [...asked].reduce((sum, [id, n]) => sum + (id >= from && id < from + 50 ? n : 0), 0);
    // Half of some 1,500: five standard deviations of that are 97.
    expect(Math.abs(of(0) - of(5000))).toBeLessThan(194);
    expect(asked.size).toBeGreaterThan(95);
  });

  it("counts nothing of a keeper that shows other bytes a few times in a row, for a time", async () => {
    const { world, keepers } = await openWorld(2);
    const [liar] = keepers as [WorldKeeper];
    liar.keeper.chunks = new Map(
      [...liar.keeper.chunks.keys()].map((id) => [id, Buffer.alloc(16)]),
    );
    await world.pass(100 * auditIntervalMs);
    expect(world.copies.status()).toMatchObject({ keepersDistrusted: 1, keepersCounted: 1 });
    expect([...world.copies.copiesAt(run(49, 1))][0]).toMatchObject({ copies: 1 });
    const caught = world.copies.status().caught;
    // Honest from now on: caught again after its time it would not be counted for as long again.
    liar.keeper.chunks = new Map(chunksOf(CHUNKS));
    await liar.keeper.tellAll();
    await world.pass(distrustMs, 30_000);
    await world.pass(600_000);
    expect(caught).toBeGreaterThanOrEqual(3);
    expect(world.copies.status()).toMatchObject({ keepersDistrusted: 0, under: 0 });
  });

  it("holds nothing against a keeper that is away, busy, or told us itself", async () => {
    const { world, keepers } = await openWorld(2);
    const [one] = keepers as [WorldKeeper];
    const { chunks } = one.keeper;
    one.keeper.chunks = new Map(chunks);
    one.keeper.chunks.get = () => {
      throw new GoliathError("busy", "not now");
    };
    await world.pass(100 * auditIntervalMs);
    expect(world.copies.status().caught).toBe(0);
  });
});
