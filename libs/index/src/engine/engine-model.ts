/** Random commits on an engine and on a plain map; every kept revision must be the same in both. */
import fc from "fast-check";
import { it } from "vitest";
import { turnOf, type Turn } from "./testing/model-turns.ts";
import { openModelWorld, type ModelDrive } from "./testing/model-world.ts";

/** Turns of one history. */
const TURNS_MIN = 3;
const TURNS_MAX = 16;

export interface ModelRun {
  /** A drive without anything in it. */
  drive: () => ModelDrive;
  runs: number;
  timeoutMs: number;
  turnsMax?: number;
  /** Histories that failed once. */
  cases?: Turn[][];
}

export function testAgainstModel(name: string, run: ModelRun): void {
  const { drive, runs, timeoutMs, turnsMax = TURNS_MAX, cases = [] } = run;
  it(
    `${name} is at every revision what a plain map says`,
    async () => {
      const turns = fc.array(turnOf, { minLength: TURNS_MIN, maxLength: turnsMax, size: "max" });
      const property = fc.asyncProperty(turns, async (all) => {
        await using world = await openModelWorld(drive());
        for (const one of all) await world.take(one);
        await world.compare();
      });
      const examples = cases.map((all): [Turn[]] => [all]);
      // A failure prints its seed and path: give them here to run it again.
      await fc.assert(property, { numRuns: runs + examples.length, examples });
    },
    timeoutMs,
  );
}
