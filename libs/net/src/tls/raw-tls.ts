/**
 * `/tls/1.0.0` of the libp2p specification, spoken on the TCP socket itself. libp2p's own encrypter
 * puts a stream in JavaScript between TLS and the socket, which costs more than the encryption.
 * A connection that is no TCP socket is left to libp2p's.
 */
import { constants } from "node:crypto";
import {
  connect,
  createSecureContext,
  TLSSocket,
  type ConnectionOptions,
  type SecureContext,
} from "node:tls";
import {
  InvalidCryptoExchangeError,
  serviceCapabilities,
  type ConnectionEncrypter,
  type MessageStream,
  type SecureConnectionOptions,
  type SecuredConnection,
  type StreamMuxerFactory,
} from "@libp2p/interface";
import { tls } from "@libp2p/tls";
import { systemClock, type Clock } from "@goliath/kit";
import { createCertificate } from "./certificate.ts";
import { certifiedPeer } from "./certified-peer.ts";
import { isTcpConnection, takeSocket, type TcpConnection } from "./tcp-connection.ts";
import { TlsConnection } from "./tls-connection.ts";

/** Milliseconds for a handshake, whatever the caller allows. libp2p gives inbound ones as much. */
export const HANDSHAKE_TIMEOUT_MS = 10_000;
/** AES-128 first: a third faster than AES-256 where the processor helps, and strong enough. */
const CIPHERS = [
  "TLS_AES_128_GCM_SHA256",
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
].join(":");
/** Offered for who settles the muxer only after the handshake (libp2p TLS specification, ALPN). */
const NO_MUXER = "libp2p";

type Components = Parameters<ReturnType<typeof tls>>[0];
type Role = "client" | "server";

export function rawTls({ clock = systemClock }: { clock?: Clock } = {}) {
  return (components: Components): ConnectionEncrypter => new RawTls(components, clock);
}

class RawTls implements ConnectionEncrypter {
  readonly protocol = "/tls/1.0.0";
  readonly [serviceCapabilities] = ["@libp2p/connection-encryption"];
  readonly #components: Components;
  readonly #clock: Clock;
  readonly #fallback: ConnectionEncrypter;
  /** One certificate for all connections: a key pair and two signatures each would cost more. */
  #context: Promise<SecureContext> | undefined;

  constructor(components: Components, clock: Clock) {
    this.#components = components;
    this.#clock = clock;
    this.#fallback = tls()(components);
  }

  async secureInbound(
    connection: MessageStream,
    options: SecureConnectionOptions = {},
  ): Promise<SecuredConnection> {
    if (!isTcpConnection(connection)) return this.#fallback.secureInbound(connection, options);
    return this.#secure(connection, { ...options, role: "server" });
  }

  async secureOutbound(
    connection: MessageStream,
    options: SecureConnectionOptions = {},
  ): Promise<SecuredConnection> {
    if (!isTcpConnection(connection)) return this.#fallback.secureOutbound(connection, options);
    return this.#secure(connection, { ...options, role: "client" });
  }

  async #secure(
    transport: TcpConnection,
    options: SecureConnectionOptions & { role: Role },
  ): Promise<SecuredConnection> {
    const {
      remotePeer: expected,
      signal,
      skipStreamMuxerNegotiation: skipsMuxer = false,
    } = options;
    const muxers = skipsMuxer ? new Map() : this.#components.upgrader.getStreamMuxers();
    this.#context ??= this.#createContext();
    const secureContext = await this.#context;
    const protocols = [...muxers.keys(), NO_MUXER];
    try {
      if (transport.status !== "open" || transport.socket.destroyed) throw ended();
      const socket = startTls(transport, { role: options.role, secureContext, protocols });
      const connection = new TlsConnection({ transport, socket });
      await handshaken(socket, { transport, signal });
      const certificate = socket.getPeerX509Certificate();
      if (!certificate) throw new InvalidCryptoExchangeError("the other side has no certificate");
      const remotePeer = await certifiedPeer(certificate, {
        nowMs: this.#clock.nowMs(),
        expected,
      });
      const streamMuxer = muxerOf(socket, muxers);
      connection.begin();
      return { connection, remotePeer, ...(streamMuxer ? { streamMuxer } : {}) };
    } catch (error) {
      transport.abort(error as Error);
      throw error;
    }
  }

  async #createContext(): Promise<SecureContext> {
    const { privateKey } = this.#components;
    return createSecureContext({
      ...(await createCertificate({ privateKey, nowMs: this.#clock.nowMs() })),
      minVersion: "TLSv1.3",
      maxVersion: "TLSv1.3",
      ciphers: CIPHERS,
      honorCipherOrder: true,
      // Every connection shows its certificate: nobody resumes a session on somebody's word.
      secureOptions: constants.SSL_OP_NO_TICKET,
    });
  }
}

interface StartTls {
  role: Role;
  secureContext: SecureContext;
  protocols: string[];
}

function startTls(
  transport: TcpConnection,
  { role, secureContext, protocols }: StartTls,
): TLSSocket {
  const options: ConnectionOptions = {
    secureContext,
    ALPNProtocols: protocols,
    // Certificates are signed by themselves: `certifiedPeer` says which of them are good.
    rejectUnauthorized: false,
  };
  const socket = takeSocket(transport);
  if (role === "client") return connect({ ...options, socket });
  return new TLSSocket(socket, { ...options, isServer: true, requestCert: true });
}

/** Resolves when the handshake is done, and rejects when the connection or its time ended first. */
async function handshaken(
  socket: TLSSocket,
  { transport, signal }: { transport: TcpConnection; signal: AbortSignal | undefined },
): Promise<void> {
  const timeout = AbortSignal.timeout(HANDSHAKE_TIMEOUT_MS);
  const ending = signal ? AbortSignal.any([timeout, signal]) : timeout;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onAbort = () => reject(ending.reason);
  const onClose = ({ error }: { error?: Error }) => reject(error ?? ended());
  ending.addEventListener("abort", onAbort);
  transport.addEventListener("close", onClose);
  // Not on OpenSSL's stack, which tells us from the middle of its work.
  socket.once("secure", () => setImmediate(resolve));
  try {
    ending.throwIfAborted();
    await promise;
  } finally {
    ending.removeEventListener("abort", onAbort);
    transport.removeEventListener("close", onClose);
  }
}

/** The muxer that the handshake settled, if it did. */
function muxerOf(
  { alpnProtocol }: TLSSocket,
  muxers: ReadonlyMap<string, StreamMuxerFactory>,
): StreamMuxerFactory | undefined {
  return alpnProtocol ? muxers.get(alpnProtocol) : undefined;
}

function ended(): InvalidCryptoExchangeError {
  return new InvalidCryptoExchangeError("the connection ended during the handshake");
}
