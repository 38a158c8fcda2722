/** Peers killed at random moments under load lose nothing, publish nothing twice, leave nothing. */
import { expect, it } from "vitest";
import { killAgain } from "../world/kill-again.ts";
import { workWhile } from "../world/load-run.ts";
import { openChoices } from "../world/seeded-choices.ts";
import { openWorld } from "../world/world.ts";

const KILLS = 3;

it("peers killed under load go on where they were", async () => {
  await using world = await openWorld("kills");
  const random = openChoices();
  const disturb = (parties: Parameters<typeof killAgain>[0]) =>
    killAgain(parties, { random, kills: KILLS });
  const result = await workWhile({ world, random: random.fork(), disturb });
  process.stdout.write(`${KILLS} kills: ${JSON.stringify(result)}\n`);
  expect(result.filesChecked).toBeGreaterThan(0);
});
