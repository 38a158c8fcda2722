/** What a peer may send and receive a second: by a plan, or as somebody set it for now. */
import { RateLimiter, type Clock } from "@goliath/kit";
import { ratesAt, wallTime, type BandwidthPlan, type ByteRates } from "./bandwidth-schedule.ts";

/** Rules hold from whole minutes on. */
const MINUTE_MS = 60_000;

export interface BandwidthInit {
  clock: Clock;
  plan: BandwidthPlan;
  /** Of the plan's hours; the machine's own when absent. */
  timeZone?: string;
}

/** Bytes a second; null where there is no limit. */
export interface BandwidthStatus {
  up: number | null;
  down: number | null;
  /** Whether somebody set them: the plan then waits until `reset` or the next start. */
  set: boolean;
}

export class Bandwidth implements AsyncDisposable {
  readonly upload: RateLimiter;
  readonly download: RateLimiter;
  readonly #init: BandwidthInit;
  readonly #stop = new AbortController();
  /** What somebody set instead of the plan. */
  #set: Partial<ByteRates> | undefined;

  constructor(init: BandwidthInit) {
    this.#init = init;
    const { clock } = init;
    const { up, down } = this.#planned();
    this.upload = new RateLimiter({ clock, rate: up });
    this.download = new RateLimiter({ clock, rate: down });
  }

  /** Follows the plan's hours until disposed. */
  start(): void {
    if ((this.#init.plan.schedule ?? []).length > 0) void this.#follow().catch(() => undefined);
  }

  /** Until `reset` or the next start, at all hours; a direction that is not named stays planned. */
  set(rates: Partial<ByteRates>): BandwidthStatus {
    this.#set = { ...this.#set, ...rates };
    this.#apply();
    return this.status();
  }

  /** Back to the plan. */
  reset(): BandwidthStatus {
    this.#set = undefined;
    this.#apply();
    return this.status();
  }

  status(): BandwidthStatus {
    const shown = (rate: number): number | null => (Number.isFinite(rate) ? rate : null);
    return {
      up: shown(this.upload.rate),
      down: shown(this.download.rate),
      set: this.#set !== undefined,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
  }

  async #follow(): Promise<void> {
    const { clock } = this.#init;
    const { signal } = this.#stop;
    // Asked anew each minute, so that neither a clock that jumps nor summer time is missed.
    while (!signal.aborted) {
      await clock.sleep(MINUTE_MS - (clock.nowMs() % MINUTE_MS), signal);
      this.#apply();
    }
  }

  #planned(): ByteRates {
    const { clock, plan, timeZone } = this.#init;
    return ratesAt(plan, wallTime(clock.nowMs(), timeZone));
  }

  #apply(): void {
    const { up, down } = { ...this.#planned(), ...this.#set };
    if (up !== this.upload.rate) this.upload.setRate(up);
    if (down !== this.download.rate) this.download.setRate(down);
  }
}
