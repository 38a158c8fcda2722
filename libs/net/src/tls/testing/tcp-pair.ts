/** Connections of @libp2p/tcp before anybody encrypts them, and what an encrypter needs to run. */
import { connect, type Socket } from "node:net";
import type {
  ComponentLogger,
  ConnectionEncrypter,
  Logger,
  MultiaddrConnection,
  PrivateKey,
  StreamMuxerFactory,
  Upgrader,
} from "@libp2p/interface";
import { tcp } from "@libp2p/tcp";
import type { tls } from "@libp2p/tls";
import { multiaddr } from "@multiformats/multiaddr";
import type { TcpConnection } from "../tcp-connection.ts";

export type Components = Parameters<ReturnType<typeof tls>>[0];
export type Encrypter = (components: Components) => ConnectionEncrypter;

const LOOPBACK = multiaddr("/ip4/127.0.0.1/tcp/0");

const silent: Logger = Object.assign(() => undefined, {
  error: () => undefined,
  trace: () => undefined,
  enabled: false,
  newScope: () => silent,
});
export const silentLogger: ComponentLogger = { forComponent: () => silent };

/** A muxer that is only named. */
export const MUXER = { protocol: "/yamux/1.0.0" } as StreamMuxerFactory;

export function componentsOf(privateKey: PrivateKey): Components {
  const muxers = new Map([[MUXER.protocol, MUXER]]);
  return {
    privateKey,
    logger: silentLogger,
    upgrader: { getStreamMuxers: () => muxers } as unknown as Upgrader,
  };
}

export interface TcpListener extends AsyncDisposable {
  port: number;
  /** Connects with a bare socket. */
  connect(): Socket;
  /** Connects as libp2p does. */
  dial(): Promise<TcpConnection>;
  /** The next connection that came in. */
  accepted(): Promise<TcpConnection>;
}

export async function listenTcp(): Promise<TcpListener> {
  const transport = tcp()({ logger: silentLogger });
  const arrived: MultiaddrConnection[] = [];
  const waiting: ((connection: MultiaddrConnection) => void)[] = [];
  const upgradeInbound = async (connection: MultiaddrConnection) => {
    const resolve = waiting.shift();
    if (resolve) resolve(connection);
    else arrived.push(connection);
  };
  const upgrader = {
    upgradeInbound,
    upgradeOutbound: async (connection: MultiaddrConnection) => connection,
  } as unknown as Upgrader;
  const listener = transport.createListener({ upgrader });
  await listener.listen(LOOPBACK);
  const address = listener.getAddrs()[0] ?? LOOPBACK;
  const port = Number(address.getComponents().find(({ name }) => name === "tcp")?.value);
  const sockets: Socket[] = [];
  return {
    port,
    connect: () => {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      sockets.push(socket);
      return socket;
    },
    dial: async () => {
      const dialed = await transport.dial(address, {
        upgrader,
        signal: new AbortController().signal,
      });
      return dialed as unknown as TcpConnection;
    },
    accepted: async () => {
      const next =
        arrived.shift() ??
        (await new Promise<MultiaddrConnection>((resolve) => waiting.push(resolve)));
      return next as unknown as TcpConnection;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await listener.close();
    },
  };
}
