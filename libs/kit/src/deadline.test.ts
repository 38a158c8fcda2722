import { describe, expect, it } from "vitest";
import { withDeadline } from "./deadline.ts";
import { ManualClock } from "./manual-clock.ts";

const untilAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));

describe("withDeadline", () => {
  it("returns what was done in time and leaves no timer", async () => {
    const clock = new ManualClock({ nowMs: 0 });
    expect(await withDeadline({ clock, timeoutMs: 10 }, async () => "done")).toBe("done");
    expect(clock.sleeping).toBe(0);
  });

  it("aborts what is late with a timeout", async () => {
    const clock = new ManualClock({ nowMs: 0 });
    const late = withDeadline({ clock, timeoutMs: 10 }, untilAborted);
    const refused = expect(late).rejects.toMatchObject({ code: "timeout" });
    await clock.whenSleeping(1);
    await clock.advance(10);
    await refused;
  });

  it("gives up with the caller", async () => {
    const clock = new ManualClock({ nowMs: 0 });
    const caller = new AbortController();
    const gone = withDeadline({ clock, timeoutMs: 10, signal: caller.signal }, untilAborted);
    caller.abort(new Error("gone"));
    await expect(gone).rejects.toThrow("gone");
    expect(clock.sleeping).toBe(0);
  });
});
