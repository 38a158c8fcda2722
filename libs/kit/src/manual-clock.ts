/** A clock that only moves when told: for tests and simulations. */
import type { Clock } from "./clock.ts";

interface Sleeper {
  dueMs: number;
  /** Breaks ties: who slept first wakes first. */
  order: number;
  wake: () => void;
}

export interface ManualClockInit {
  /** What `nowMs` starts at. */
  nowMs?: number;
}

export class ManualClock implements Clock {
  #sleepers: Sleeper[] = [];
  #watchers: { count: number; resolve: () => void }[] = [];
  #elapsedMs = 0;
  #offsetMs: number;
  #order = 0;

  constructor({ nowMs = 0 }: ManualClockInit = {}) {
    this.#offsetMs = nowMs;
  }

  nowMs(): number {
    // Whole, as the system's is; what is slept need not be.
    return this.#offsetMs + Math.floor(this.#elapsedMs);
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  /** How many calls of `sleep` wait now. */
  get sleeping(): number {
    return this.#sleepers.length;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const abort = () => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      };
      const sleeper = { dueMs: this.#elapsedMs + Math.max(0, ms), order: this.#order++, wake };
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.push(sleeper);
      this.#tellWatchers();
    });
  }

  /** Resolves once at least `count` sleepers wait: the code under test has come to rest. */
  whenSleeping(count = 1): Promise<void> {
    return new Promise((resolve) => {
      this.#watchers.push({ count, resolve });
      this.#tellWatchers();
    });
  }

  /**
   * Moves both times on by `ms`, waking sleepers in the order they are due, also those that go
   * back to sleep meanwhile. What each does until its next wait is done before the next wakes.
   */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms;
    await settle();
    for (let next = this.#takeDue(untilMs); next; next = this.#takeDue(untilMs)) {
      this.#elapsedMs = Math.max(this.#elapsedMs, next.dueMs);
      next.wake();
      await settle();
    }
    this.#elapsedMs = untilMs;
  }

  /** Moves `nowMs` alone, as when a person sets the clock; nobody wakes. */
  jump(ms: number): void {
    this.#offsetMs += ms;
  }

  #takeDue(untilMs: number): Sleeper | undefined {
    this.#sleepers.sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    const first = this.#sleepers[0];
    return first && first.dueMs <= untilMs ? this.#sleepers.shift() : undefined;
  }

  #tellWatchers(): void {
    const waiting = this.#watchers;
    this.#watchers = waiting.filter(({ count }) => count > this.#sleepers.length);
    for (const { count, resolve } of waiting) if (count <= this.#sleepers.length) resolve();
  }
}

/** One turn of the event loop: every promise that can settle has settled. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
