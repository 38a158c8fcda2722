import { describe, expect, it } from "vitest";
import { runSeed } from "./run-seed.ts";

/** Seeds run at every test; `npm run sim` runs thousands. */
const SEEDS = ["1", "2", "5", "7", "9", "10", "11", "14"];

describe("runSeed", () => {
  it.each(["1", "two", "31"])("seed %s twice is the same history", async (seed) => {
    const [first, second] = [await runSeed(seed), await runSeed(seed)];
    expect(first.events).toBeGreaterThan(100);
    expect(second.trace).toEqual(first.trace);
    expect(second.digest).toBe(first.digest);
  });

  it("different seeds are different histories", async () => {
    expect((await runSeed("1")).digest).not.toBe((await runSeed("2")).digest);
  });

  it.each(SEEDS)("seed %s keeps every promise", async (seed) => {
    const { failure, trace } = await runSeed(seed, { traceLines: 60 });
    expect(failure, trace.join("\n")).toBeUndefined();
  });
});
