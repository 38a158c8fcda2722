/** How fast each mirror fills, from what it lacked at the last looks. */
import type { Clock } from "@goliath/kit";

/** Looks that are closer together say little. */
const LOOK_MS_MIN = 500;
/** A rate is forgotten over about this long. */
const FADING_MS = 5_000;

interface Looked {
  missingBytes: number;
  atMs: number;
  /** Bytes a second. */
  rate: number;
}

export class MirrorRates {
  readonly #clock: Clock;
  /** One for each mirror, of which a peer has some dozens. */
  readonly #looked = new Map<string, Looked>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  rateOf(local: string, missingBytes: number): number {
    const nowMs = this.#clock.monotonicMs();
    if (missingBytes === 0) {
      this.#looked.delete(local);
      return 0;
    }
    const last = this.#looked.get(local) ?? { missingBytes, atMs: nowMs, rate: 0 };
    const tookMs = nowMs - last.atMs;
    if (tookMs < LOOK_MS_MIN) {
      this.#looked.set(local, last);
      return last.rate;
    }
    // More is missing than before: the drive grew, which says nothing of how fast it comes.
    const came = Math.max(0, last.missingBytes - missingBytes);
    const weight = 1 - Math.exp(-tookMs / FADING_MS);
    const rate = Math.round(last.rate + ((came / tookMs) * 1000 - last.rate) * weight);
    this.#looked.set(local, { missingBytes, atMs: nowMs, rate });
    return rate;
  }
}
