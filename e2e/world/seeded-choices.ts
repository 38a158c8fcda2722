/** Choices that a printed seed repeats. */
import { between, oneOf, seeded, seedOf, type Random } from "./seeded.ts";

const SEEDS = 2 ** 31;

export class SeededChoices {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seeded(seed);
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return this.between(0, end - 1);
  }

  /** A whole number, both ends included. */
  between(low: number, high: number): number {
    return between(this.#random, low, high);
  }

  pick<Item>(items: readonly Item[]): Item {
    return oneOf(this.#random, items);
  }

  /** A stream of choices of its own, so that what runs side by side does not mix them up. */
  fork(): SeededChoices {
    return new SeededChoices(this.below(SEEDS));
  }
}

/** From `GOLIATH_SEED`, or a new one; printed, so that a failure can be repeated. */
export function openChoices(): SeededChoices {
  const seed = seedOf(process.env);
  process.stdout.write(`GOLIATH_SEED=${seed}\n`);
  return new SeededChoices(seed);
}
