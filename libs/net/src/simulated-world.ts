/**
 * A network in one process: the same face as the real one, with distances, partitions, stalls and
 * crashes on demand. Nothing here reads a clock, draws a number or waits but through what it was
 * given, so a simulation that runs twice does the same twice.
 */
import { Listeners, systemClock, type Clock, type Log } from "@goliath/kit";
import { GoliathError, parsePeerId, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import { InboundStreams } from "./inbound-streams.ts";
import { OPEN_TIMEOUT_MS } from "./libp2p-network.ts";
import { PING_INTERVAL_MS, SILENT_TICKS_MAX } from "./liveness.ts";
import type { Network, OpenOptions, StreamHandler } from "./network.ts";
import { openError } from "./open-error.ts";
import { NO_DISTANCE, SimulatedLink, type LinkConditions } from "./simulated-link.ts";
import { createSimulatedStreams, type SimulatedStream } from "./simulated-stream.ts";

/** Milliseconds until both ends take a silent connection for dead, as the real network does. */
export const SILENCE_MS = PING_INTERVAL_MS * (SILENT_TICKS_MAX + 1);

export interface SimulatedWorldInit {
  clock?: Clock;
  /** Milliseconds every byte and every connection takes one way. Default: none. */
  latencyMs?: number;
  /** From 0 to 1, for the jitter of links that have some. */
  random?: () => number;
  log?: Log;
}

/** One direction between two machines. */
export interface Direction {
  from: PeerId;
  to: PeerId;
}

export interface SimulatedWorld {
  /** A machine appears, or comes back after a crash. Throws `exists` while it is there. */
  join(peer: PeerId | { peerId: PeerId }): Network;
  /** Cuts two peers off from each other: their streams end, new ones fail. */
  partition(a: PeerId, b: PeerId): void;
  /** Ends a partition and every stall between the two. */
  heal(a: PeerId, b: PeerId): void;
  /**
   * What is sent this way does not arrive, and nobody is told: after `SILENCE_MS` both take the
   * connection for dead. Healed before that, what waited arrives late.
   */
  stall(direction: Direction): void;
  /** How far, and how wide, one direction is from now on. */
  shape(direction: Direction, conditions: LinkConditions): void;
  /** A machine vanishes: every stream to it ends, and its own network is dead. */
  crash(peer: PeerId): void;
  /** Streams open now, of two machines or of all: both ends of each. */
  streams(): SimulatedStream[];
}

export function createSimulatedWorld(init: SimulatedWorldInit = {}): SimulatedWorld {
  const world = new World(init);
  return {
    join: (peer) => world.join(typeof peer === "string" ? peer : peer.peerId),
    partition: (a, b) => world.partition(a, b),
    heal: (a, b) => world.heal(a, b),
    stall: ({ from, to }) => world.stall(from, to),
    shape: ({ from, to }, conditions) => void (world.link(from, to).conditions = conditions),
    crash: (peer) => world.leave(peer),
    streams: () => world.streams(),
  };
}

class World {
  readonly clock: Clock;
  readonly log: Log | undefined;
  readonly #random: () => number;
  readonly #conditions: LinkConditions;
  readonly #networks = new Map<PeerId, SimulatedNetwork>();
  readonly #partitions = new Set<string>();
  /** By direction. */
  readonly #links = new Map<string, SimulatedLink>();
  /** Streams between two peers that are connected, both ends of each. */
  readonly #streams = new Map<string, Set<SimulatedStream>>();

  constructor({ clock = systemClock, latencyMs = 0, random = () => 0, log }: SimulatedWorldInit) {
    this.clock = clock;
    this.log = log;
    this.#random = random;
    this.#conditions = { ...NO_DISTANCE, latencyMs };
  }

  join(peer: PeerId): SimulatedNetwork {
    if (this.#networks.has(peer)) throw new GoliathError("exists", `${peer} is there already`);
    const network = new SimulatedNetwork(this, peer);
    this.#networks.set(peer, network);
    return network;
  }

  leave(peer: PeerId): void {
    if (!this.#networks.has(peer)) return;
    for (const pair of this.#streams.keys()) {
      const [a, b] = ends(pair);
      if (a === peer || b === peer) this.disconnect(a, b);
    }
    this.#networks.delete(peer);
  }

  partition(a: PeerId, b: PeerId): void {
    this.#partitions.add(pairOf(a, b));
    this.disconnect(a, b);
  }

  heal(a: PeerId, b: PeerId): void {
    this.#partitions.delete(pairOf(a, b));
    this.link(a, b).resume();
    this.link(b, a).resume();
  }

  stall(from: PeerId, to: PeerId): void {
    const link = this.link(from, to);
    if (link.stalled) return;
    const stall = link.stall();
    void this.clock
      .sleep(SILENCE_MS)
      .then(() => link.isStalledBy(stall) && this.disconnect(from, to));
  }

  link(from: PeerId, to: PeerId): SimulatedLink {
    const direction = `${from} ${to}`;
    let link = this.#links.get(direction);
    if (!link) {
      const init = { clock: this.clock, random: this.#random, conditions: this.#conditions };
      this.#links.set(direction, (link = new SimulatedLink(init)));
    }
    return link;
  }

  streams(): SimulatedStream[] {
    return [...this.#streams.values()].flatMap((streams) => [...streams]);
  }

  disconnect(a: PeerId, b: PeerId): void {
    const streams = this.#streams.get(pairOf(a, b));
    if (!streams) return;
    this.#streams.delete(pairOf(a, b));
    this.link(a, b).drop();
    this.link(b, a).drop();
    for (const stream of streams) stream.fail(new GoliathError("closed", "disconnected"));
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
    const cut = !this.has(from) || this.#partitions.has(pairOf(from.peerId, to));
    if (!network || cut) throw new GoliathError("unavailable", `${to} cannot be reached`);
    return network;
  }

  /** There and back, once: a stream is open when the other side has agreed to its protocol. */
  async knock(from: PeerId, to: PeerId, signal: AbortSignal | undefined): Promise<void> {
    const [there, back] = [this.link(from, to), this.link(to, from)];
    if (there.stalled || back.stalled) {
      await this.clock.sleep(OPEN_TIMEOUT_MS, signal);
      if (there.stalled || back.stalled)
        throw new GoliathError("unavailable", `${to} does not answer`);
    }
    const waitMs = there.conditions.latencyMs + back.conditions.latencyMs;
    if (waitMs > 0) await this.clock.sleep(waitMs, signal);
  }

  /** Opens a stream between two peers that ends with their connection; returns the opener's end. */
  connect(from: SimulatedNetwork, to: SimulatedNetwork, protocol: string): ByteStream {
    const [ours, theirs] = createSimulatedStreams({
      protocol,
      opener: from.peerId,
      answerer: to.peerId,
      there: this.link(from.peerId, to.peerId),
      back: this.link(to.peerId, from.peerId),
    });
    const pair = pairOf(from.peerId, to.peerId);
    const streams = this.#streams.get(pair) ?? new Set();
    this.#streams.set(pair, streams);
    streams.add(ours).add(theirs);
    void this.#forgetWhenOver([ours, theirs], { streams, answered: to.inbound.admit(theirs) });
    return ours;
  }

  /** Until both ends know that it is over, a cut connection must reach them. */
  async #forgetWhenOver(
    [ours, theirs]: [SimulatedStream, SimulatedStream],
    { streams, answered }: { streams: Set<SimulatedStream>; answered: Promise<void> },
  ): Promise<void> {
    await Promise.all([answered, ours.over()]);
    streams.delete(ours);
    streams.delete(theirs);
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
    try {
      signal?.throwIfAborted();
      await this.#world.knock(this.peerId, peer, signal);
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

/** The same both ways. */
function pairOf(a: PeerId, b: PeerId): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

function ends(pair: string): [PeerId, PeerId] {
  const [a, b] = pair.split(" ");
  return [a as PeerId, b as PeerId];
}
