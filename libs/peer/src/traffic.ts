/** Bytes to and from other peers: totals, and rates over the last seconds. */
import type { Clock } from "@goliath/kit";

/** The rate is of about this long. */
const WINDOW_MS = 3_000;

/** Since the start. */
export interface TrafficTotals {
  sentBytes: number;
  sentChunks: number;
  receivedBytes: number;
  receivedChunks: number;
}

export interface TrafficStatus {
  upBytes: number;
  downBytes: number;
  /** Bytes a second. */
  upRate: number;
  downRate: number;
}

/** An exponentially fading count: no timers, no lists. */
class Meter {
  total = 0;
  times = 0;
  #fading = 0;
  #atMs = 0;

  add(bytes: number, nowMs: number): void {
    this.total += bytes;
    this.times++;
    this.#fading = this.#fade(nowMs) + bytes;
    this.#atMs = nowMs;
  }

  rate(nowMs: number): number {
    return Math.round((this.#fade(nowMs) / WINDOW_MS) * 1000);
  }

  #fade(nowMs: number): number {
    return this.#fading * Math.exp((this.#atMs - nowMs) / WINDOW_MS);
  }
}

export class Traffic {
  readonly #clock: Clock;
  readonly #up = new Meter();
  readonly #down = new Meter();
  #uploads = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Chunks that are being sent now. */
  get uploads(): number {
    return this.#uploads;
  }

  /** Counts one more until it is disposed of. */
  uploading(): Disposable {
    this.#uploads++;
    return { [Symbol.dispose]: () => void this.#uploads-- };
  }

  sent(bytes: number): void {
    this.#up.add(bytes, this.#clock.monotonicMs());
  }

  received(bytes: number): void {
    this.#down.add(bytes, this.#clock.monotonicMs());
  }

  totals(): TrafficTotals {
    return {
      sentBytes: this.#up.total,
      sentChunks: this.#up.times,
      receivedBytes: this.#down.total,
      receivedChunks: this.#down.times,
    };
  }

  status(): TrafficStatus {
    const nowMs = this.#clock.monotonicMs();
    return {
      upBytes: this.#up.total,
      downBytes: this.#down.total,
      upRate: this.#up.rate(nowMs),
      downRate: this.#down.rate(nowMs),
    };
  }
}
