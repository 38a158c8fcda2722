import { describe, expect, it } from "vitest";
import { ManualClock } from "./manual-clock.ts";

describe("ManualClock", () => {
  it("advance wakes sleepers in the order they are due, first come first", async () => {
    const clock = new ManualClock();
    const woken: string[] = [];
    const sleep = async (name: string, ms: number) => {
      await clock.sleep(ms);
      woken.push(`${name}@${clock.monotonicMs()}`);
    };
    void sleep("late", 30);
    void sleep("a", 10);
    void sleep("b", 10);
    await clock.advance(20);
    expect(woken).toEqual(["a@10", "b@10"]);
    await clock.advance(10);
    expect(woken).toEqual(["a@10", "b@10", "late@30"]);
  });

  it("advance wakes those who sleep again on the way", async () => {
    const clock = new ManualClock();
    const at: number[] = [];
    void (async () => {
      for (;;) {
        await clock.sleep(10);
        at.push(clock.monotonicMs());
      }
    })();
    await clock.advance(35);
    expect(at).toEqual([10, 20, 30]);
    expect(clock.sleeping).toBe(1);
  });

  it("sleep rejects with the signal's reason and leaves no sleeper", async () => {
    const clock = new ManualClock();
    const ended = new AbortController();
    const reason = new Error("enough");
    const sleeping = clock.sleep(10, ended.signal);
    ended.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    await expect(clock.sleep(10, ended.signal)).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
  });

  it("jump moves the time of day but wakes nobody", async () => {
    const clock = new ManualClock({ nowMs: 1000 });
    void clock.sleep(10);
    clock.jump(3600);
    expect([clock.nowMs(), clock.monotonicMs(), clock.sleeping]).toEqual([4600, 0, 1]);
  });

  it("whenSleeping resolves when the code under test rests", async () => {
    const clock = new ManualClock();
    const resting = clock.whenSleeping(2);
    void clock.sleep(1);
    void clock.sleep(2);
    await resting;
    expect(clock.sleeping).toBe(2);
  });
});
