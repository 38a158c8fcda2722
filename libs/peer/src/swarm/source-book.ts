/** What each source is worth: how fast it was, how much it owes us, whether it lied. */
import type { Clock } from "@goliath/kit";
import type { PeerId } from "@goliath/protocols/nouns";

/** Sources remembered. */
export const SOURCES_MAX = 1024;
/** Assumed of a peer never tried, in bytes a millisecond: faster than any, so that it is tried. */
const RATE_ASSUMED = 1_000_000;
/** Assumed of it while it has not answered: whoever never answers gets one want at a time. */
const RATE_UNPROVEN = 1;
/** Weight of the newest measurement. */
const RATE_WEIGHT = 0.3;
/** After a failure a peer is left alone this long, doubled at each further one. */
const REST_MIN_MS = 500;
/** How late a peer that came back may be noticed: as late as a kept stream notices it. */
const REST_MAX_MS = 15_000;
/** A peer that sent wrong bytes is left alone this long, doubled at each further time. */
export const LIE_REST_MIN_MS = 10 * 60_000;
export const LIE_REST_MAX_MS = 24 * 60 * 60_000;
/** Answers in a row that a peer lacks what it was said to hold, before that is a failure. */
export const LACKS_MAX = 32;

interface Source {
  /** Bytes a millisecond. */
  rate: number;
  /** Whether it answered since it was last in doubt. */
  proven: boolean;
  owedBytes: number;
  /** In a row, as are the lacks. */
  failures: number;
  lacks: number;
  /** For good. */
  lies: number;
  restUntilMs: number;
}

export class SourceBook {
  readonly #clock: Clock;
  readonly #sources = new Map<PeerId, Source>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Sources remembered now. */
  get size(): number {
    return this.#sources.size;
  }

  /** The peer that should answer first, of those that are not resting; undefined when none is left. */
  best(peers: readonly PeerId[], length: number): PeerId | undefined {
    let best: PeerId | undefined;
    let bestMs = Infinity;
    for (const peer of peers) {
      const source = this.#source(peer);
      const { owedBytes, rate, proven } = source;
      // One that owes nothing comes first, the fastest of them ahead: every holder is kept busy.
      const answerMs =
        owedBytes === 0 ? -rate : (owedBytes + length) / (proven ? rate : RATE_UNPROVEN);
      if (this.#isResting(source) || answerMs >= bestMs) continue;
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
    source.lacks = 0;
    source.proven = true;
    // What was owed when it was asked came first: the rate is of all of it.
    const rate = (owedBytes + length) / Math.max(tookMs, 0.1);
    source.rate += (rate - source.rate) * RATE_WEIGHT;
  }

  failed(peer: PeerId, length: number): void {
    const source = this.#source(peer);
    source.owedBytes -= length;
    this.#fail(source);
  }

  lied(peer: PeerId, length: number): void {
    const source = this.#source(peer);
    source.owedBytes -= length;
    source.proven = false;
    source.lies++;
    this.#rest(source, Math.min(LIE_REST_MIN_MS * 2 ** (source.lies - 1), LIE_REST_MAX_MS));
  }

  /** Has nothing to answer with now, which is no fault, unless it never has. */
  lacked(peer: PeerId, length: number): void {
    const source = this.#source(peer);
    source.owedBytes -= length;
    source.lacks++;
    if (source.lacks >= LACKS_MAX) this.#fail(source);
  }

  /** Is not waited for any more. */
  givenUp(peer: PeerId, length: number): void {
    this.#source(peer).owedBytes -= length;
  }

  owed(peer: PeerId): number {
    return this.#source(peer).owedBytes;
  }

  #isResting({ restUntilMs }: Source): boolean {
    return restUntilMs > this.#clock.monotonicMs();
  }

  /** What was under way together fails together, and counts once. */
  #fail(source: Source): void {
    source.proven = false;
    if (this.#isResting(source)) return;
    source.failures++;
    this.#rest(source, Math.min(REST_MIN_MS * 2 ** (source.failures - 1), REST_MAX_MS));
  }

  #rest(source: Source, ms: number): void {
    source.restUntilMs = Math.max(source.restUntilMs, this.#clock.monotonicMs() + ms);
  }

  #source(peer: PeerId): Source {
    let source = this.#sources.get(peer);
    if (!source) {
      source = {
        rate: RATE_ASSUMED,
        proven: false,
        owedBytes: 0,
        failures: 0,
        lacks: 0,
        lies: 0,
        restUntilMs: 0,
      };
      this.#sources.set(peer, source);
      this.#bound();
    }
    return source;
  }

  /** Those that lied are forgotten last. */
  #bound(): void {
    for (const mayForget of [isIdle, isIdleLiar]) {
      for (const [peer, source] of this.#sources) {
        if (this.#sources.size <= SOURCES_MAX) return;
        if (mayForget(source)) this.#sources.delete(peer);
      }
    }
  }
}

function isIdle({ owedBytes, lies }: Source): boolean {
  return owedBytes === 0 && lies === 0;
}

function isIdleLiar({ owedBytes }: Source): boolean {
  return owedBytes === 0;
}
