/** Whether a file is still being written to. */
import type { Clock, DiskStats } from "@goliath/kit";

/** Up to here a file costs little to read twice. */
const SMALL_BYTES_MAX = 8 * 1024 * 1024;
/** A file is read once nothing was written to it for so long. */
const SMALL_QUIET_MS = 30;
const LARGE_QUIET_MS = 500;
/** A change further in the future than the system's clock ticks is of another clock. */
const AHEAD_MS_MAX = 10;

/**
 * Milliseconds until the file has been quiet for long enough; 0 when it has. By ctime too: copying
 * tools set mtime back, nobody sets ctime.
 */
export function restlessMs(stats: DiskStats, clock: Clock): number {
  const changedNs = stats.ctimeNs > stats.mtimeNs ? stats.ctimeNs : stats.mtimeNs;
  const ageMs = clock.nowMs() - Number(changedNs / 1000n) / 1000;
  if (ageMs < -AHEAD_MS_MAX) return 0;
  const quietMs = stats.size <= SMALL_BYTES_MAX ? SMALL_QUIET_MS : LARGE_QUIET_MS;
  return Math.max(0, Math.ceil(quietMs - ageMs));
}
