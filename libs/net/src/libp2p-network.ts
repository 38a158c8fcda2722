/** The real network: a libp2p node behind the `Network` interface. */
import type { Connection, PeerId as Libp2pPeerId, Stream } from "@libp2p/interface";
import { peerIdFromString } from "@libp2p/peer-id";
import { multiaddr, type Multiaddr } from "@multiformats/multiaddr";
import { createLibp2p, type Libp2p } from "libp2p";
import { Listeners, silentLog, systemClock, type Clock, type Log } from "@goliath/kit";
import { GoliathError, parsePeerId, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import type { Identity } from "./identity.ts";
import { INBOUND_STREAMS_MAX, InboundStreams } from "./inbound-streams.ts";
import {
  ADDRESSES_TRIED_MAX,
  libp2pOptions,
  STREAMS_PER_CONNECTION_MAX,
} from "./libp2p-options.ts";
import { Libp2pByteStream } from "./libp2p-stream.ts";
import { Liveness } from "./liveness.ts";
import type { Network, OpenOptions, StreamHandler } from "./network.ts";
import { openError } from "./open-error.ts";

/** Milliseconds for dialing, looking up and negotiating together. */
export const OPEN_TIMEOUT_MS = 15_000;
/** Milliseconds a look-up by id may take of that. */
export const LOOKUP_TIMEOUT_MS = 5_000;
/** Addresses taken from one `learn`: a machine with many interfaces has fewer. */
export const ADDRESSES_LEARNED_MAX = 16;

export interface Libp2pNetworkInit {
  identity: Identity;
  /** Multiaddrs to listen on, such as `/ip4/0.0.0.0/tcp/0`. None: this machine only dials. */
  listen: readonly string[];
  /**
   * Multiaddrs told to others in place of those listened on: where a router or a proxy forwards
   * from. None: what is listened on.
   */
  announce?: readonly string[];
  /** Finds and is found by peers on the same LAN. Default: yes. */
  mdns?: boolean;
  /** Finds peers by id through other peers. Default: yes. */
  dht?: boolean;
  /** Multiaddrs ending in `/p2p/<id>` of peers to ask first. */
  bootstrap?: readonly string[];
  log?: Log;
  clock?: Clock;
  /** Milliseconds between pings; a silent peer is dead after four of them. */
  pingIntervalMs?: number;
}

/** Opens a node that listens and dials until disposed. Throws `unavailable` when it cannot listen. */
export async function openLibp2pNetwork(init: Libp2pNetworkInit): Promise<Network> {
  const { identity, listen, announce = [], mdns = true, dht = true, bootstrap = [] } = init;
  const { clock = systemClock } = init;
  const liveness = new Liveness({ clock, pingIntervalMs: init.pingIntervalMs });
  const node = await start(libp2pOptions({ identity, listen, announce, mdns, dht, liveness }), [
    ...listen,
    ...announce,
  ]);
  const network = new Libp2pNetwork(node, { init, dht });
  network.run((signal) => liveness.run(signal));
  for (const address of bootstrap) network.run((signal) => network.greet(address, signal));
  return network;
}

type OurOptions = ReturnType<typeof libp2pOptions>;

async function start(options: OurOptions, addresses: readonly string[]): Promise<Libp2p> {
  try {
    return await createLibp2p(options);
  } catch (cause) {
    const listen = addresses.join(", ");
    const isTaken = cause instanceof Error && cause.message.includes("EADDRINUSE");
    const why = isTaken ? ": another program listens there" : "";
    throw new GoliathError("unavailable", `cannot listen on ${listen}${why}`, {
      cause,
      about: { listen },
    });
  }
}

class Libp2pNetwork implements Network {
  readonly peerId: PeerId;
  readonly #node: Libp2p;
  readonly #dht: boolean;
  readonly #log: Log;
  readonly #inbound: InboundStreams;
  readonly #disconnects = new Listeners<PeerId>();
  readonly #ending = new AbortController();
  readonly #tasks: Promise<void>[] = [];

  constructor(node: Libp2p, { init, dht }: { init: Libp2pNetworkInit; dht: boolean }) {
    this.peerId = init.identity.peerId;
    this.#node = node;
    this.#dht = dht;
    this.#log = init.log ?? silentLog;
    this.#inbound = new InboundStreams({ log: this.#log });
    node.addEventListener("peer:disconnect", ({ detail }) => {
      this.#disconnects.emit(detail.toString() as PeerId);
    });
  }

  /** Does something in the background until the network is disposed. */
  run(task: (signal: AbortSignal) => Promise<void>): void {
    this.#tasks.push(task(this.#ending.signal));
  }

  addresses(): string[] {
    return this.#node.getMultiaddrs().map((address) => address.toString());
  }

  async learn(peer: PeerId, addresses: readonly string[]): Promise<void> {
    const multiaddrs = addresses
      .slice(0, ADDRESSES_LEARNED_MAX)
      .flatMap((text) => addressOf(text, peer) ?? []);
    if (multiaddrs.length === 0 || peer === this.peerId) return;
    await this.#remember(libp2pIdOf(peer), multiaddrs);
  }

  async open(peer: PeerId, protocol: string, { signal }: OpenOptions = {}): Promise<ByteStream> {
    const id = libp2pIdOf(peer);
    if (peer === this.peerId) throw new GoliathError("bad-request", "this peer is ourselves");
    const bounded = AbortSignal.any([
      AbortSignal.timeout(OPEN_TIMEOUT_MS),
      this.#ending.signal,
      ...(signal ? [signal] : []),
    ]);
    try {
      bounded.throwIfAborted();
      return new Libp2pByteStream(await this.#newStream(id, { protocol, signal: bounded }), peer);
    } catch (cause) {
      throw openError(cause, { peer, protocol, signal });
    }
  }

  async handle(
    protocol: string,
    handler: StreamHandler,
    { inboundMax = INBOUND_STREAMS_MAX }: { inboundMax?: number } = {},
  ): Promise<void> {
    this.#inbound.add(protocol, handler, { inboundMax });
    await this.#node.handle(
      protocol,
      (stream, { remotePeer }) => {
        void this.#inbound.admit(new Libp2pByteStream(stream, remotePeer.toString() as PeerId));
      },
      // Of one connection; `InboundStreams` bounds what all connections of a peer have.
      { maxInboundStreams: inboundMax + 1, maxOutboundStreams: STREAMS_PER_CONNECTION_MAX },
    );
  }

  async disconnect(peer: PeerId): Promise<void> {
    this.#abort(this.#node.getConnections(libp2pIdOf(peer)));
  }

  onDisconnect(listener: (peer: PeerId) => void): () => void {
    return this.#disconnects.subscribe(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ending.abort();
    // Closed in libp2p's way a stream cut in the middle would look like one that ended.
    this.#abort(this.#node.getConnections());
    await Promise.all([...this.#tasks, this.#node.stop(), this.#inbound.settled()]);
  }

  /** Connects to a peer that is to answer our first look-ups. */
  async greet(address: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#node.dial(multiaddr(address), { signal });
    } catch (error) {
      this.#log.warn("a bootstrap peer cannot be reached", { address, error });
    }
  }

  /** On a connection that is just ending, of which libp2p does not know yet, no stream can begin. */
  async #newStream(
    id: Libp2pPeerId,
    { protocol, signal }: { protocol: string; signal: AbortSignal },
  ): Promise<Stream> {
    const options = { signal, maxOutboundStreams: STREAMS_PER_CONNECTION_MAX };
    const connection = await this.#connect(id, signal);
    try {
      return await connection.newStream(protocol, options);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ConnectionClosedError") throw error;
      connection.abort(error);
      return await (await this.#connect(id, signal)).newStream(protocol, options);
    }
  }

  /** By the addresses we know, and when those fail or there are none, by looking the peer up. */
  async #connect(id: Libp2pPeerId, signal: AbortSignal): Promise<Connection> {
    const isKnown = this.#node.getConnections(id).length > 0 || (await this.#hasAddress(id));
    if (!isKnown && !this.#dht) throw new GoliathError("unavailable", "no address is known");
    if (isKnown) {
      try {
        return await this.#node.dial(id, { signal });
      } catch (error) {
        if (!this.#dht || signal.aborted) throw error;
      }
    }
    const lookup = AbortSignal.any([signal, AbortSignal.timeout(LOOKUP_TIMEOUT_MS)]);
    const { multiaddrs } = await this.#node.peerRouting.findPeer(id, { signal: lookup });
    await this.#remember(id, multiaddrs);
    return this.#node.dial(id, { signal });
  }

  /** The newest first, and of the older ones as many as are ever dialed: merged they would grow. */
  async #remember(id: Libp2pPeerId, multiaddrs: readonly Multiaddr[]): Promise<void> {
    const { peerStore } = this.#node;
    const known = (await peerStore.has(id)) ? (await peerStore.get(id)).addresses : [];
    const all = [...multiaddrs, ...known.map(({ multiaddr: address }) => address)];
    const distinct = new Map(all.map((address) => [address.toString(), address]));
    await peerStore.patch(id, { multiaddrs: [...distinct.values()].slice(0, ADDRESSES_TRIED_MAX) });
  }

  async #hasAddress(id: Libp2pPeerId): Promise<boolean> {
    if (!(await this.#node.peerStore.has(id))) return false;
    return (await this.#node.peerStore.get(id)).addresses.length > 0;
  }

  #abort(connections: readonly Connection[]): void {
    const error = new GoliathError("closed", "disconnected");
    for (const connection of connections) connection.abort(error);
  }
}

function libp2pIdOf(peer: PeerId): Libp2pPeerId {
  return peerIdFromString(parsePeerId(peer));
}

/** Undefined for what is no address of this peer. */
function addressOf(text: string, peer: PeerId): Multiaddr | undefined {
  try {
    const address = multiaddr(text);
    const named = address.getComponents().findLast(({ name }) => name === "p2p")?.value;
    return named === undefined || named === peer ? address : undefined;
  } catch {
    return undefined;
  }
}
