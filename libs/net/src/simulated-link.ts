/** One direction between two simulated machines: how long bytes take, and whether they arrive. */
import type { Clock } from "@goliath/kit";

export interface LinkConditions {
  /** Milliseconds every byte takes at least. */
  latencyMs: number;
  /** Milliseconds more at most, drawn for each send; the order of what is sent stays. */
  jitterMs: number;
  /** What fits through, shared by all streams of the two machines. */
  bytesPerMs: number;
}

/** Bytes are there at once. */
export const NO_DISTANCE: LinkConditions = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerMs: Number.POSITIVE_INFINITY,
};

export interface SimulatedLinkInit {
  clock: Clock;
  /** From 0 to 1, for the jitter. */
  random: () => number;
  conditions: LinkConditions;
}

interface UnderWay {
  dueMs: number;
  arrive: () => void;
}

export class SimulatedLink {
  conditions: LinkConditions;
  readonly #init: SimulatedLinkInit;
  readonly #underWay: UnderWay[] = [];
  #delivering = false;
  /** By the monotonic clock: when the last byte sent so far has left. */
  #busyUntilMs = 0;
  #lastDueMs = 0;
  #opened: PromiseWithResolvers<void> | undefined;

  constructor(init: SimulatedLinkInit) {
    this.#init = init;
    this.conditions = init.conditions;
  }

  get stalled(): boolean {
    return this.#opened !== undefined;
  }

  /** From now on nothing arrives; what is sent waits. Returns what names this stall. */
  stall(): object {
    this.#opened ??= Promise.withResolvers();
    return this.#opened;
  }

  isStalledBy(stall: object): boolean {
    return this.#opened === stall;
  }

  /** What waited arrives. */
  resume(): void {
    this.#opened?.resolve();
    this.#opened = undefined;
  }

  /** Calls `arrive` when `bytes` sent now are there, after all that was sent before. */
  carry(bytes: number, arrive: () => void): void {
    const dueMs = this.#dueMs(bytes);
    const isFree = this.#underWay.length === 0 && !this.#delivering && !this.stalled;
    if (isFree && dueMs <= this.#init.clock.monotonicMs()) return arrive();
    this.#underWay.push({ dueMs, arrive });
    if (!this.#delivering) void this.#deliver();
  }

  /** Forgets what is under way, as a cut cable does. */
  drop(): void {
    this.#underWay.length = 0;
  }

  #dueMs(bytes: number): number {
    const { latencyMs, jitterMs, bytesPerMs } = this.conditions;
    const nowMs = this.#init.clock.monotonicMs();
    this.#busyUntilMs = Math.max(this.#busyUntilMs, nowMs) + bytes / bytesPerMs;
    const extraMs = jitterMs > 0 ? this.#init.random() * jitterMs : 0;
    this.#lastDueMs = Math.max(this.#lastDueMs, this.#busyUntilMs + latencyMs + extraMs);
    return this.#lastDueMs;
  }

  async #deliver(): Promise<void> {
    const { clock } = this.#init;
    this.#delivering = true;
    for (let next = this.#underWay[0]; next; next = this.#underWay[0]) {
      const waitMs = next.dueMs - clock.monotonicMs();
      if (waitMs > 0) await clock.sleep(waitMs);
      while (this.#opened) await this.#opened.promise;
      // Dropped meanwhile: something else may be first now.
      if (this.#underWay[0] !== next) continue;
      this.#underWay.shift();
      next.arrive();
    }
    this.#delivering = false;
  }
}
