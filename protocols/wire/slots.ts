/** A bounded number of things at once; who comes beyond it waits, in order. */
import { cancelled } from "./cancelled.ts";

export class Slots {
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(count: number) {
    this.#free = count;
  }

  /** Resolves once a slot is ours. Rejects when `signal` aborts first; nothing is taken then. */
  async take(signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) throw cancelled(signal);
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
  }

  /** Gives one slot back: to who waits longest, if anyone does. */
  give(): void {
    const [next] = this.#waiting;
    if (next) next();
    else this.#free++;
  }

  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        signal?.removeEventListener("abort", onAbort);
        this.#waiting.delete(grant);
      };
      const grant = (): void => {
        leave();
        resolve();
      };
      const onAbort = (): void => {
        leave();
        reject(cancelled(signal));
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.add(grant);
    });
  }
}
