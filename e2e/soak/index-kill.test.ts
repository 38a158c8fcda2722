/** The index killed a hundred times and more under load. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { checkKilledIndex } from "../faults/history/check-killed-index.ts";
import { seedOf } from "../world/seeded.ts";
import { openWorld, type World } from "../world/world.ts";

const KILLS = 120;
/** Most of it is starting the index anew, a few seconds each on a busy machine. */
const TIMEOUT_MS = 60 * 60_000;

let world: World;

beforeAll(async () => {
  world = await openWorld("kills");
});
afterAll(() => world[Symbol.asyncDispose]());

const seed = seedOf(process.env);

it(
  `an index killed ${KILLS} times keeps a linearizable history (GOLIATH_SEED=${seed})`,
  async () => {
    const { operations, cut, commits } = await checkKilledIndex(world, { kills: KILLS, seed });
    process.stdout.write(`${operations} operations, ${commits} commits, ${cut} cut\n`);
    expect(cut).toBeGreaterThan(KILLS / 4);
  },
  TIMEOUT_MS,
);
