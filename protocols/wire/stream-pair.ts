/** Two ends of one stream in memory: what tests and the simulated network run the protocols over. */
import type { Uint8ArrayList } from "uint8arraylist";
import { GoliathError, type PeerId } from "../nouns/exports.ts";
import type { ByteStream } from "./byte-stream.ts";

/** Bytes one direction holds before `send` waits; yamux's default window. */
const BUFFERED_BYTES_MAX = 256 * 1024;

export interface StreamPairInit {
  protocol: string;
  /** Who opens: what the second end sees as its peer. */
  opener: PeerId;
  /** Who answers: what the first end sees as its peer. */
  answerer: PeerId;
}

/** Returns `[opener's end, answerer's end]`. */
export function createStreamPair({
  protocol,
  opener,
  answerer,
}: StreamPairInit): [ByteStream, ByteStream] {
  const there = new Lane();
  const back = new Lane();
  return [
    new MemoryStream({ peer: answerer, protocol, out: there, in: back }),
    new MemoryStream({ peer: opener, protocol, out: back, in: there }),
  ];
}

/** One direction: a bounded queue with one reader. */
class Lane {
  readonly #queue: Uint8Array[] = [];
  #bytes = 0;
  #ended = false;
  #error: Error | undefined;
  #wake: (() => void)[] = [];
  readonly #broken = Promise.withResolvers<void>();

  get broken(): Promise<void> {
    return this.#broken.promise;
  }

  async push(bytes: Uint8Array): Promise<void> {
    this.#check();
    if (this.#ended) throw new GoliathError("closed", "the stream is closed");
    this.#queue.push(bytes);
    this.#bytes += bytes.length;
    this.#notify();
    while (this.#bytes > BUFFERED_BYTES_MAX && !this.#error) await this.#changed();
    this.#check();
  }

  async pull(): Promise<Uint8Array | undefined> {
    while (this.#queue.length === 0 && !this.#ended && !this.#error) await this.#changed();
    this.#check();
    const bytes = this.#queue.shift();
    this.#bytes -= bytes?.length ?? 0;
    this.#notify();
    return bytes;
  }

  end(): void {
    this.#ended = true;
    this.#notify();
  }

  fail(error: Error): void {
    this.#error ??= error;
    this.#broken.resolve();
    this.#queue.length = 0;
    this.#notify();
  }

  #check(): void {
    if (this.#error)
      throw new GoliathError("closed", "the stream was aborted", { cause: this.#error });
  }

  #changed(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve));
  }

  #notify(): void {
    const waiting = this.#wake;
    this.#wake = [];
    for (const wake of waiting) wake();
  }
}

interface MemoryStreamInit {
  peer: PeerId;
  protocol: string;
  out: Lane;
  in: Lane;
}

class MemoryStream implements ByteStream {
  readonly peer: PeerId;
  readonly protocol: string;
  readonly #out: Lane;
  readonly #in: Lane;

  constructor(init: MemoryStreamInit) {
    this.peer = init.peer;
    this.protocol = init.protocol;
    this.#out = init.out;
    this.#in = init.in;
  }

  get broken(): Promise<void> {
    return this.#in.broken;
  }

  send(bytes: Uint8Array | Uint8ArrayList): Promise<void> {
    return this.#out.push(bytes.slice());
  }

  async close(): Promise<void> {
    this.#out.end();
  }

  abort(error: Error): void {
    this.#out.fail(error);
    this.#in.fail(error);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let bytes = await this.#in.pull(); bytes; bytes = await this.#in.pull()) yield bytes;
  }
}
