/** One run of kills, and all that must hold after it. */
import { expect } from "vitest";
import type { World } from "../../world/world.ts";
import { killIndex, type KillRun } from "./kill-index.ts";
import { whyNotLinearizable } from "./linearize.ts";

export async function checkKilledIndex(
  world: World,
  run: KillRun,
): Promise<{ operations: number; cut: number; commits: number }> {
  const { history, leased } = await killIndex(world, run);
  expect(whyNotLinearizable(history), `GOLIATH_SEED=${run.seed}`).toBeUndefined();
  const sorted = leased.toSorted(([a], [b]) => a - b);
  for (const [i, [first]] of sorted.entries()) {
    expect(first, "the first id of a lease").toBeGreaterThan(sorted[i - 1]?.[1] ?? 0);
  }
  const { stdout } = await world.index.goliath("index", "check", "--json");
  expect(JSON.parse(stdout)).toEqual({ problems: [] });
  const count = (kind: string): number =>
    history.filter(({ result }) => result.kind === kind).length;
  return { operations: history.length, cut: count("unknown"), commits: count("committed") };
}
