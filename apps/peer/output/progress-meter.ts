/** How fast something goes and how long it will take. */
import type { Clock } from "@goliath/kit";

/** Over this span the rate is averaged: steady to the eye, and awake to a stall. */
const RATE_WINDOW_MS = 10_000;
/** Samples kept within the window. */
const SAMPLES_MAX = 40;

export interface ProgressReading {
  /** Units a second over the last moments. */
  rate: number;
  /** Undefined while the end or the pace is unknown. */
  leftMs: number | undefined;
}

export class ProgressMeter {
  readonly #clock: Clock;
  #samples: { atMs: number; done: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  read(done: number, total: number | undefined): ProgressReading {
    const atMs = this.#clock.monotonicMs();
    const last = this.#samples.at(-1);
    if (!last || atMs - last.atMs >= RATE_WINDOW_MS / SAMPLES_MAX)
      this.#samples.push({ atMs, done });
    this.#samples = this.#samples.filter((sample) => atMs - sample.atMs <= RATE_WINDOW_MS);
    const first = this.#samples[0] ?? { atMs, done };
    const spanMs = atMs - first.atMs;
    const rate = spanMs > 0 ? Math.max(0, (done - first.done) / (spanMs / 1000)) : 0;
    const leftMs = total !== undefined && rate > 0 ? ((total - done) / rate) * 1000 : undefined;
    return { rate, leftMs };
  }
}
