import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { connect as connectTls, TLSSocket, type ConnectionOptions } from "node:tls";
import { generateKeyPair } from "@libp2p/crypto/keys";
import type { MessageStream, SecureConnectionOptions, SecuredConnection } from "@libp2p/interface";
import { peerIdFromPrivateKey } from "@libp2p/peer-id";
import { tls } from "@libp2p/tls";
import { multiaddrConnectionPair } from "@libp2p/utils";
import { describe, expect, it } from "vitest";
import { createCertificate, generalizedTime, signCertificate } from "./certificate.ts";
import { rawTls } from "./raw-tls.ts";
import type { TcpConnection } from "./tcp-connection.ts";
import { UNSENT_BYTES_MAX } from "./tls-connection.ts";
import { componentsOf, listenTcp, MUXER, type Encrypter } from "./testing/tcp-pair.ts";

const MIB = 1024 * 1024;
const client = componentsOf(await generateKeyPair("Ed25519"));
const server = componentsOf(await generateKeyPair("Ed25519"));
const stranger = await generateKeyPair("Ed25519");
const clientId = peerIdFromPrivateKey(client.privateKey);
const serverId = peerIdFromPrivateKey(server.privateKey);

interface SecuredPair extends AsyncDisposable {
  near: SecuredConnection;
  far: SecuredConnection;
  nearTcp: TcpConnection;
  farTcp: TcpConnection;
}

interface PairInit {
  from?: Encrypter;
  to?: Encrypter;
  options?: SecureConnectionOptions;
}

/** `near` dialed `far`. */
async function securedPair(init: PairInit = {}): Promise<SecuredPair> {
  const { from = rawTls(), to = rawTls(), options = {} } = init;
  const listener = await listenTcp();
  const [nearTcp, farTcp] = await Promise.all([listener.dial(), listener.accepted()]);
  const [near, far] = await Promise.all([
    from(client).secureOutbound(nearTcp, { remotePeer: serverId, ...options }),
    to(server).secureInbound(farTcp, options),
  ]);
  const dispose = async () => {
    for (const connection of [nearTcp, farTcp]) connection.abort(new Error("the test is over"));
    await listener[Symbol.asyncDispose]();
  };
  return { near, far, nearTcp, farTcp, [Symbol.asyncDispose]: dispose };
}

/** Gathers what arrives; resolves with it when the connection has ended. */
function readAll(connection: MessageStream): Promise<{ bytes: Buffer; error: Error | undefined }> {
  const pieces: Uint8Array[] = [];
  connection.addEventListener("message", ({ data }) => pieces.push(data.subarray()));
  return new Promise((resolve) => {
    connection.addEventListener("close", ({ error }) =>
      resolve({ bytes: Buffer.concat(pieces), error }),
    );
  });
}

/** Resolves when so many bytes have come: a socket closed before they were read would cut them. */
function arrived(connection: MessageStream, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) =>
    connection.addEventListener("message", ({ data }) => {
      left -= data.byteLength;
      if (left <= 0) resolve();
    }),
  );
}

function pattern(length: number): Buffer {
  return Buffer.alloc(length, "a pattern of no power of two's length, so that shifts are seen");
}

/** Sends all of it, waiting where it is told to. */
async function sendAll(connection: MessageStream, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += 100_000) {
    if (!connection.send(bytes.subarray(at, at + 100_000))) await connection.onDrain();
  }
}

const closed = (connection: MessageStream) =>
  new Promise<Error | undefined>((resolve) =>
    connection.addEventListener("close", ({ error }) => resolve(error)),
  );

/** Resolves when a socket has closed, whatever the reason. */
const gone = (socket: Socket) => new Promise((resolve) => socket.once("close", resolve));

async function bareTls(socket: Socket, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const { privateKey } = client;
  const secured = connectTls({
    ...(await createCertificate({ privateKey, nowMs: Date.now() })),
    ALPNProtocols: [MUXER.protocol],
    rejectUnauthorized: false,
    ...options,
    socket,
  });
  secured.on("error", () => undefined);
  return secured;
}

describe("rawTls", () => {
  const stock = tls();
  const ours = rawTls();
  const pairs: [string, PairInit][] = [
    ["itself", { from: ours, to: ours }],
    ["libp2p's own, which it dials", { from: ours, to: stock }],
    ["libp2p's own, which dials it", { from: stock, to: ours }],
  ];
  const negotiations: [string, SecureConnectionOptions][] = [
    ["settling the muxer", {}],
    ["leaving the muxer open", { skipStreamMuxerNegotiation: true }],
  ];
  for (const [whom, init] of pairs) {
    it.each(negotiations)(`speaks with ${whom}, %s`, async (_, options) => {
      await using pair = await securedPair({ ...init, options });
      const { near, far } = pair;
      expect(near.remotePeer.toString()).toBe(serverId.toString());
      expect(far.remotePeer.toString()).toBe(clientId.toString());
      if (options.skipStreamMuxerNegotiation !== true) {
        expect([near.streamMuxer, far.streamMuxer]).toEqual([MUXER, MUXER]);
      } else expect(near.streamMuxer).toBe(undefined);
      const received = [readAll(near.connection), readAll(far.connection)];
      const bytes = pattern(4 * MIB);
      await Promise.all([
        arrived(near.connection, bytes.length),
        arrived(far.connection, bytes.length),
        sendAll(near.connection, bytes),
        sendAll(far.connection, bytes),
      ]);
      // libp2p's own loses what it was given just before it is closed: it is not the one to close.
      const closes = init.to === stock ? near : far;
      closes.connection.send(Buffer.from("the end"));
      await Promise.all([gone(pair.nearTcp.socket), closes.connection.close()]);
      const [atNear, atFar] = await Promise.all(received);
      const whole = Buffer.concat([bytes, Buffer.from("the end")]);
      expect(atNear?.bytes.equals(closes === far ? whole : bytes)).toBe(true);
      expect(atFar?.bytes.equals(closes === near ? whole : bytes)).toBe(true);
      expect([atNear?.error, atFar?.error]).toEqual([undefined, undefined]);
    });
  }

  it("leaves a connection that is no TCP socket to libp2p's own", async () => {
    const [nearTcp, farTcp] = multiaddrConnectionPair();
    const [near, far] = await Promise.all([
      ours(client).secureOutbound(nearTcp),
      ours(server).secureInbound(farTcp),
    ]);
    expect(near.remotePeer.toString()).toBe(serverId.toString());
    far.connection.send(Buffer.from("over no socket"));
    const bytes = await new Promise((resolve) =>
      near.connection.addEventListener("message", ({ data }) => resolve(data.subarray())),
    );
    expect(Buffer.from(bytes as Uint8Array).toString()).toBe("over no socket");
    nearTcp.abort(new Error("over"));
    farTcp.abort(new Error("over"));
  });

  it("takes AES-128 though the client would rather have AES-256", async () => {
    await using listener = await listenTcp();
    const socket = await bareTls(listener.connect(), {
      ciphers: "TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256",
    });
    await ours(server).secureInbound(await listener.accepted());
    expect(socket.getCipher().standardName).toBe("TLS_AES_128_GCM_SHA256");
  });

  it("shows all connections the same certificate, and resumes no session", async () => {
    await using listener = await listenTcp();
    const encrypter = ours(server);
    const fingerprints = new Set<string>();
    let session: Buffer | undefined;
    for (let i = 0; i < 3; i++) {
      const socket = await bareTls(listener.connect(), session ? { session } : {});
      const heard = new Promise<Buffer>((resolve) => socket.once("session", resolve));
      const { connection } = await encrypter.secureInbound(await listener.accepted());
      expect(socket.isSessionReused()).toBe(false);
      fingerprints.add(socket.getPeerX509Certificate()?.fingerprint256 ?? "none");
      connection.send(Buffer.from("so that the client reads"));
      socket.resume();
      session = await heard;
    }
    expect(fingerprints.size).toBe(1);
  });

  it("reads a hello that came before it was asked to", async () => {
    await using listener = await listenTcp();
    const socket = await bareTls(listener.connect());
    const tcp = await listener.accepted();
    await readSomething(tcp);
    const { remotePeer } = await ours(server).secureInbound(tcp);
    expect(remotePeer.toString()).toBe(clientId.toString());
    socket.destroy();
  });

  it("takes nothing for data that came before the handshake in the clear", async () => {
    await using listener = await listenTcp();
    const socket = listener.connect();
    const over = gone(socket.resume());
    socket.write(Buffer.from("\0\0\0\x01\0\0\0\x01\0\0\0\0in the clear", "latin1"));
    const tcp = await listener.accepted();
    const heard = readAll(tcp);
    // Nobody listened when it came: it waits inside, as after the negotiation of protocols.
    await expect(ours(server).secureInbound(tcp)).rejects.toThrow();
    expect((await heard).bytes.length).toBe(0);
    await over;
  });

  it("lets nothing in before the other side has shown who it is", async () => {
    await using listener = await listenTcp();
    const { cert, key } = certificateOf({});
    const socket = await bareTls(listener.connect(), { cert, key });
    socket.write(pattern(1000));
    const tcp = await listener.accepted();
    const heard = readAll(tcp);
    await expect(ours(server).secureInbound(tcp)).rejects.toThrow("does not name one peer");
    expect((await heard).bytes.length).toBe(0);
  });
});

function certificateOf({ expired = false }: { expired?: boolean }) {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const [notBefore, notAfter] = [-2, expired ? -1 : 1].map((hours) =>
    generalizedTime(new Date(Date.now() + hours * 3_600_000)),
  ) as [string, string];
  return signCertificate({ keys, extensions: [], notBefore, notAfter });
}

/** Resolves when a connection that nobody listens to has read something. */
async function readSomething(connection: TcpConnection): Promise<void> {
  while (connection.readBufferLength === 0) await once(connection.socket, "data");
}

describe("rawTls refuses", () => {
  const cases: [string, () => Promise<ConnectionOptions>][] = [
    ["a client without a certificate", async () => ({ cert: undefined, key: undefined })],
    ["a client whose certificate names nobody", async () => certificateOf({})],
    ["a client whose certificate has expired", async () => certificateOf({ expired: true })],
    ["a client of TLS 1.2", async () => ({ maxVersion: "TLSv1.2" })],
    ["a client that speaks no muxer of ours, nor libp2p", async () => ({ ALPNProtocols: ["h2"] })],
  ];
  it.each(cases)("%s", async (_, options) => {
    await using listener = await listenTcp();
    const socket = await bareTls(listener.connect(), await options());
    const over = gone(socket);
    const tcp = await listener.accepted();
    await expect(rawTls()(server).secureInbound(tcp)).rejects.toThrow();
    expect(tcp.status).not.toBe("open");
    await over;
  });

  it.each([
    ["a peer that answers a call for another", "client"],
    ["a peer that calls as another", "server"],
  ])("%s", async (_, role) => {
    await using listener = await listenTcp();
    const [nearTcp, farTcp] = await Promise.all([listener.dial(), listener.accepted()]);
    const remotePeer = peerIdFromPrivateKey(stranger);
    const [near, far] = await Promise.allSettled([
      rawTls()(client).secureOutbound(nearTcp, role === "client" ? { remotePeer } : {}),
      rawTls()(server).secureInbound(farTcp, role === "server" ? { remotePeer } : {}),
    ]);
    const result = role === "client" ? near : far;
    expect(result).toMatchObject({ status: "rejected", reason: { name: "UnexpectedPeerError" } });
    const tcp = role === "client" ? nearTcp : farTcp;
    expect([tcp.status, tcp.socket.destroyed]).toEqual(["aborted", true]);
  });

  it("a server without a certificate that names it", async () => {
    await using listener = await listenTcp();
    const dialing = listener.dial();
    const { socket } = await listener.accepted();
    socket.pause().removeAllListeners("data");
    const bare = new TLSSocket(socket, {
      ...certificateOf({}),
      isServer: true,
      ALPNProtocols: [MUXER.protocol],
    });
    bare.on("error", () => undefined);
    const secured = rawTls()(client).secureOutbound(await dialing);
    await expect(secured).rejects.toThrow("does not name one peer");
  });

  it("a handshake that stalls, once its time is up", async () => {
    await using listener = await listenTcp();
    const silent = listener.connect().resume();
    const over = gone(silent);
    const tcp = await listener.accepted();
    const signal = AbortSignal.timeout(50);
    await expect(rawTls()(server).secureInbound(tcp, { signal })).rejects.toThrow("timeout");
    expect(tcp.status).toBe("aborted");
    await over;
  });

  it("a connection that was over before it began", async () => {
    await using listener = await listenTcp();
    const [tcp] = await Promise.all([listener.dial(), listener.accepted()]);
    tcp.abort(new Error("over"));
    await expect(rawTls()(client).secureOutbound(tcp)).rejects.toThrow("ended");
  });
});

describe("a connection of rawTls", () => {
  it("makes its sender wait while nobody reads, and goes on after", async () => {
    await using pair = await securedPair();
    const { near, far } = pair;
    far.connection.pause();
    const received = readAll(far.connection);
    const piece = pattern(64 * 1024);
    let sent = 0;
    while (near.connection.send(piece)) sent += piece.length;
    sent += piece.length;
    // What the kernels hold is beyond our sight; what we hold is not.
    for (let still = 0; still < 100; still++) await turn();
    expect(near.connection.writeBufferLength).toBeLessThan(UNSENT_BYTES_MAX);
    far.connection.resume();
    await near.connection.onDrain();
    await near.connection.close();
    expect((await received).bytes.length).toBe(sent);
  });

  it("is aborted when more waits than a peer that does not read may have", async () => {
    await using pair = await securedPair();
    const { near, far } = pair;
    far.connection.pause();
    const over = closed(near.connection);
    const pings = () => {
      for (let i = 0; i < 10_000 && near.connection.status === "open"; i++) {
        near.connection.send(Buffer.alloc(1200));
      }
    };
    while (near.connection.status === "open") {
      pings();
      await turn();
    }
    expect(await over).toMatchObject({ code: "closed" });
    expect(pair.nearTcp.socket.destroyed).toBe(true);
  });

  it.each(["abort", "reset by the transport"])("cut off ends with an error: %s", async (how) => {
    await using pair = await securedPair();
    const over = [closed(pair.near.connection), closed(pair.far.connection)];
    const error = new Error("enough");
    if (how === "abort") pair.near.connection.abort(error);
    else pair.nearTcp.abort(error);
    const [near, far] = await Promise.all(over);
    expect(near).toBe(error);
    expect(far).toBeInstanceOf(Error);
    expect(() => pair.near.connection.send(Buffer.of(1))).toThrow();
  });

  it("cut off sends what was sent before", async () => {
    await using pair = await securedPair();
    const received = readAll(pair.far.connection);
    pair.near.connection.send(Buffer.from("last words"));
    pair.nearTcp.abort(new Error("enough"));
    expect((await received).bytes.toString()).toBe("last words");
  });

  it("closes its socket though it is cut off while it is being closed", async () => {
    const before = openSockets();
    await using pair = await securedPair();
    const { near, far, nearTcp } = pair;
    far.connection.pause();
    far.connection.addEventListener("message", () => undefined);
    while (near.connection.send(pattern(MIB)));
    const over = gone(nearTcp.socket);
    const closing = near.connection.close().catch(() => undefined);
    // The end waits behind what the other side does not read.
    await turn();
    nearTcp.abort(new Error("enough"));
    await Promise.all([over, closing]);
    far.connection.abort(new Error("enough"));
    await until(() => openSockets() <= before);
  });

  it("survives being cut off at any moment, its handshake's among them", async () => {
    for (let moment = 0; moment < 60; moment++) {
      await using listener = await listenTcp();
      const [nearTcp, farTcp] = await Promise.all([listener.dial(), listener.accepted()]);
      const over = Promise.all([gone(nearTcp.socket), gone(farTcp.socket)]);
      const cut = () => [nearTcp, farTcp][moment % 2]?.abort(new Error("enough"));
      const secured = [
        rawTls()(client).secureOutbound(nearTcp),
        rawTls()(server).secureInbound(farTcp),
      ].map(async (securing) => {
        const { connection } = await securing;
        // Within the event that carries data, while the records after it are being read.
        connection.addEventListener("message", cut);
        connection.send(pattern(100_000));
      });
      for (let turns = 0; turns < moment; turns++) await turn();
      cut();
      await Promise.allSettled(secured);
      await over;
    }
  });
});

const openSockets = () =>
  process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn();
}
