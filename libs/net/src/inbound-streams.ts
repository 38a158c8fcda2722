/** The answering side of every network: which handler gets a stream, how many there may be. */
import { silentLog, type Log } from "@goliath/kit";
import { GoliathError, isFault, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import type { StreamHandler } from "./network.ts";

/**
 * Streams one peer may have open with one protocol where `handle` names no other bound. A peer
 * needs one, and another while it replaces one that it thinks dead.
 */
export const INBOUND_STREAMS_MAX = 32;

interface Handled {
  handler: StreamHandler;
  inboundMax: number;
  /** Streams being handled, by peer. */
  streams: Map<PeerId, number>;
}

export class InboundStreams {
  readonly #handled = new Map<string, Handled>();
  readonly #running = new Set<Promise<void>>();
  readonly #log: Log;

  constructor({ log = silentLog }: { log?: Log } = {}) {
    this.#log = log;
  }

  /** Throws `exists` when the protocol is handled already. */
  add(
    protocol: string,
    handler: StreamHandler,
    { inboundMax = INBOUND_STREAMS_MAX }: { inboundMax?: number } = {},
  ): void {
    if (this.#handled.has(protocol))
      throw new GoliathError("exists", `${protocol} is handled already`);
    this.#handled.set(protocol, { handler, inboundMax, streams: new Map() });
  }

  has(protocol: string): boolean {
    return this.#handled.has(protocol);
  }

  /**
   * Gives a stream to its protocol's handler, or aborts it when its peer has too many. Settles when
   * the handler is done with it; never rejects.
   */
  async admit(stream: ByteStream): Promise<void> {
    const handled = this.#handled.get(stream.protocol);
    const open = handled?.streams.get(stream.peer) ?? 0;
    if (!handled || open >= handled.inboundMax) {
      const code = handled ? "busy" : "unsupported";
      stream.abort(new GoliathError(code, `no room for another ${stream.protocol}`));
      return;
    }
    handled.streams.set(stream.peer, open + 1);
    const run = this.#answer(handled.handler, stream).finally(() => {
      release(handled.streams, stream.peer);
      this.#running.delete(run);
    });
    this.#running.add(run);
    await run;
  }

  /** Settles once every handler has returned. */
  async settled(): Promise<void> {
    await Promise.all(this.#running);
  }

  async #answer(handler: StreamHandler, stream: ByteStream): Promise<void> {
    try {
      await handler(stream);
      await stream.close();
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      const level = isFault(error) ? "warn" : "debug";
      this.#log[level]("a stream ended badly", {
        peer: stream.peer,
        protocol: stream.protocol,
        error,
      });
      stream.abort(error);
    }
  }
}

function release(streams: Map<PeerId, number>, peer: PeerId): void {
  const left = (streams.get(peer) ?? 1) - 1;
  if (left > 0) streams.set(peer, left);
  else streams.delete(peer);
}
