/** Bytes to and from other peers: totals, and rates over the last seconds. */
import type { Clock } from "@goliath/kit";
import type { PeerId } from "@goliath/protocols/nouns";

/** The rate is of about this long. */
const WINDOW_MS = 3_000;

/** Peers whose rates are remembered, in each direction. */
const PEERS_MAX = 256;

/** Since the start. */
export interface TrafficTotals {
  sentBytes: number;
  sentChunks: number;
  receivedBytes: number;
  receivedChunks: number;
}

export interface TrafficStatus {
  upBytes: number;
  downBytes: number;
  /** Bytes a second. */
  upRate: number;
  downRate: number;
}

/** An exponentially fading count: no timers, no lists. */
class Meter {
  total = 0;
  times = 0;
  #fading = 0;
  #atMs = 0;

  add(bytes: number, nowMs: number): void {
    this.total += bytes;
    this.times++;
    this.#fading = this.#fade(nowMs) + bytes;
    this.#atMs = nowMs;
  }

  rate(nowMs: number): number {
    return Math.round((this.#fade(nowMs) / WINDOW_MS) * 1000);
  }

  #fade(nowMs: number): number {
    return this.#fading * Math.exp((this.#atMs - nowMs) / WINDOW_MS);
  }
}

export interface RateOfPeer {
  peer: PeerId;
  rate: number;
}

/** A meter for each peer; those that have been silent longest are forgotten. */
class PeerMeters {
  readonly #meters = new Map<PeerId, Meter>();

  add(peer: PeerId, { bytes, nowMs }: { bytes: number; nowMs: number }): void {
    const meter = this.#meters.get(peer) ?? new Meter();
    // Set anew, it is the last.
    this.#meters.delete(peer);
    this.#meters.set(peer, meter);
    meter.add(bytes, nowMs);
    const [oldest] = this.#meters.keys();
    if (this.#meters.size > PEERS_MAX && oldest) this.#meters.delete(oldest);
  }

  /** The fastest first, without those that are silent now. */
  rates(nowMs: number): RateOfPeer[] {
    return Array.from(this.#meters, ([peer, meter]) => ({ peer, rate: meter.rate(nowMs) }))
      .filter(({ rate }) => rate > 0)
      .toSorted((a, b) => b.rate - a.rate);
  }
}

export class Traffic {
  readonly #clock: Clock;
  readonly #up = new Meter();
  readonly #down = new Meter();
  readonly #upTo = new PeerMeters();
  readonly #downFrom = new PeerMeters();
  #uploads = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Chunks that are being sent now. */
  get uploads(): number {
    return this.#uploads;
  }

  /** Counts one more until it is disposed of. */
  uploading(): Disposable {
    this.#uploads++;
    return { [Symbol.dispose]: () => void this.#uploads-- };
  }

  sent(bytes: number, peer: PeerId): void {
    const nowMs = this.#clock.monotonicMs();
    this.#up.add(bytes, nowMs);
    this.#upTo.add(peer, { bytes, nowMs });
  }

  received(bytes: number, peer: PeerId): void {
    const nowMs = this.#clock.monotonicMs();
    this.#down.add(bytes, nowMs);
    this.#downFrom.add(peer, { bytes, nowMs });
  }

  /** How fast bytes go to and come from whom. */
  byPeer(): { up: RateOfPeer[]; down: RateOfPeer[] } {
    const nowMs = this.#clock.monotonicMs();
    return { up: this.#upTo.rates(nowMs), down: this.#downFrom.rates(nowMs) };
  }

  totals(): TrafficTotals {
    return {
      sentBytes: this.#up.total,
      sentChunks: this.#up.times,
      receivedBytes: this.#down.total,
      receivedChunks: this.#down.times,
    };
  }

  status(): TrafficStatus {
    const nowMs = this.#clock.monotonicMs();
    return {
      upBytes: this.#up.total,
      downBytes: this.#down.total,
      upRate: this.#up.rate(nowMs),
      downRate: this.#down.rate(nowMs),
    };
  }
}
