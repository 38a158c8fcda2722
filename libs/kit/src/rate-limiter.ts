/** Bounds a rate: a bucket of tokens that fills with time, and turns for those who wait. */
import type { Clock } from "./clock.ts";

/** The bucket holds what the rate gives in this long: what was not used before may come at once. */
const BURST_MS = 1_000;

export interface RateLimiterInit {
  clock: Clock;
  /** A second; infinity for no limit. */
  rate?: number;
}

export interface TakeOptions {
  /** Who takes: those who wait take turns, each served in the order of its own calls. */
  who?: string;
  signal?: AbortSignal | undefined;
}

interface Waiter {
  amount: number;
  pass: () => void;
}

/**
 * An amount larger than the bucket passes once the bucket is full, and leaves it in debt: over time
 * the rate holds for any amounts. Who waits is bounded by the callers.
 */
export class RateLimiter {
  readonly #clock: Clock;
  /** By who waits, the next to be served first. */
  readonly #waiting = new Map<string, Waiter[]>();
  #rate: number;
  #tokens: number;
  #atMs: number;
  /** Ends the sleep until the first in line can pass. */
  #rouse: AbortController | undefined;

  constructor({ clock, rate = Number.POSITIVE_INFINITY }: RateLimiterInit) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = this.#full();
    this.#atMs = clock.monotonicMs();
  }

  get rate(): number {
    return this.#rate;
  }

  /** How many wait now. */
  get waiting(): number {
    return this.#waiting.values().reduce((count, line) => count + line.length, 0);
  }

  /** Holds from now on, for those who wait already too. */
  setRate(rate: number): void {
    this.#fill();
    const wasFree = this.#rate === Number.POSITIVE_INFINITY;
    this.#rate = rate;
    // Where there is no limit, or was none, nothing is owed.
    const isFree = rate === Number.POSITIVE_INFINITY;
    this.#tokens = wasFree || isFree ? this.#full() : Math.min(this.#tokens, this.#full());
    this.#serve();
  }

  /** Resolves once so much may pass. Rejects with the signal's reason; nothing is taken then. */
  async take(amount: number, { who = "", signal }: TakeOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    const passed = Promise.withResolvers<void>();
    const waiter = { amount, pass: passed.resolve };
    const line = this.#waiting.get(who) ?? [];
    line.push(waiter);
    this.#waiting.set(who, line);
    const giveUp = (): void => {
      this.#leave(who, waiter, { served: false });
      passed.reject(signal?.reason);
      this.#serve();
    };
    signal?.addEventListener("abort", giveUp, { once: true });
    this.#serve();
    await passed.promise.finally(() => signal?.removeEventListener("abort", giveUp));
  }

  /** Of what was taken so much did not pass after all. */
  giveBack(amount: number): void {
    this.#fill();
    this.#tokens = Math.min(this.#tokens + amount, this.#full());
    this.#serve();
  }

  /** Lets pass all who can now, one of each in turn, and comes back when the next one can. */
  #serve(): void {
    this.#rouse?.abort();
    this.#rouse = undefined;
    this.#fill();
    for (;;) {
      const [first] = this.#waiting;
      if (!first) return;
      const [who, [waiter]] = first;
      if (!waiter) return;
      const missing = Math.min(waiter.amount, this.#full()) - this.#tokens;
      if (missing > 0) return this.#serveAfter(Math.ceil((missing / this.#rate) * 1_000));
      this.#tokens -= waiter.amount;
      this.#leave(who, waiter, { served: true });
      waiter.pass();
    }
  }

  /** Whole milliseconds: a rest that is lost in rounding would be slept for again and again. */
  #serveAfter(ms: number): void {
    const rouse = new AbortController();
    this.#rouse = rouse;
    this.#clock.sleep(ms, rouse.signal).then(
      () => this.#rouse === rouse && this.#serve(),
      () => undefined,
    );
  }

  /** Takes it out of its line, which goes behind the others once it was served. */
  #leave(who: string, waiter: Waiter, { served }: { served: boolean }): void {
    const line = this.#waiting.get(who)?.filter((other) => other !== waiter) ?? [];
    if (served || line.length === 0) this.#waiting.delete(who);
    if (line.length > 0) this.#waiting.set(who, line);
  }

  #fill(): void {
    const nowMs = this.#clock.monotonicMs();
    const gained = this.#rate * ((nowMs - this.#atMs) / 1_000);
    this.#atMs = nowMs;
    // No time at an endless rate is not a number.
    if (gained > 0) this.#tokens = Math.min(this.#tokens + gained, this.#full());
  }

  #full(): number {
    return this.#rate * (BURST_MS / 1_000);
  }
}
