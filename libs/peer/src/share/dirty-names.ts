/** Where in a share to look, and when: what the watcher told, and what must be looked at again. */
import type { Clock } from "@goliath/kit";

/** Places remembered one by one; beyond it everything is looked at. */
const PLACES_MAX = 10_000;
/** An editor's save is several events: look when they are over. */
const DEBOUNCE_MS = 20;
/** From so many places on it is a burst (an archive being unpacked), to be taken as a whole. */
const BURST_PLACES = 64;
/** A burst is over after so long without an event, and cut after so long in all. */
const BURST_QUIET_MS = 100;
const BURST_MS_MAX = 1_000;

export class DirtyNames {
  readonly #clock: Clock;
  /** Names from the root, joined by `/`, and when to look. */
  readonly #due = new Map<string, number>();
  #all = true;
  #firstEventMs = Number.POSITIVE_INFINITY;
  #lastEventMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether everything is to be looked at. */
  get all(): boolean {
    return this.#all;
  }

  get size(): number {
    return this.#due.size;
  }

  /** An event: something may have happened there. */
  add(place: string): void {
    const now = this.#clock.monotonicMs();
    this.#firstEventMs = Math.min(this.#firstEventMs, now);
    this.#lastEventMs = now;
    this.later(place, DEBOUNCE_MS);
  }

  /** Look there in so long, or when it is due already for another reason. */
  later(place: string, delayMs: number): void {
    const due = this.#clock.monotonicMs() + delayMs;
    this.#due.set(place, Math.min(due, this.#due.get(place) ?? due));
    if (this.#due.size > PLACES_MAX) this.addAll();
  }

  addAll(): void {
    this.#all = true;
    this.#due.clear();
  }

  /** Milliseconds until there is something to do. */
  waitMs(): number {
    if (this.#all) return 0;
    const now = this.#clock.monotonicMs();
    let due = Number.POSITIVE_INFINITY;
    for (const at of this.#due.values()) due = Math.min(due, at);
    if (this.#due.size >= BURST_PLACES && this.#lastEventMs > this.#firstEventMs) {
      const end = Math.min(this.#lastEventMs + BURST_QUIET_MS, this.#firstEventMs + BURST_MS_MAX);
      due = Math.max(due, end);
    }
    return Math.max(0, due - now);
  }

  /** Takes what is due: everything, or these places, outer ones before what lies in them. */
  take(): "all" | string[] {
    this.#firstEventMs = Number.POSITIVE_INFINITY;
    if (this.#all) {
      this.#all = false;
      this.#due.clear();
      return "all";
    }
    const now = this.#clock.monotonicMs();
    const places = [...this.#due].filter(([, due]) => due <= now).map(([place]) => place);
    for (const place of places) this.#due.delete(place);
    return places.toSorted((a, b) => a.length - b.length);
  }
}
