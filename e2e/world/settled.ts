/** Waiting for what is to become true, by asking again at short intervals up to a bound. */
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 50;
const TIMEOUT_MS = 120_000;

export interface UntilOptions {
  timeoutMs?: number;
  /** What is waited for, in the words of the failure. */
  what?: string;
  pollMs?: number;
}

/** Returns what `look` returns once `isDone` is content with it; fails showing the last look. */
export async function until<Value>(
  look: () => Promise<Value>,
  isDone: (value: Value) => boolean,
  { timeoutMs = TIMEOUT_MS, what = "it", pollMs = POLL_MS }: UntilOptions = {},
): Promise<Value> {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (isDone(value)) return value;
    if (Date.now() > endMs) {
      throw new Error(
        `${what} did not come about in ${timeoutMs} ms: ${String(JSON.stringify(value)).slice(0, 2000)}`,
      );
    }
    await sleep(pollMs);
  }
}
