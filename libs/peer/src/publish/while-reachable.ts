/** Work that waits for the index, given up when the index stays away. */
import type { Clock } from "@goliath/kit";
import type { IndexLink } from "../parts.ts";

/** How often it is looked whether the index still is there. */
const LOOK_MS = 1_000;

export interface WhileReachableInit {
  link: IndexLink;
  clock: Clock;
  signal?: AbortSignal | undefined;
  /** How long the index may count as away before the work is given up. */
  patienceMs: () => number;
}

/** Does `work` with a signal that aborts once the index stays away; throws why it is away. */
export async function whileReachable<Result>(
  init: WhileReachableInit,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { signal } = init;
  const [away, over] = [new AbortController(), new AbortController()];
  const watching = untilAway(init, over.signal).then(
    (error) => away.abort(error),
    () => undefined,
  );
  try {
    return await work(signal ? AbortSignal.any([signal, away.signal]) : away.signal);
  } catch (thrown) {
    throw away.signal.aborted ? away.signal.reason : thrown;
  } finally {
    over.abort();
    await watching;
  }
}

/** Resolves with the error of an index that stayed away for too long. */
async function untilAway(
  { link, clock, patienceMs }: WhileReachableInit,
  signal: AbortSignal,
): Promise<unknown> {
  for (let awayMs = 0; ;) {
    try {
      await link.reachable(signal);
      awayMs = 0;
    } catch (error) {
      signal.throwIfAborted();
      if (awayMs >= patienceMs()) return error;
      awayMs += LOOK_MS;
    }
    await clock.sleep(LOOK_MS, signal);
  }
}
