/** The streams open now, by peer: what a revocation has to end. */
import type { PeerId } from "@goliath/protocols/nouns";

/** A stream that can be ended at once: a `FrameStream` is one. */
export interface Abortable {
  abort(error: Error): void;
}

export class LiveStreams {
  readonly #streams = new Map<PeerId, Set<Abortable>>();

  /** Counted until disposed of. */
  add(peer: PeerId, stream: Abortable): Disposable {
    const streams = this.#streams.get(peer) ?? new Set();
    this.#streams.set(peer, streams);
    streams.add(stream);
    return {
      [Symbol.dispose]: () => {
        streams.delete(stream);
        if (streams.size === 0 && this.#streams.get(peer) === streams) this.#streams.delete(peer);
      },
    };
  }

  end(peer: PeerId, error: Error): void {
    for (const stream of this.#streams.get(peer) ?? []) stream.abort(error);
  }

  endAll(error: Error): void {
    for (const peer of this.#streams.keys()) this.end(peer, error);
  }
}
