/** What each source is worth: how fast it was, how much it owes us, whether it lied. */
import type { Clock } from "@goliath/kit";
import type { PeerId } from "@goliath/protocols/nouns";

/** Sources remembered. */
const SOURCES_MAX = 1024;
/** Assumed of a peer never tried, in bytes a millisecond: faster than any, so that it is tried. */
const RATE_ASSUMED = 1_000_000;
/** Weight of the newest measurement. */
const RATE_WEIGHT = 0.3;
/** After a failure a peer is left alone this long, doubled at each further one. */
const REST_MIN_MS = 500;
/** How late a peer that came back may be noticed: as late as a kept stream notices it. */
const REST_MAX_MS = 15_000;
/** A peer that sent wrong bytes is left alone this long. */
const LIE_REST_MS = 10 * 60_000;

interface Source {
  /** Bytes a millisecond. */
  rate: number;
  owedBytes: number;
  failures: number;
  lies: number;
  restUntilMs: number;
}

export class SourceBook {
  readonly #clock: Clock;
  readonly #sources = new Map<PeerId, Source>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The peer that should answer first, of those that are not resting; undefined when none is left. */
  best(peers: readonly PeerId[], length: number): PeerId | undefined {
    const nowMs = this.#clock.monotonicMs();
    let best: PeerId | undefined;
    let bestMs = Infinity;
    for (const peer of peers) {
      const { owedBytes, rate, restUntilMs } = this.#source(peer);
      // One that owes nothing comes first, the fastest of them ahead: every holder is kept busy.
      const answerMs = owedBytes === 0 ? -rate : (owedBytes + length) / rate;
      if (restUntilMs > nowMs || answerMs >= bestMs) continue;
      best = peer;
      bestMs = answerMs;
    }
    return best;
  }

  asked(peer: PeerId, length: number): void {
    this.#source(peer).owedBytes += length;
  }

  answered(
    peer: PeerId,
    { length, tookMs, owedBytes }: { length: number; tookMs: number; owedBytes: number },
  ): void {
    const source = this.#source(peer);
    source.owedBytes -= length;
    source.failures = 0;
    // What was owed when it was asked came first: the rate is of all of it.
    const rate = (owedBytes + length) / Math.max(tookMs, 0.1);
    source.rate += (rate - source.rate) * RATE_WEIGHT;
  }

  failed(peer: PeerId, length: number): void {
    const source = this.#source(peer);
    source.owedBytes -= length;
    source.failures++;
    this.#rest(source, Math.min(REST_MIN_MS * 2 ** (source.failures - 1), REST_MAX_MS));
  }

  lied(peer: PeerId, length: number): void {
    const source = this.#source(peer);
    source.owedBytes -= length;
    source.lies++;
    this.#rest(source, LIE_REST_MS);
  }

  /** Has nothing to answer with now, which is no fault: only what was asked is forgotten. */
  lacked(peer: PeerId, length: number): void {
    this.#source(peer).owedBytes -= length;
  }

  owed(peer: PeerId): number {
    return this.#source(peer).owedBytes;
  }

  #rest(source: Source, ms: number): void {
    source.restUntilMs = this.#clock.monotonicMs() + ms;
  }

  #source(peer: PeerId): Source {
    let source = this.#sources.get(peer);
    if (!source) {
      source = { rate: RATE_ASSUMED, owedBytes: 0, failures: 0, lies: 0, restUntilMs: 0 };
      this.#sources.set(peer, source);
      this.#bound();
    }
    return source;
  }

  #bound(): void {
    for (const [peer, { owedBytes }] of this.#sources) {
      if (this.#sources.size <= SOURCES_MAX) return;
      if (owedBytes === 0) this.#sources.delete(peer);
    }
  }
}
