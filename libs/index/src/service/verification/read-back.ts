/** Reads chunks back from holders, over a stream to each that is kept open for the next time. */
import { GoliathError, hasCode, type ChunkId, type PeerId } from "@goliath/protocols/nouns";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL, ChunksClient } from "@goliath/protocols/chunks";
import { greet, type Hello } from "@goliath/protocols/pass";
import { FrameStream } from "@goliath/protocols/wire";
import { Semaphore } from "@goliath/kit";
import type { Network } from "@goliath/net";

/** Streams kept open: those to the holders that were read from last. */
const KEPT_STREAMS_MAX = 64;
/** Chunks on the way at once, for all commits: 64 MiB of the largest. */
const READS_MAX = 16;

export interface ReadBackInit {
  network: Network;
  /** What admits us at a peer. */
  hello: () => Hello;
}

export class ReadBack implements Disposable {
  readonly #init: ReadBackInit;
  readonly #reads = new Semaphore({ max: READS_MAX });
  /** In the order of their last use. */
  readonly #clients = new Map<PeerId, Promise<ChunksClient>>();

  constructor(init: ReadBackInit) {
    this.#init = init;
  }

  /** The whole chunk, unchecked. Throws what the peer refused with, `unavailable`, `closed`. */
  read(peer: PeerId, id: ChunkId, { signal }: { signal: AbortSignal }): Promise<Uint8Array> {
    const attempt = async (): Promise<Uint8Array> => {
      const client = await this.#client(peer, signal);
      return client.read({ id }, { signal });
    };
    return this.#reads.run(
      async () => {
        try {
          return await attempt();
        } catch (error) {
          // A kept stream may have died in silence, or whoever was opening it have given up: another
          // shows whether the peer is there.
          if (!hasCode(error, "closed", "aborted") || signal.aborted) throw error;
          this.forget(peer);
          return attempt();
        }
      },
      { signal },
    );
  }

  /** Ends the stream to a peer. */
  forget(peer: PeerId): void {
    const client = this.#clients.get(peer);
    this.#clients.delete(peer);
    const reason = new GoliathError("closed", "no longer read from");
    client?.then((open) => open.abort(reason)).catch(() => undefined);
  }

  [Symbol.dispose](): void {
    for (const peer of [...this.#clients.keys()]) this.forget(peer);
  }

  #client(peer: PeerId, signal: AbortSignal): Promise<ChunksClient> {
    const client = this.#clients.get(peer) ?? this.#open(peer, signal);
    this.#clients.delete(peer);
    this.#clients.set(peer, client);
    const [oldest] = this.#clients.keys();
    if (this.#clients.size > KEPT_STREAMS_MAX && oldest) this.forget(oldest);
    return client;
  }

  #open(peer: PeerId, signal: AbortSignal): Promise<ChunksClient> {
    const opening = this.#connect(peer, signal);
    const drop = (): void => {
      if (this.#clients.get(peer) === opening) this.#clients.delete(peer);
    };
    opening.then((client) => client.closed.then(drop), drop);
    return opening;
  }

  async #connect(peer: PeerId, signal: AbortSignal): Promise<ChunksClient> {
    const stream = await this.#init.network.open(peer, CHUNKS_PROTOCOL, { signal });
    const frames = new FrameStream(stream, CHUNKS_BOUNDS);
    try {
      await greet(frames, this.#init.hello(), { signal });
    } catch (error) {
      frames.abort(GoliathError.from(error));
      throw error;
    }
    return new ChunksClient(frames);
  }
}
