/** Bounded concurrency: at most so many at once, the others wait their turn. */
import { GoliathError } from "@goliath/protocols/nouns";

export interface SemaphoreInit {
  /** How many may hold it at once. */
  max: number;
  /** How many may wait; beyond it `acquire` throws `busy`. Unbounded when the callers are. */
  waitingMax?: number;
}

export interface WaitOptions {
  signal?: AbortSignal;
}

export class Semaphore {
  readonly #waiting = new Set<() => void>();
  readonly #waitingMax: number;
  #free: number;

  constructor({ max, waitingMax = Number.POSITIVE_INFINITY }: SemaphoreInit) {
    this.#free = max;
    this.#waitingMax = waitingMax;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes a place, first come first served; dispose of it (`using`) to give it back. */
  async acquire({ signal }: WaitOptions = {}): Promise<Disposable> {
    signal?.throwIfAborted();
    if (this.#free > 0) this.#free--;
    else await this.#wait(signal);
    let held = true;
    return {
      [Symbol.dispose]: () => {
        if (held) this.#release();
        held = false;
      },
    };
  }

  async run<Result>(work: () => Promise<Result>, options: WaitOptions = {}): Promise<Result> {
    using _place = await this.acquire(options);
    return await work();
  }

  #wait(signal?: AbortSignal): Promise<void> {
    if (this.#waiting.size >= this.#waitingMax) {
      throw new GoliathError("busy", `more than ${this.#waitingMax} wait already`);
    }
    return new Promise((resolve, reject) => {
      const abort = () => {
        this.#waiting.delete(enter);
        reject(signal?.reason);
      };
      const enter = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#waiting.add(enter);
    });
  }

  #release(): void {
    const [next] = this.#waiting;
    if (!next) this.#free++;
    else {
      // The place goes straight to the next in line, so that nobody can jump the queue.
      this.#waiting.delete(next);
      next();
    }
  }
}
