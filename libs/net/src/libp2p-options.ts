/** What our libp2p node negotiates and the bounds it keeps. The README argues each of them. */
import { privateKeyFromRaw } from "@libp2p/crypto/keys";
import { identify, type Identify } from "@libp2p/identify";
import type { PeerId as Libp2pPeerId } from "@libp2p/interface";
import { kadDHT, passthroughMapper, type KadDHT } from "@libp2p/kad-dht";
import { mdns } from "@libp2p/mdns";
import { noise } from "@libp2p/noise";
import { peerIdFromString } from "@libp2p/peer-id";
import { ping, type Ping } from "@libp2p/ping";
import { tcp } from "@libp2p/tcp";
import type { Libp2pOptions } from "libp2p";
import { publicKeyOf } from "@goliath/protocols/nouns";
import { guardedYamux } from "./guarded-yamux.ts";
import { seedOf, type Identity } from "./identity.ts";
import type { Liveness } from "./liveness.ts";
import { noiseCrypto } from "./noise-crypto.ts";
import { PeerMemory } from "./peer-memory.ts";
import { PendingInbound } from "./pending-inbound.ts";
import { rawTls } from "./tls/raw-tls.ts";

/** Protocol under which our peers find each other by id: a DHT of Goliath's own. */
export const KAD_PROTOCOL = "/goliath/kad/1.0.0";
/** Name under which our peers announce themselves on a LAN. */
export const MDNS_SERVICE_TAG = "_goliath._udp.local";
/** Connections of one machine: 1,000 peers of an index twice over, while they reconnect. */
export const CONNECTIONS_MAX = 2048;
/** Connections that have not proven who they are: an index restarts and all peers come at once. */
export const PENDING_CONNECTIONS_MAX = 256;
/** Connections a second from one address. A household or a lab shares one. */
export const CONNECTIONS_PER_SECOND_MAX = 256;
/** Streams of one connection each way, over all protocols. */
export const STREAMS_PER_CONNECTION_MAX = 512;
/** Bytes a stream may have under way at first. Both ends must use the same: yamux does not say. */
export const WINDOW_BYTES_INITIAL = 1024 * 1024;
/** Bytes a stream may have under way at most: 1 Gbit/s over 32 ms. */
export const WINDOW_BYTES_MAX = 4 * 1024 * 1024;
/** Bytes a paused stream holds before it is reset. A sender within the window never gets there. */
export const READ_BUFFER_BYTES_MAX = WINDOW_BYTES_MAX + WINDOW_BYTES_INITIAL;
/** Bytes a stream holds that the connection did not take yet. We add 64 KiB at a time and wait. */
export const WRITE_BUFFER_BYTES_MAX = 1024 * 1024;
/** Milliseconds one address may take; the next is tried after it. Loopback and LAN take few. */
export const ADDRESS_DIAL_TIMEOUT_MS = 4_000;
/** Addresses tried for one peer: what one machine announces, its older ones among them. */
export const ADDRESSES_TRIED_MAX = 32;
/** Pings a socket may miss before it is closed, 60 s: the net under `Liveness`, and never first. */
export const SOCKET_IDLE_PINGS = 12;
/** Streams live as long as their connection: `Liveness` says how long that is. */
const NEVER_INACTIVE_MS = 2 ** 31 - 1;

type Services = {
  identify: Identify;
  ping: Ping;
  dht?: KadDHT;
};

export interface Libp2pChoices {
  identity: Identity;
  listen: readonly string[];
  announce: readonly string[];
  mdns: boolean;
  dht: boolean;
  liveness: Liveness;
}

export function libp2pOptions(choices: Libp2pChoices): Libp2pOptions<Services> {
  const { identity, listen, announce, liveness, ...discovery } = choices;
  const pending = new PendingInbound();
  return {
    privateKey: privateKeyFromRaw(Buffer.concat([seedOf(identity), publicKeyOf(identity.peerId)])),
    datastore: new PeerMemory({ self: peerIdFromString(identity.peerId).toCID().toString() }),
    addresses: { listen: [...listen], announce: [...announce] },
    transports: [
      tcp({
        maxConnections: CONNECTIONS_MAX,
        inboundSocketInactivityTimeout: SOCKET_IDLE_PINGS * liveness.pingIntervalMs,
        outboundSocketInactivityTimeout: SOCKET_IDLE_PINGS * liveness.pingIntervalMs,
      }),
    ],
    connectionEncrypters: [rawTls(), noise({ crypto: noiseCrypto })],
    streamMuxers: [
      guardedYamux({
        liveness,
        frameBytesMax: WINDOW_BYTES_MAX,
        yamux: {
          maxInboundStreams: STREAMS_PER_CONNECTION_MAX,
          maxOutboundStreams: STREAMS_PER_CONNECTION_MAX,
          streamOptions: {
            initialStreamWindowSize: WINDOW_BYTES_INITIAL,
            maxStreamWindowSize: WINDOW_BYTES_MAX,
            maxReadBufferLength: READ_BUFFER_BYTES_MAX,
            maxWriteBufferLength: WRITE_BUFFER_BYTES_MAX,
            inactivityTimeout: NEVER_INACTIVE_MS,
          },
        },
      }),
    ],
    connectionManager: {
      maxConnections: CONNECTIONS_MAX,
      maxIncomingPendingConnections: PENDING_CONNECTIONS_MAX,
      inboundConnectionThreshold: CONNECTIONS_PER_SECOND_MAX,
      addressDialTimeout: ADDRESS_DIAL_TIMEOUT_MS,
      maxPeerAddrsToDial: ADDRESSES_TRIED_MAX,
    },
    // `Liveness` does it with 12 bytes instead of a stream for each ping.
    connectionMonitor: { enabled: false },
    connectionGater: {
      denyDialMultiaddr: () => false,
      denyInboundConnection: (connection) => pending.denies(connection),
      denyInboundEncryptedConnection: (peer, connection) => {
        pending.proven(connection);
        return isNoPeerOfOurs(peer);
      },
      denyOutboundEncryptedConnection: isNoPeerOfOurs,
    },
    peerDiscovery: discovery.mdns ? [mdns({ serviceTag: MDNS_SERVICE_TAG })] : [],
    services: {
      identify: identify(),
      ping: ping(),
      ...(discovery.dht ? { dht: ourDht() } : {}),
    },
  };
}

/**
 * Private addresses are kept: a drive within one LAN must work. A look-up that has nobody to ask
 * fails at once; by default it would wait for somebody until its time is up.
 */
function ourDht() {
  return kadDHT({
    protocol: KAD_PROTOCOL,
    clientMode: false,
    peerInfoMapper: passthroughMapper,
    allowQueryWithZeroPeers: true,
  });
}

/** Every id of ours is an Ed25519 key: another kind could not be named in a pass. */
function isNoPeerOfOurs({ type }: Libp2pPeerId): boolean {
  return type !== "Ed25519";
}
