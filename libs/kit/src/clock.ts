/** Time, passed in: nothing else in Goliath reads a clock or sets a timer. */
import { setTimeout as sleepFor } from "node:timers/promises";

export interface Clock {
  /** Milliseconds since 1970. May jump: for showing and for what others compare with. */
  nowMs(): number;
  /** Milliseconds that only grow: for measuring. */
  monotonicMs(): number;
  /** Resolves after `ms`, rejects with the signal's reason when aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  sleep: async (ms, signal) => {
    await sleepFor(ms, undefined, signal ? { signal } : {});
  },
};
