/** The index killed under load: what it acknowledged is there, in one order, each commit once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorld, type World } from "../world/world.ts";
import { seedOf } from "../world/seeded.ts";
import { checkKilledIndex } from "./history/check-killed-index.ts";

const KILLS = 3;

let world: World;

beforeAll(async () => {
  world = await openWorld("kill");
});
afterAll(() => world[Symbol.asyncDispose]());

describe("an index that is killed under load", () => {
  const seed = seedOf(process.env);

  it(`keeps a linearizable history and gives no id twice (GOLIATH_SEED=${seed})`, async () => {
    const { operations, cut } = await checkKilledIndex(world, { kills: KILLS, seed });
    expect(operations).toBeGreaterThan(100);
    expect(cut).toBeGreaterThan(0);
  });
});
