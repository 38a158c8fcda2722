/** Two ends of a stream over two simulated links, one each way. */
import type { Uint8ArrayList } from "uint8arraylist";
import { Listeners } from "@goliath/kit";
import { GoliathError, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import type { SimulatedLink } from "./simulated-link.ts";

/** Bytes sent and not yet taken by the reader before `send` waits; yamux's default window. */
const WINDOW_BYTES = 256 * 1024;
/** What the end of a stream, or its reset, takes of a link. */
const SIGNAL_BYTES = 12;

export interface SimulatedStreamsInit {
  protocol: string;
  opener: PeerId;
  answerer: PeerId;
  /** From the opener to the answerer. */
  there: SimulatedLink;
  back: SimulatedLink;
}

/** Returns `[opener's end, answerer's end]`. */
export function createSimulatedStreams(
  init: SimulatedStreamsInit,
): [SimulatedStream, SimulatedStream] {
  const { protocol, opener, answerer, there, back } = init;
  const ours = new SimulatedStream({ peer: answerer, protocol, link: there });
  const theirs = new SimulatedStream({ peer: opener, protocol, link: back });
  ours.other = theirs;
  theirs.other = ours;
  return [ours, theirs];
}

interface SimulatedStreamInit {
  peer: PeerId;
  protocol: string;
  /** Carries what is sent here. */
  link: SimulatedLink;
}

export class SimulatedStream implements ByteStream {
  readonly peer: PeerId;
  readonly protocol: string;
  other: SimulatedStream | undefined;
  readonly #link: SimulatedLink;
  readonly #changed = new Listeners<void>();
  readonly #received: Uint8Array[] = [];
  #aheadBytes = 0;
  #isClosed = false;
  #isEnded = false;
  #error: Error | undefined;
  readonly #broken = Promise.withResolvers<void>();

  constructor({ peer, protocol, link }: SimulatedStreamInit) {
    this.peer = peer;
    this.protocol = protocol;
    this.#link = link;
  }

  get broken(): Promise<void> {
    return this.#broken.promise;
  }

  /** Bytes sent that the other side has not taken: never much more than a window. */
  get aheadBytes(): number {
    return this.#aheadBytes;
  }

  /** Resolves once the other side has ended, or either has been cut off. */
  async over(): Promise<void> {
    while (!this.#isEnded && !this.#error) await this.#changed.next();
  }

  async send(bytes: Uint8Array | Uint8ArrayList): Promise<void> {
    this.#check();
    if (this.#isClosed) throw new GoliathError("closed", "the stream is closed");
    const copy = bytes.slice();
    this.#aheadBytes += copy.length;
    this.#link.carry(copy.length, () => this.#far().#receive(copy));
    while (this.#aheadBytes > WINDOW_BYTES && !this.#error) await this.#changed.next();
    this.#check();
  }

  async close(): Promise<void> {
    if (this.#isClosed || this.#error) return;
    this.#isClosed = true;
    this.#link.carry(SIGNAL_BYTES, () => this.#far().#end());
  }

  abort(error: Error): void {
    if (this.#error) return;
    this.fail(error);
    this.#link.carry(SIGNAL_BYTES, () => this.#far().fail(new Error("reset by the other side")));
  }

  /** Ends this end alone, as when its machine finds the connection dead. */
  fail(error: Error): void {
    this.#error ??= error;
    this.#broken.resolve();
    this.#received.length = 0;
    this.#changed.emit();
  }

  #far(): SimulatedStream {
    if (!this.other) throw new Error("the stream has one end only");
    return this.other;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    for (let bytes = await this.#pull(); bytes; bytes = await this.#pull()) yield bytes;
  }

  async #pull(): Promise<Uint8Array | undefined> {
    while (this.#received.length === 0 && !this.#isEnded && !this.#error)
      await this.#changed.next();
    this.#check();
    const bytes = this.#received.shift();
    if (bytes) this.#far().#taken(bytes.length);
    return bytes;
  }

  #receive(bytes: Uint8Array): void {
    if (this.#error) return;
    this.#received.push(bytes);
    this.#changed.emit();
  }

  #taken(bytes: number): void {
    this.#aheadBytes -= bytes;
    this.#changed.emit();
  }

  #end(): void {
    this.#isEnded = true;
    this.#changed.emit();
  }

  #check(): void {
    if (this.#error)
      throw new GoliathError("closed", "the stream was aborted", { cause: this.#error });
  }
}
