/**
 * A connection of @libp2p/tcp from inside. Its socket is private there: whoever is to encrypt on
 * the socket itself looks whether all is as expected, and leaves the connection alone if not.
 */
import { Socket } from "node:net";
import type { AbortOptions, MessageStream } from "@libp2p/interface";
import { isUint8ArrayList, type Uint8ArrayList } from "uint8arraylist";

export interface TcpConnection extends MessageStream {
  readonly socket: Socket;
  /** Bytes read from the socket that nobody took yet. */
  readonly readBuffer: Uint8ArrayList;
  /** How `abort` and `close` end the socket. */
  sendReset(error: Error): void;
  sendClose(options?: AbortOptions): Promise<void>;
}

export function isTcpConnection(connection: MessageStream): connection is TcpConnection {
  const { socket, readBuffer, sendReset, sendClose } = connection as Partial<TcpConnection>;
  return (
    socket instanceof Socket &&
    isUint8ArrayList(readBuffer) &&
    typeof sendReset === "function" &&
    typeof sendClose === "function"
  );
}

/**
 * The socket, from which the connection reads no more. What it had read already is put back, to be
 * read by whoever takes the socket over in this same turn.
 */
export function takeSocket({ socket, readBuffer }: TcpConnection): Socket {
  socket.pause();
  socket.removeAllListeners("data");
  const early = readBuffer.subarray();
  readBuffer.consume(early.length);
  if (early.length > 0) socket.unshift(early);
  return socket;
}
