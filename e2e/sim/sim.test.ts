import { describe, expect, it } from "vitest";
import { runSeed } from "./run-seed.ts";

/** Seeds run at every test; `npm run sim` runs thousands. */
const SEEDS = ["2", "power-2", "liars-3", "past-1", "hands-6", "keepers-22"];

/** Seeds that failed once, and what they found; the slow ones are in `e2e/soak`. */
const FOUND: [string, string][] = [
  ["1", "a mirror whose directory went before it was first listed is lost, not syncing for ever"],
  ["3", "a directory that the drive replaced by a file leaves nothing behind in a mirror"],
  ["28", "the folder a mirror made is there after a power cut"],
  ["42", "a failed write of a put does not end the process"],
  ["57", "a directory that a user removed comes back with what belongs in it"],
  ["90", "a file that goes away during a put has changed"],
  ["535", "a user's file comes back from the keep area after a fault of the disk"],
  ["568", "a path that was given back can be shared by others though the index was restored"],
  ["2259", "a chunk that the disk could not read for a while is still held"],
  ["2009", "a journal in a mirror is known again by its short chunks"],
  ["keepers-21", "a copy goes when the others show bytes, not on the word of one that claims all"],
  ["lost-30003", "a file that was shared from a mirror's folder once is the user's"],
  ["lost-30010", "a directory that is gone waits for what was in it"],
  ["30016", "a process that dies at a commit throws nothing in the rest of its turn"],
  ["hands-30017", "what stands in a mirror is held though its disk was away when it was recorded"],
  ["2121", "a disk that fails twice is told of by its first error, not as one of giving back"],
];

describe("runSeed", () => {
  it.each(["2", "lost-4"])("seed %s twice is the same history", async (seed) => {
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

  it.each(FOUND)("seed %s: %s", async (seed) => {
    const { failure, trace } = await runSeed(seed, { traceLines: 60 });
    expect(failure, trace.join("\n")).toBeUndefined();
  });
});
