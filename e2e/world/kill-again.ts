/** Kills peers at random moments, and starts them again. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Daemon } from "./daemon.ts";
import type { Disturbed } from "./load-run.ts";
import type { SeededChoices } from "./seeded-choices.ts";

/** Between two kills: from amid a start to well into the work. */
const LIFE_MS_MIN = 50;
const LIFE_MS_MAX = 1_500;

export async function killAgain(
  { alice, bob, carol, checkCopy }: Disturbed,
  { random, kills }: { random: SeededChoices; kills: number },
): Promise<void> {
  for (let kill = 0; kill < kills; kill++) {
    await sleep(random.between(LIFE_MS_MIN, LIFE_MS_MAX));
    const victim: Daemon = random.pick([alice, bob, carol]);
    await victim.kill();
    await checkCopy();
    await victim.start();
  }
}
