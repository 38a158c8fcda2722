/** A bounded number of things at once; who comes beyond it waits, in order. */
import { cancelled } from "./cancelled.ts";

export class Slots {
  #free: number;
  // An array: taking the first of a large Set is slow once many before it have gone.
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  /** Takes a slot where one is free, and tells whether it was. */
  takeNow(): boolean {
    if (this.#free === 0) return false;
    this.#free--;
    return true;
  }

  /** Resolves once a slot is ours. Rejects when `signal` aborts first; nothing is taken then. */
  async take(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled(signal);
    if (!this.takeNow()) await this.#wait(signal);
  }

  /** Gives one slot back: to who waits longest, if anyone does. */
  give(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      const onAbort = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(grant), 1);
        reject(cancelled(signal));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(grant);
    });
  }
}
