import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ManualClock } from "./manual-clock.ts";
import { RateLimiter } from "./rate-limiter.ts";

const RATE = 1000;

function open({ rate = RATE }: { rate?: number } = {}) {
  const clock = new ManualClock();
  const limiter = new RateLimiter({ clock, rate });
  const passed: [what: string, atMs: number][] = [];
  const take = (amount: number, what: string, who = what): Promise<void> =>
    limiter.take(amount, { who }).then(() => void passed.push([what, clock.monotonicMs()]));
  return { clock, limiter, passed, take };
}

describe("RateLimiter", () => {
  it("lets pass at once what the last second left, then at the rate", async () => {
    const { clock, passed, take } = open();
    for (const what of ["a", "b", "c", "d"]) void take(500, what);
    await clock.advance(5_000);
    expect(passed).toEqual([
      ["a", 0],
      ["b", 0],
      ["c", 500],
      ["d", 1000],
    ]);
  });

  it("lets an amount larger than the bucket pass, and is in debt afterwards", async () => {
    const { clock, passed, take } = open();
    void take(5_000, "large");
    void take(100, "small");
    await clock.advance(10_000);
    expect(passed).toEqual([
      ["large", 0],
      ["small", 4_100],
    ]);
  });

  it("keeps the order of one and takes turns among many", async () => {
    const { clock, passed, take } = open();
    void take(1_000, "first");
    for (const what of ["a1", "a2", "a3", "b1", "c1", "b2"]) void take(1_000, what, what[0]);
    await clock.advance(10_000);
    expect(passed.map(([what]) => what)).toEqual(["first", "a1", "b1", "c1", "a2", "b2", "a3"]);
  });

  it("does not let small amounts pass by a large one that came first", async () => {
    const { clock, passed, take } = open();
    void take(1_000, "all");
    void take(1_000, "large");
    for (let at = 0; at < 5; at++) void take(1, "small");
    await clock.advance(2_000);
    expect(passed.map(([what]) => what).slice(0, 2)).toEqual(["all", "large"]);
  });

  it("takes nothing for one that gives up, and serves those behind it", async () => {
    const { clock, limiter, passed, take } = open();
    await limiter.take(1_000);
    const gone = new AbortController();
    const waiting = limiter.take(900_000, { who: "gone", signal: gone.signal });
    void take(500, "next");
    gone.abort(new Error("gone"));
    await expect(waiting).rejects.toThrow("gone");
    await clock.advance(500);
    expect(passed).toEqual([["next", 500]]);
    await expect(limiter.take(1, { signal: gone.signal })).rejects.toThrow("gone");
    expect(clock.sleeping).toBe(0);
  });

  it("lets a rate that is set hold at once for those who wait", async () => {
    const { clock, limiter, passed, take } = open();
    await limiter.take(11_000);
    void take(1_000, "a");
    limiter.setRate(10 * RATE);
    await clock.advance(2_000);
    expect(passed).toEqual([["a", 1_100]]);
    limiter.setRate(Number.POSITIVE_INFINITY);
    await limiter.take(1e12);
    limiter.setRate(RATE);
    await limiter.take(1_000);
    void take(1_000, "b");
    await clock.advance(1_000);
    expect(passed.at(-1)).toEqual(["b", 3_000]);
  });

  it("gives back what did not pass, and no more than the bucket holds", async () => {
    const { clock, limiter, passed, take } = open();
    await limiter.take(1_000);
    void take(600, "a");
    limiter.giveBack(600);
    await clock.advance(0);
    expect(passed).toEqual([["a", 0]]);
    limiter.giveBack(1e9);
    await limiter.take(1_000);
    void take(1, "b");
    await clock.advance(1);
    expect(passed.at(-1)).toEqual(["b", 1]);
  });

  it("never waits where there is no limit", async () => {
    const { clock, limiter } = open({ rate: Number.POSITIVE_INFINITY });
    for (let at = 0; at < 1_000; at++) await limiter.take(1e9);
    limiter.giveBack(5);
    await limiter.take(1e9);
    expect(clock.sleeping).toBe(0);
  });

  it("never exceeds its rate over any time, and wastes none of it", async () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 4 * RATE }), {
      minLength: 1,
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(amounts, async (all) => {
        const { clock, passed, take } = open();
        for (const [at, amount] of all.entries()) void take(amount, `${at}`, `${at % 3}`);
        const total = all.reduce((sum, amount) => sum + amount, 0);
        // Each may be rounded up to a millisecond.
        await clock.advance((total / RATE) * 1_000 + all.length);
        expect(passed).toHaveLength(all.length);
        let sent = 0;
        for (const [what, atMs] of passed) {
          // A bucket may pass at any time, and one amount may go into debt.
          const before = sent;
          expect(before).toBeLessThanOrEqual(RATE + (RATE * atMs) / 1_000 + 1e-6);
          sent += all[Number(what)] ?? 0;
        }
      }),
    );
  });
});
