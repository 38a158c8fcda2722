/** Seeds of the simulation that failed once and take too long for every test: see `e2e/sim`. */
import { expect, it } from "vitest";
import { runSeed } from "../sim/run-seed.ts";

const FOUND: [string, string][] = [
  ["keepers-61", "a file of which nobody holds the newest version stays as it was"],
  ["keepers-50201", "a copy that has rotted goes though a keeper has died"],
];

it.each(FOUND)("seed %s: %s", async (seed) => {
  const { failure, trace } = await runSeed(seed, { traceLines: 60 });
  expect(failure, trace.join("\n")).toBeUndefined();
});
