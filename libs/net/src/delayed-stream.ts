/** A stream whose bytes take a while, by the clock it is given: distance, for simulations. */
import type { Uint8ArrayList } from "uint8arraylist";
import type { Clock } from "@goliath/kit";
import type { PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";

/** Bytes on their way before `send` waits for them to arrive: a window, as on a real stream. */
const UNDER_WAY_BYTES_MAX = 256 * 1024;

export interface DelayInit {
  clock: Clock;
  /** Milliseconds from `send` here to arrival there. */
  latencyMs: number;
}

/** What is sent into the result arrives at the other end of `stream` after the latency. */
export function delayStream(stream: ByteStream, init: DelayInit): ByteStream {
  return new DelayedStream(stream, init);
}

class DelayedStream implements ByteStream {
  readonly peer: PeerId;
  readonly protocol: string;
  readonly #stream: ByteStream;
  readonly #init: DelayInit;
  readonly #ended = new AbortController();
  #arrived: Promise<void> = Promise.resolve();
  #underWayBytes = 0;

  constructor(stream: ByteStream, init: DelayInit) {
    this.peer = stream.peer;
    this.protocol = stream.protocol;
    this.#stream = stream;
    this.#init = init;
  }

  async send(bytes: Uint8Array | Uint8ArrayList): Promise<void> {
    const copy = bytes.slice();
    this.#underWayBytes += copy.length;
    const arrival = this.#after(async () => {
      await this.#stream.send(copy);
      this.#underWayBytes -= copy.length;
    });
    if (this.#underWayBytes > UNDER_WAY_BYTES_MAX || this.#ended.signal.aborted) await arrival;
  }

  close(): Promise<void> {
    return this.#after(() => this.#stream.close());
  }

  abort(error: Error): void {
    this.#stream.abort(error);
    this.#ended.abort(error);
  }

  [Symbol.asyncIterator]() {
    return this.#stream[Symbol.asyncIterator]();
  }

  /** Does `arrive` once the latency has passed and all that was sent before has arrived. */
  #after(arrive: () => Promise<void>): Promise<void> {
    const { clock, latencyMs } = this.#init;
    const dueMs = clock.monotonicMs() + latencyMs;
    this.#arrived = this.#arrived.then(async () => {
      const waitMs = dueMs - clock.monotonicMs();
      // An abort cuts the wait short; the stream itself then refuses the bytes.
      if (waitMs > 0) await clock.sleep(waitMs, this.#ended.signal).catch(() => undefined);
      await arrive();
    });
    this.#arrived.catch(() => undefined);
    return this.#arrived;
  }
}
