/** Time that passes on a simulated machine while something is waited for. */
import type { Trial } from "@goliath/kit/simulated-disk";

/** As long as a mirror or a share waits at most before it tries again what failed. */
export const RETRY_MS = 5_000;
/** Turns of a tenth of that before what is not done counts as never done. */
const TURNS_MAX = 400;

/** Resolves with what `done` does; meanwhile time passes, so that what failed is tried again. */
export async function passing<Result>(
  { clock, disk }: Pick<Trial, "clock" | "disk">,
  done: Promise<Result>,
): Promise<Result> {
  let over = false;
  let crashed = false;
  void disk.crashed.then(() => (crashed = true));
  const ended = done.finally(() => (over = true));
  ended.catch(() => undefined);
  for (let turns = 0; !over && turns < TURNS_MAX; turns++) {
    await clock.advance(RETRY_MS / 10);
    // Nothing of a process runs on once the power is cut, nor does it close anything.
    if (crashed) return new Promise(() => undefined);
  }
  if (!over) throw new Error("it is not done after a long time");
  return ended;
}
