/** Work that is long is done in turns, between which the index does what else there is. */
import type { Clock } from "@goliath/kit";

export interface TurnInit {
  clock: Clock;
  /** Milliseconds of a turn, at most by one step more. */
  ms: number;
  /** Steps of a turn at most, where time stands still as well. */
  steps: number;
}

export class Turn {
  readonly #init: TurnInit;
  #steps = 0;
  #startMs: number;

  constructor(init: TurnInit) {
    this.#init = init;
    this.#startMs = init.clock.monotonicMs();
  }

  /** After each step. */
  isOver(): boolean {
    const { clock, ms, steps } = this.#init;
    return ++this.#steps >= steps || clock.monotonicMs() - this.#startMs >= ms;
  }

  /** Everything else has its turn. */
  async next(signal: AbortSignal): Promise<void> {
    const { clock } = this.#init;
    await clock.sleep(0, signal);
    this.#steps = 0;
    this.#startMs = clock.monotonicMs();
  }
}
