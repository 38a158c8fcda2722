/**
 * What the rest of Goliath sees of the network: peers by id, protocols by name, streams of bytes.
 * `openLibp2pNetwork` gives the real one, `SimulatedNetwork` the same face in one process.
 */
import type { PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";

export type StreamHandler = (stream: ByteStream) => Promise<void>;

export interface OpenOptions {
  signal?: AbortSignal;
}

export interface Network extends AsyncDisposable {
  readonly peerId: PeerId;
  /** Multiaddrs this machine listens on, each ending in `/p2p/<peerId>`. */
  addresses(): string[];
  /** Remembers where a peer may be reached. Unknown or malformed addresses are left out. */
  learn(peer: PeerId, addresses: readonly string[]): Promise<void>;
  /** Connects if need be and opens a stream. Throws `unavailable`, `unsupported`, `aborted`. */
  open(peer: PeerId, protocol: string, options?: OpenOptions): Promise<ByteStream>;
  /**
   * Answers a protocol. The stream is closed when the handler returns and aborted when it throws.
   * Streams beyond `inboundMax` per peer are refused.
   */
  handle(
    protocol: string,
    handler: StreamHandler,
    options?: { inboundMax?: number },
  ): Promise<void>;
  /** Ends every connection to a peer: its streams abort on both sides. */
  disconnect(peer: PeerId): Promise<void>;
  /** Called whenever a peer's last connection has gone; returns the unsubscriber. */
  onDisconnect(listener: (peer: PeerId) => void): () => void;
}
