/** How fast bytes went in the last minutes, for a chart: kept while the window is open. */
import type { Clock } from "@goliath/kit";
import { Store } from "./store.ts";
import type { Watched } from "./watch.ts";

/** As long as it takes to see whether a change helped. */
export const HISTORY_MS = 5 * 60_000;
/** The watch tells once a second at most. */
const SAMPLES_MAX = HISTORY_MS / 1_000 + 1;

/** Bytes a second from this moment on, until the next sample. */
export interface RateSample {
  atMs: number;
  down: number;
  up: number;
}

export class RateHistory {
  readonly store = new Store<readonly RateSample[]>([]);
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes note of what the watch tells. */
  follow(watched: Store<Watched>): void {
    watched.subscribe(() => {
      const { phase, status } = watched.get();
      const { downRate: down = 0, upRate: up = 0 } =
        (phase === "live" ? status?.transfers : undefined) ?? {};
      this.add({ down, up });
    });
  }

  add(rates: { down: number; up: number }): void {
    const sample = { atMs: this.#clock.monotonicMs(), ...rates };
    this.store.update((samples) => {
      const last = samples.at(-1);
      if (last?.down === rates.down && last.up === rates.up) return samples;
      return [...samples, sample].slice(-SAMPLES_MAX);
    });
  }
}
