/** A bidirectional stream of bytes to one authenticated peer, whatever carries it. */
import type { Uint8ArrayList } from "uint8arraylist";
import type { PeerId } from "../nouns/exports.ts";

/** Iterate it once for what the other side sends; iteration ends when they close their side. */
export interface ByteStream extends AsyncIterable<Uint8Array | Uint8ArrayList> {
  /** Who is at the other end, proven by the transport. */
  readonly peer: PeerId;
  readonly protocol: string;
  /**
   * Resolves when the stream was aborted at either end or lost: for who is not reading it now. It
   * never does for one that ends well.
   */
  readonly broken: Promise<void>;
  /** Resolves when the stream can take more. Rejects with `closed` once it cannot. */
  send(bytes: Uint8Array | Uint8ArrayList): Promise<void>;
  /** Ends our side after what was sent; the other side may go on sending. */
  close(): Promise<void>;
  /** Ends both sides at once. Iteration and sends reject on both ends. */
  abort(error: Error): void;
}
