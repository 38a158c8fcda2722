/** Ends what is past its retention, a little at a time, and keeps the index's running time. */
import type { Clock, Log } from "@goliath/kit";
import type { IndexEngine, RetainCursor } from "../../engine/engine.ts";

/** A crash loses what ran since the last: so much longer the past is kept then. */
const TICK_MS = 10 * 60_000;
/** Every so many ticks all directories are passed over: once an hour, the shortest retention. */
const TICKS_PER_PASS = 6;
/** Between two pages of a pass: commits come first. */
const REST_MS = 50;

export type RetentionSource = Pick<IndexEngine, "tick" | "retain">;

export interface RetentionInit {
  source: RetentionSource;
  clock: Clock;
  log: Log;
  /** Something of the past went: less may be used now. */
  onPruned: () => void;
}

/** Until aborted; then it returns. */
export async function runRetention(
  { source, clock, log, onPruned }: RetentionInit,
  signal: AbortSignal,
): Promise<void> {
  for (let ticks = 0; !signal.aborted; ticks++) {
    try {
      await source.tick();
      if (ticks % TICKS_PER_PASS === 0 && (await pass({ source, clock }, signal)) > 0) onPruned();
    } catch (error) {
      if (!signal.aborted) log.error("the past could not be ended", { error });
    }
    await clock.sleep(TICK_MS, signal).catch(() => undefined);
  }
}

async function pass(
  { source, clock }: Pick<RetentionInit, "source" | "clock">,
  signal: AbortSignal,
): Promise<number> {
  let pruned = 0;
  for (let cursor: RetainCursor | undefined; ;) {
    const reply = await source.retain(cursor === undefined ? {} : { cursor });
    pruned += reply.pruned;
    cursor = reply.next;
    if (cursor === undefined) return pruned;
    await clock.sleep(REST_MS, signal);
  }
}
