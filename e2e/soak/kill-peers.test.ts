/** As in `faults`, a hundred times. GOLIATH_SEED repeats a run, GOLIATH_KILLS sets how many. */
import { expect, it } from "vitest";
import { killAgain } from "../world/kill-again.ts";
import { workWhile } from "../world/load-run.ts";
import { openChoices } from "../world/seeded-choices.ts";
import { openWorld } from "../world/world.ts";

const KILLS = Number(process.env["GOLIATH_KILLS"] ?? 100);
/** A kill, a look at the mirror and a start take a few seconds. */
const TIMEOUT_MS = 10 * 60_000 + KILLS * 20_000;

it("peers killed again and again go on where they were", { timeout: TIMEOUT_MS }, async () => {
  await using world = await openWorld("kills");
  const random = openChoices();
  const disturb = (parties: Parameters<typeof killAgain>[0]) =>
    killAgain(parties, { random, kills: KILLS });
  const result = await workWhile({ world, random: random.fork(), disturb });
  process.stdout.write(`${KILLS} kills: ${JSON.stringify(result)}\n`);
  expect(result.filesChecked).toBeGreaterThan(0);
});
