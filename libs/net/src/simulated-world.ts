/**
 * A network in one process: the same face as the real one, with partitions and crashes on demand.
 * Nothing here reads a clock, draws a number or waits but through what it was given, so a
 * simulation that runs twice does the same twice.
 */
import { Listeners, systemClock, type Clock, type Log } from "@goliath/kit";
import { GoliathError, parsePeerId, type PeerId } from "@goliath/protocols/nouns";
import { createStreamPair, type ByteStream } from "@goliath/protocols/wire";
import { delayStream } from "./delayed-stream.ts";
import { InboundStreams } from "./inbound-streams.ts";
import type { Network, OpenOptions, StreamHandler } from "./network.ts";
import { openError } from "./open-error.ts";

export interface SimulatedWorldInit {
  clock?: Clock;
  /** Milliseconds every byte and every connection takes one way. Default: none. */
  latencyMs?: number;
  log?: Log;
}

export interface SimulatedWorld {
  /** A machine appears, or comes back after a crash. Throws `exists` while it is there. */
  join(peer: PeerId | { peerId: PeerId }): Network;
  /** Cuts two peers off from each other: their streams end, new ones fail. */
  partition(a: PeerId, b: PeerId): void;
  heal(a: PeerId, b: PeerId): void;
  /** A machine vanishes: every stream to it ends, and its own network is dead. */
  crash(peer: PeerId): void;
}

export function createSimulatedWorld(init: SimulatedWorldInit = {}): SimulatedWorld {
  const world = new World(init);
  return {
    join: (peer) => world.join(typeof peer === "string" ? peer : peer.peerId),
    partition: (a, b) => world.partition(a, b),
    heal: (a, b) => world.heal(a, b),
    crash: (peer) => world.leave(peer),
  };
}

class World {
  readonly clock: Clock;
  readonly latencyMs: number;
  readonly log: Log | undefined;
  readonly #networks = new Map<PeerId, SimulatedNetwork>();
  readonly #partitions = new Set<string>();
  /** Streams between two peers that are connected, both ends of each. */
  readonly #links = new Map<string, Set<ByteStream>>();

  constructor({ clock = systemClock, latencyMs = 0, log }: SimulatedWorldInit) {
    this.clock = clock;
    this.latencyMs = latencyMs;
    this.log = log;
  }

  join(peer: PeerId): SimulatedNetwork {
    if (this.#networks.has(peer)) throw new GoliathError("exists", `${peer} is there already`);
    const network = new SimulatedNetwork(this, peer);
    this.#networks.set(peer, network);
    return network;
  }

  leave(peer: PeerId): void {
    if (!this.#networks.has(peer)) return;
    for (const link of this.#links.keys()) {
      const [a, b] = ends(link);
      if (a === peer || b === peer) this.disconnect(a, b);
    }
    this.#networks.delete(peer);
  }

  partition(a: PeerId, b: PeerId): void {
    this.#partitions.add(linkOf(a, b));
    this.disconnect(a, b);
  }

  heal(a: PeerId, b: PeerId): void {
    this.#partitions.delete(linkOf(a, b));
  }

  disconnect(a: PeerId, b: PeerId): void {
    const streams = this.#links.get(linkOf(a, b));
    if (!streams) return;
    this.#links.delete(linkOf(a, b));
    for (const stream of streams) stream.abort(new GoliathError("closed", "disconnected"));
    this.#networks.get(a)?.lost(b);
    this.#networks.get(b)?.lost(a);
  }

  /** Whether this network is its peer's present one: not closed, crashed or replaced. */
  has(network: SimulatedNetwork): boolean {
    return this.#networks.get(network.peerId) === network;
  }

  /** Throws `unavailable` when `from` cannot reach `to` now. */
  reach(from: SimulatedNetwork, to: PeerId): SimulatedNetwork {
    const network = this.#networks.get(to);
    const cut = !this.has(from) || this.#partitions.has(linkOf(from.peerId, to));
    if (!network || cut) throw new GoliathError("unavailable", `${to} cannot be reached`);
    return network;
  }

  /** Opens a stream between two peers that ends with their link; returns the opener's end. */
  connect(from: SimulatedNetwork, to: SimulatedNetwork, protocol: string): ByteStream {
    const pair = createStreamPair({ protocol, opener: from.peerId, answerer: to.peerId });
    const link = linkOf(from.peerId, to.peerId);
    const streams = this.#links.get(link) ?? new Set();
    this.#links.set(link, streams);
    for (const stream of pair) streams.add(stream);
    const [ours, theirs] = this.latencyMs > 0 ? pair.map((end) => delayStream(end, this)) : pair;
    void to.inbound.admit(theirs as ByteStream).then(() => {
      for (const stream of pair) streams.delete(stream);
    });
    return ours as ByteStream;
  }
}

class SimulatedNetwork implements Network {
  readonly peerId: PeerId;
  readonly inbound: InboundStreams;
  readonly #world: World;
  readonly #disconnects = new Listeners<PeerId>();

  constructor(world: World, peer: PeerId) {
    this.#world = world;
    this.peerId = parsePeerId(peer);
    this.inbound = new InboundStreams(world.log ? { log: world.log } : {});
  }

  addresses(): string[] {
    return [`/memory/${this.peerId}/p2p/${this.peerId}`];
  }

  /** Everybody in this world can be found. */
  async learn(): Promise<void> {}

  async open(peer: PeerId, protocol: string, { signal }: OpenOptions = {}): Promise<ByteStream> {
    if (parsePeerId(peer) === this.peerId)
      throw new GoliathError("bad-request", "this peer is ourselves");
    const { clock, latencyMs } = this.#world;
    try {
      signal?.throwIfAborted();
      // There and back: a stream is open once the other side has agreed to its protocol.
      if (latencyMs > 0) await clock.sleep(2 * latencyMs, signal);
      const other = this.#world.reach(this, peer);
      if (!other.inbound.has(protocol)) {
        throw new GoliathError("unsupported", `nobody answers ${protocol}`);
      }
      return this.#world.connect(this, other, protocol);
    } catch (cause) {
      throw openError(cause, { peer, protocol, signal });
    }
  }

  async handle(
    protocol: string,
    handler: StreamHandler,
    options?: { inboundMax?: number },
  ): Promise<void> {
    this.inbound.add(protocol, handler, options);
  }

  async disconnect(peer: PeerId): Promise<void> {
    this.#world.disconnect(this.peerId, peer);
  }

  onDisconnect(listener: (peer: PeerId) => void): () => void {
    return this.#disconnects.subscribe(listener);
  }

  lost(peer: PeerId): void {
    this.#disconnects.emit(peer);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#world.has(this)) this.#world.leave(this.peerId);
    await this.inbound.settled();
  }
}

function linkOf(a: PeerId, b: PeerId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function ends(link: string): [PeerId, PeerId] {
  const [a, b] = link.split(" ");
  return [a as PeerId, b as PeerId];
}
