/** Work that must be done in time. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { Clock } from "./clock.ts";

export interface DeadlineInit {
  clock: Clock;
  timeoutMs: number;
  /** By the monotonic clock: since when the time runs. May move while the work goes on. */
  sinceMs?: () => number;
  /** Gives up sooner. */
  signal?: AbortSignal;
}

/** Runs `work` with a signal that aborts after `timeoutMs`, with `timeout` as its reason. */
export async function withDeadline<T>(
  { clock, timeoutMs, sinceMs, signal }: DeadlineInit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  const startMs = clock.monotonicMs();
  const ring = async (): Promise<void> => {
    for (let leftMs = timeoutMs; leftMs > 0;) {
      await clock.sleep(leftMs, done.signal);
      leftMs = Math.max(startMs, sinceMs?.() ?? startMs) + timeoutMs - clock.monotonicMs();
    }
  };
  const alarm = ring().then(
    () => late.abort(new GoliathError("timeout", `no answer within ${timeoutMs} ms`)),
    () => undefined,
  );
  try {
    return await work(signal ? AbortSignal.any([signal, late.signal]) : late.signal);
  } finally {
    done.abort();
    await alarm;
  }
}
