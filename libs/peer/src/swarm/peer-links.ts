/** One kept chunk stream to each peer that is being read from, opened at first use. */
import { withDeadline, type Clock } from "@goliath/kit";
import type { Network } from "@goliath/net";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL, ChunksClient } from "@goliath/protocols/chunks";
import { greet } from "@goliath/protocols/pass";
import { GoliathError, type PeerId } from "@goliath/protocols/nouns";
import { FrameStream, type ByteStream } from "@goliath/protocols/wire";
import { HANDSHAKE_TIMEOUT_MS, type Admission } from "../session/admission.ts";

/** Streams kept open; the one unused for longest is closed for another. */
const LINKS_MAX = 64;

export interface PeerLinksInit {
  network: Network;
  admission: Admission;
  clock: Clock;
}

export class PeerLinks implements AsyncDisposable {
  readonly #init: PeerLinksInit;
  /** Least recently used first. */
  readonly #links = new Map<PeerId, Promise<ChunksClient>>();
  /** When something last came over each link, by the monotonic clock. */
  readonly #heardMs = new Map<PeerId, number>();
  readonly #stop = new AbortController();

  constructor(init: PeerLinksInit) {
    this.#init = init;
  }

  /** The link to a peer, opened if need be. Throws `unavailable`, `no-pass`. */
  async open(peer: PeerId): Promise<ChunksClient> {
    const link = this.#links.get(peer) ?? this.#connect(peer);
    this.#links.delete(peer);
    this.#links.set(peer, link);
    this.#bound();
    return link;
  }

  /** When something last came from a peer that is being read from, by the monotonic clock. */
  heardMs(peer: PeerId): number {
    return this.#heardMs.get(peer) ?? 0;
  }

  /** Cuts the link to a peer: it lied, stalled or is no member any more. */
  drop(peer: PeerId, error: Error): void {
    const link = this.#links.get(peer);
    this.#links.delete(peer);
    this.#heardMs.delete(peer);
    link?.then((client) => client.abort(error)).catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GoliathError("aborted", "the peer is stopping"));
    for (const peer of this.#links.keys())
      this.drop(peer, new GoliathError("closed", "the peer is stopping"));
  }

  #connect(peer: PeerId): Promise<ChunksClient> {
    const link = this.#greet(peer);
    const forget = (): void => {
      if (this.#links.get(peer) !== link) return;
      this.#links.delete(peer);
      this.#heardMs.delete(peer);
    };
    link.then((client) => client.closed.then(forget), forget);
    return link;
  }

  async #greet(peer: PeerId): Promise<ChunksClient> {
    const { network, admission, clock } = this.#init;
    const stream = await network.open(peer, CHUNKS_PROTOCOL, { signal: this.#stop.signal });
    const onBytes = (): void => {
      if (this.#links.has(peer)) this.#heardMs.set(peer, clock.monotonicMs());
    };
    const frames = new FrameStream(overheard(stream, onBytes), CHUNKS_BOUNDS);
    try {
      const limit = { clock, timeoutMs: HANDSHAKE_TIMEOUT_MS, signal: this.#stop.signal };
      const shown = withDeadline(limit, (signal) => greet(frames, admission.hello(), { signal }));
      admission.accept(await shown, peer);
      return new ChunksClient(frames);
    } catch (error) {
      frames.abort(GoliathError.from(error));
      throw error;
    }
  }

  #bound(): void {
    for (const peer of this.#links.keys()) {
      if (this.#links.size <= LINKS_MAX) return;
      this.drop(peer, new GoliathError("closed", "unused for longest"));
    }
  }
}

/** The same stream, which tells whenever something arrives. */
function overheard(stream: ByteStream, onBytes: () => void): ByteStream {
  return {
    peer: stream.peer,
    protocol: stream.protocol,
    broken: stream.broken,
    send: (bytes) => stream.send(bytes),
    close: () => stream.close(),
    abort: (error) => stream.abort(error),
    async *[Symbol.asyncIterator]() {
      for await (const bytes of stream) {
        onBytes();
        yield bytes;
      }
    },
  };
}
