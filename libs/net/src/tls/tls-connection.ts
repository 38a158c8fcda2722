/** A connection encrypted on its own TCP socket, as the stream of messages that muxers speak. */
import { once } from "node:events";
import type { TLSSocket } from "node:tls";
import { StreamStateError, type AbortOptions } from "@libp2p/interface";
import { AbstractMessageStream, type SendResult } from "@libp2p/utils";
import type { Uint8ArrayList } from "uint8arraylist";
import { GoliathError } from "@goliath/protocols/nouns";
import { GatheredWrites } from "./gathered-writes.ts";
import type { TcpConnection } from "./tcp-connection.ts";

/**
 * Bytes that wait for a peer that does not read, beyond which the connection is aborted. Streams
 * wait for room; what does not is answers to pings, window updates and the first bytes of streams.
 */
export const UNSENT_BYTES_MAX = 4 * 1024 * 1024;

export interface TlsConnectionInit {
  transport: TcpConnection;
  /** Sits on the transport's socket. */
  socket: TLSSocket;
}

export class TlsConnection extends AbstractMessageStream {
  readonly #transport: TcpConnection;
  readonly #socket: TLSSocket;
  readonly #writes: GatheredWrites;

  constructor({ transport, socket }: TlsConnectionInit) {
    const { direction, inactivityTimeout, maxReadBufferLength } = transport;
    super({
      log: transport.log.newScope("tls"),
      direction,
      inactivityTimeout,
      maxReadBufferLength,
    });
    this.#transport = transport;
    this.#socket = socket;
    this.#writes = new GatheredWrites({
      socket,
      onDrain: () => this.safeDispatchEvent("drain"),
    });
    socket.on("error", (error) => transport.abort(error));
    transport.addEventListener("close", ({ error, local }) => this.#over(error, local === true));
    this.#endByTls();
  }

  /** Lets the other side's bytes in: it has shown who it is. */
  begin(): void {
    this.#socket.on("data", (bytes: Buffer) => this.onData(bytes));
  }

  override get writeBufferLength(): number {
    return this.#writes.unsentBytes;
  }

  /** All is taken at once, so that nothing waits in the queue of the class above. */
  override send(bytes: Uint8Array | Uint8ArrayList): boolean {
    if (this.writeStatus !== "writable") throw new StreamStateError("the connection is closed");
    return this.#send(bytes);
  }

  sendData(bytes: Uint8ArrayList): SendResult {
    return { sentBytes: bytes.byteLength, canSendMore: this.#send(bytes) };
  }

  sendPause(): void {
    this.#socket.pause();
  }

  sendResume(): void {
    this.#socket.resume();
  }

  sendReset(error: Error): void {
    this.#transport.abort(error);
  }

  /** Resolves when all that was sent has left and the socket is closed. */
  async close(options?: AbortOptions): Promise<void> {
    await this.#transport.close(options);
  }

  #send(bytes: Uint8Array | Uint8ArrayList): boolean {
    const hasRoom = this.#writes.add(bytes);
    if (!hasRoom) this.writableNeedsDrain = true;
    if (this.#writes.unsentBytes > UNSENT_BYTES_MAX) {
      this.abort(new GoliathError("closed", "the other side does not read"));
    }
    return hasRoom;
  }

  /**
   * The transport is aborted and closed by others too, who know nothing of us: what was sent before
   * leaves first, as it would have from the socket's own queue.
   */
  #endByTls(): void {
    const reset = this.#transport.sendReset.bind(this.#transport);
    this.#transport.sendReset = (error) => {
      this.#writes.flush();
      // A socket that is being shut down can no longer be reset: libuv would leave it open.
      if (this.#socket.writableEnded) this.#socket.destroy();
      else reset(error);
    };
    this.#transport.sendClose = async (options) => {
      const { socket } = this.#transport;
      if (socket.destroyed) return;
      const closed = once(socket, "close", options);
      this.#writes.flush();
      this.#socket.destroySoon();
      await closed;
    };
  }

  /**
   * As the transport ended, so do we: cut off, or closed. The TLS socket is not destroyed here: it
   * goes when its TCP socket has closed. On a TCP socket that is closing node:tls would free
   * OpenSSL's state at once, though OpenSSL may be what called us, and the process would crash.
   */
  #over(error: Error | undefined, isLocal: boolean): void {
    if (!error) this.onTransportClosed();
    else if (isLocal) this.abort(error);
    else this.onRemoteReset();
  }
}
