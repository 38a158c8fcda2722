/** Work that must be done in time. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { Clock } from "./clock.ts";

export interface DeadlineInit {
  clock: Clock;
  timeoutMs: number;
  /** Gives up sooner. */
  signal?: AbortSignal;
}

/** Runs `work` with a signal that aborts after `timeoutMs`, with `timeout` as its reason. */
export async function withDeadline<T>(
  { clock, timeoutMs, signal }: DeadlineInit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const done = new AbortController();
  const alarm = clock.sleep(timeoutMs, done.signal).then(
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
