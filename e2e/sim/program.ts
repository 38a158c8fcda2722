/**
 * A process that can be killed at any effect. Whatever it does to the outside goes through here;
 * once it is dead nothing of it happens any more, and what it waited for never comes.
 */
import type { Clock } from "@goliath/kit";
import type { Network } from "@goliath/net";
import { CHUNKS_PROTOCOL } from "@goliath/protocols/chunks";
import { FRAME_PREFIX_BYTES, type ByteStream } from "@goliath/protocols/wire";
import type { Random } from "./random.ts";
import { withMethods } from "./with-methods.ts";
import type { Verdict } from "./failure.ts";
import type { Trace } from "./trace.ts";

export interface ProcessInit {
  name: string;
  /** The machine's: its `nowMs` may jump. */
  clock: Clock;
  random: Random;
  trace: Trace;
  verdict: Verdict;
  /** Milliseconds an effect may take at most. */
  effectMs: number;
  /** How many effects do take a while, from 0 to 1. */
  slowness: number;
}

/**
 * Things one process does in one simulated second: several times what any does that has all its
 * shares and mirrors to begin at once. More is a loop without a wait.
 */
const EFFECTS_PER_SECOND_MAX = 40_000;
/** Streams it opens: three to the index and one to each peer, tried again a few times. */
const OPENS_PER_SECOND_MAX = 60;

/**
 * Frames with chunks in them that wait on one stream: as many wants are answered at a time. One is a
 * chunk, or small ones together, which are bounded in number and bytes by the protocol.
 */
const CHUNK_FRAMES_SENDING_MAX = 8;

const never = new Promise<never>(() => undefined);

export class Program {
  readonly name: string;
  readonly clock: Clock;
  readonly killed: Promise<void>;
  readonly #init: ProcessInit;
  readonly #death = Promise.withResolvers<void>();
  readonly #stopped = new AbortController();
  #effects = 0;
  /** The effect at which it dies, and whether that still happens. */
  #doom: { at: number; done: boolean } | undefined;
  readonly #pace = { second: 0, effects: 0, opens: 0 };
  /** Calls of `sleep` under way. */
  sleeping = 0;
  /** Bytes given to streams that have not taken them yet, but for those with chunks in them. */
  sendingBytes = 0;
  /** Frames with chunks in them, of all streams. */
  sendingChunks = 0;

  constructor(init: ProcessInit) {
    this.#init = init;
    this.name = init.name;
    this.killed = this.#death.promise;
    const { clock } = init;
    this.clock = {
      nowMs: () => clock.nowMs(),
      monotonicMs: () => clock.monotonicMs(),
      sleep: (ms, signal) => this.#sleep(ms, signal),
    };
  }

  /** Does something at once when it dies. */
  onKill(act: () => void): void {
    this.#stopped.signal.addEventListener("abort", act, { once: true });
  }

  get alive(): boolean {
    return !this.#stopped.signal.aborted;
  }

  /** Dies at the `count`-th effect from now, before it or just after. */
  doom(count: number, { done }: { done: boolean }): void {
    this.#doom = { at: this.#effects + count, done };
  }

  /** It lives on after all. */
  spare(): void {
    this.#doom = undefined;
  }

  kill(): void {
    if (!this.alive) return;
    this.#init.trace.note(this.name, "killed");
    this.#stopped.abort();
    this.#death.resolve();
  }

  /** Resolves with what `work` gives, or with undefined when the process dies first. */
  async outlive<Result>(work: Promise<Result>): Promise<Result | undefined> {
    work.catch(() => undefined);
    return Promise.race([work, this.killed.then(() => undefined)]);
  }

  /** Does one thing to the outside, as long as the process lives; it may take a while. */
  async effect<Result>(what: string, act: () => Promise<Result> | Result): Promise<Result> {
    if (!this.alive) return never;
    const { random, slowness, effectMs, clock } = this.#init;
    if (random.chance(slowness)) await clock.sleep(random.next() * effectMs);
    return this.instantly(what, act);
  }

  /** The same for what takes no time of its own. */
  async instantly<Result>(what: string, act: () => Promise<Result> | Result): Promise<Result> {
    if (!this.alive) return never;
    if (this.#init.verdict.broken) return never;
    this.#keepPace("effects", EFFECTS_PER_SECOND_MAX);
    const isLast = ++this.#effects === this.#doom?.at;
    this.#init.trace.note(this.name, what);
    if (isLast && !this.#doom?.done) return this.#die();
    const result = await settled(act);
    if (isLast) return this.#die();
    if (!this.alive) return never;
    if ("error" in result) throw result.error;
    return result.value;
  }

  /**
   * Before a call that somebody else does: it takes a while, and the process may die instead. Who
   * calls looks whether it is alive, and does nothing when it is not.
   */
  async beforeCall(what: string): Promise<void> {
    const { random, slowness, effectMs, clock } = this.#init;
    if (random.chance(slowness)) await clock.sleep(random.next() * effectMs);
    this.beforeSync(what);
  }

  /**
   * The same for what cannot wait. It dies once its turn is over: code that is dead in the midst of
   * a turn would go on and throw, as that of no real process does.
   */
  beforeSync(what: string): void {
    if (!this.alive) return;
    this.#init.trace.note(this.name, what);
    if (++this.#effects === this.#doom?.at) queueMicrotask(() => this.kill());
  }

  /** The network as this process sees it. */
  network(network: Network): Network {
    return {
      peerId: network.peerId,
      addresses: () => network.addresses(),
      learn: (peer, addresses) => network.learn(peer, addresses),
      open: (peer, protocol, options) =>
        this.instantly(`open ${protocol}`, async () => {
          this.#keepPace("opens", OPENS_PER_SECOND_MAX);
          return this.#stream(await network.open(peer, protocol, options));
        }),
      handle: (protocol, handler, options) =>
        network.handle(protocol, (stream) => handler(this.#stream(stream)), options),
      disconnect: (peer) => network.disconnect(peer),
      onDisconnect: (listener) => network.onDisconnect((peer) => this.alive && listener(peer)),
      [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
    };
  }

  #stream(stream: ByteStream): ByteStream {
    const { protocol } = stream;
    let waiting = 0;
    const count = (bytes: number, chunks: number): void => {
      if (chunks === 0) this.sendingBytes += bytes;
      this.sendingChunks += chunks;
      waiting += chunks;
      if (waiting > CHUNK_FRAMES_SENDING_MAX)
        this.#init.verdict.fail(7, `${this.name} has ${waiting} chunks to send on one stream`);
    };
    const send: ByteStream["send"] = (bytes) => {
      // The bytes as they are now: the caller may write into its buffer afterwards.
      const copy = bytes.slice();
      return this.instantly(`send ${copy.length} ${protocol}`, () => {
        const sending = stream.send(copy);
        const chunks = protocol === CHUNKS_PROTOCOL ? chunkFramesIn(copy) : 0;
        count(copy.length, chunks);
        const sent = (): void => count(-copy.length, -chunks);
        sending.then(sent, sent);
        return sending;
      });
    };
    return withMethods(stream, { send, [Symbol.asyncIterator]: () => this.#pieces(stream) });
  }

  /** What arrives may be the last it hears: between an answer and its record it dies here. */
  async *#pieces(stream: ByteStream) {
    for await (const piece of stream)
      yield await this.instantly(`hear ${piece.length} ${stream.protocol}`, () => piece);
  }

  /** Promise 7: nobody does without end what a wait should come between. */
  #keepPace(what: "effects" | "opens", most: number): void {
    const pace = this.#pace;
    const second = Math.floor(this.#init.clock.monotonicMs() / 1000);
    if (pace.second !== second) Object.assign(pace, { second, effects: 0, opens: 0 });
    if (++pace[what] > most)
      this.#init.verdict.fail(7, `${this.name} makes ${pace[what]} ${what} in a second`);
  }

  #die(): Promise<never> {
    this.kill();
    return never;
  }

  async #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (!this.alive) return never;
    this.sleeping++;
    const until = signal ? AbortSignal.any([signal, this.#stopped.signal]) : this.#stopped.signal;
    try {
      await this.#init.clock.sleep(ms, until);
    } catch (error) {
      if (this.alive) throw error;
    } finally {
      this.sleeping--;
    }
    if (!this.alive) return never;
  }
}

/** How many frames with a payload leave in one write, which is of whole frames. */
function chunkFramesIn(bytes: Uint8Array): number {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let found = 0;
  for (let at = 0; at < view.length;) {
    const payload = view.readUInt32BE(at + 4);
    at += FRAME_PREFIX_BYTES + view.readUInt32BE(at) + payload;
    if (payload > 0) found++;
  }
  return found;
}

async function settled<Result>(
  act: () => Promise<Result> | Result,
): Promise<{ value: Result } | { error: unknown }> {
  try {
    return { value: await act() };
  } catch (error) {
    return { error };
  }
}
