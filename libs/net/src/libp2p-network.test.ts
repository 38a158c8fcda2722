import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { generateKeyPair } from "@libp2p/crypto/keys";
import { identify } from "@libp2p/identify";
import { noise } from "@libp2p/noise";
import { tcp } from "@libp2p/tcp";
import { yamux } from "@libp2p/yamux";
import { multiaddr } from "@multiformats/multiaddr";
import { createLibp2p } from "libp2p";
import { describe, expect, it } from "vitest";
import { systemClock } from "@goliath/kit";
import { hasCode, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import { describeNetwork } from "./compliance.ts";
import { identityFromSeed } from "./identity.ts";
import {
  ADDRESSES_LEARNED_MAX,
  LOOKUP_TIMEOUT_MS,
  openLibp2pNetwork,
  type Libp2pNetworkInit,
} from "./libp2p-network.ts";
import { libp2pOptions, SOCKET_IDLE_PINGS, WINDOW_BYTES_MAX } from "./libp2p-options.ts";
import { Libp2pByteStream } from "./libp2p-stream.ts";
import { Liveness, SILENT_TICKS_MAX } from "./liveness.ts";
import type { Network } from "./network.ts";
import { PENDING_PER_ADDRESS_MAX } from "./pending-inbound.ts";

const PROTOCOL = "/goliath/test/1.0.0";
/** What libp2p gives an inbound connection to show who it is. */
const HANDSHAKE_MS = 10_000;
const LOOPBACK = ["/ip4/127.0.0.1/tcp/0"];

const identityOf = (seed: number) => identityFromSeed(new Uint8Array(32).fill(seed));

const open = (seed: number, init: Partial<Libp2pNetworkInit> = {}): Promise<Network> =>
  openLibp2pNetwork({
    identity: identityOf(seed),
    listen: LOOPBACK,
    mdns: false,
    dht: false,
    ...init,
  });

async function echo(stream: ByteStream): Promise<void> {
  for await (const bytes of stream) await stream.send(bytes);
}

async function ask(stream: ByteStream, text: string): Promise<string> {
  await stream.send(Buffer.from(text));
  const { value } = await stream[Symbol.asyncIterator]().next();
  return Buffer.from((value as Uint8Array).slice()).toString();
}

/** Tries until it works: for what becomes possible in a while, or is slow on a busy machine. */
async function openEventually(network: Network, peer: PeerId): Promise<ByteStream> {
  for (;;) {
    try {
      return await network.open(peer, PROTOCOL);
    } catch (error) {
      if (!hasCode(error, "unavailable")) throw error;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}

function portOf(network: Network): number {
  return Number(network.addresses()[0]?.match(/tcp\/(\d+)/)?.[1]);
}

/** Forwards TCP to a port, until frozen: then nothing passes and nobody is told. */
async function openProxy(port: number) {
  const sockets = new Set<Socket>();
  let chunks = 0;
  let frozen = false;
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on("error", () => undefined);
      from.on("close", () => to.destroy());
      from.on("data", (bytes) => {
        if (frozen) return;
        to.write(bytes);
        server.emit("chunk", ++chunks);
      });
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `/ip4/127.0.0.1/tcp/${(server.address() as AddressInfo).port}`,
    freeze: () => (frozen = true),
    /** Resolves when so many more pieces have passed. */
    passed: async (count: number) => {
      const last = chunks + count;
      for (let passed = 0; passed < last;) [passed] = await once(server, "chunk");
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describeNetwork("openLibp2pNetwork", async () => {
  const [a, b] = await Promise.all([open(1), open(2)]);
  await a.learn(b.peerId, b.addresses());
  await b.learn(a.peerId, a.addresses());
  return {
    a,
    b,
    [Symbol.asyncDispose]: async () => {
      await a[Symbol.asyncDispose]();
      await b[Symbol.asyncDispose]();
    },
  };
});

describe("openLibp2pNetwork", () => {
  it("negotiates TLS and yamux with its like, on one connection for parallel opens", async () => {
    await using b = await open(2);
    await b.handle(PROTOCOL, echo);
    const liveness = new Liveness({ clock: systemClock });
    const addresses = { listen: [], announce: [] };
    const choices = { ...addresses, identity: identityOf(1), mdns: false, dht: false, liveness };
    const node = await createLibp2p(libp2pOptions(choices));
    try {
      const address = multiaddr(b.addresses()[0]);
      const dials = await Promise.all([1, 2, 3].map(() => node.dialProtocol(address, PROTOCOL)));
      expect(dials).toHaveLength(3);
      const connections = node.getConnections();
      expect(connections.map(({ encryption }) => encryption)).toEqual(["/tls/1.0.0"]);
      expect(connections[0]?.multiplexer).toBe("/yamux/1.0.0");
    } finally {
      await node.stop();
    }
  });

  it("speaks noise with a peer that offers nothing else", async () => {
    await using b = await open(2);
    await b.handle(PROTOCOL, echo);
    const node = await createLibp2p({
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
      services: { identify: identify() },
    });
    try {
      const stream = await node.dialProtocol(multiaddr(b.addresses()[0]), PROTOCOL);
      expect(node.getConnections()[0]?.encryption).toBe("/noise");
      expect(await ask(new Libp2pByteStream(stream, b.peerId), "by noise")).toBe("by noise");
    } finally {
      await node.stop();
    }
  });

  it("keeps an idle stream beyond the socket's inactivity timeout", async () => {
    await using a = await open(1, { pingIntervalMs: 100 });
    await using b = await open(2, { pingIntervalMs: 100 });
    await using proxy = await openProxy(portOf(b));
    await b.handle(PROTOCOL, echo);
    await a.learn(b.peerId, [proxy.address]);
    const stream = await openEventually(a, b.peerId);
    expect(await ask(stream, "first")).toBe("first");
    // Two pings and two answers an interval: twice the timeout, in pings.
    await proxy.passed(2 * 4 * SOCKET_IDLE_PINGS);
    expect(await ask(stream, "after a long silence")).toBe("after a long silence");
  });

  it("ends the streams of a connection that fell silent, at both sides", async () => {
    const pingIntervalMs = 100;
    await using a = await open(1, { pingIntervalMs });
    await using b = await open(2, { pingIntervalMs });
    await using proxy = await openProxy(portOf(b));
    const answered = Promise.withResolvers<unknown>();
    await b.handle(PROTOCOL, (stream) => echo(stream).catch(answered.resolve));
    await a.learn(b.peerId, [proxy.address]);
    const stream = await openEventually(a, b.peerId);
    expect(await ask(stream, "alive")).toBe("alive");
    const lost = [a, b].map((network) => new Promise((done) => network.onDisconnect(done)));
    const startedMs = performance.now();
    proxy.freeze();
    await expect(ask(stream, "anybody?")).rejects.toMatchObject({ code: "closed" });
    expect(performance.now() - startedMs).toBeGreaterThan((SILENT_TICKS_MAX - 1) * pingIntervalMs);
    expect(await answered.promise).toMatchObject({ code: "closed" });
    expect(await Promise.all(lost)).toEqual([b.peerId, a.peerId]);
  });

  it("drops a peer that announces a frame longer than any window", async () => {
    await using b = await open(2);
    const announcing = (size: number) => () => {
      const factory = yamux()();
      const createStreamMuxer: typeof factory.createStreamMuxer = (connection) => {
        const muxer = factory.createStreamMuxer(connection);
        const header = Buffer.alloc(12);
        header.writeUInt32BE(size, 8);
        connection.send(header);
        return muxer;
      };
      return { protocol: factory.protocol, createStreamMuxer };
    };
    const node = await createLibp2p({
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [announcing(WINDOW_BYTES_MAX + 1)],
    });
    try {
      const connection = await node.dial(multiaddr(b.addresses()[0]));
      await new Promise((resolve) => connection.addEventListener("close", resolve));
    } finally {
      await node.stop();
    }
  });

  it("survives garbage at its port", async () => {
    await using a = await open(1);
    await using b = await open(2);
    await b.handle(PROTOCOL, echo);
    const hello = Buffer.from("\x13/multistream/1.0.0\n\x0b/tls/1.0.0\n", "latin1");
    const noisy = Buffer.alloc(4096, "no handshake at all");
    for (const bytes of [noisy, Buffer.concat([hello, noisy]), hello.subarray(0, 5)]) {
      const socket = connect(portOf(b), "127.0.0.1");
      socket.on("error", () => undefined);
      await once(socket, "connect");
      const gone = new Promise((resolve) => socket.once("close", resolve));
      socket.resume().end(bytes);
      await gone;
    }
    await a.learn(b.peerId, b.addresses());
    expect(await ask(await a.open(b.peerId, PROTOCOL), "well")).toBe("well");
  });

  it("reaches a peer by its newest addresses after thousands of false ones", async () => {
    await using a = await open(1);
    await using b = await open(2);
    await b.handle(PROTOCOL, echo);
    // Nobody listens there: each is refused at once.
    const falseOnes = Array.from({ length: 2000 }, (_, i) => `/ip4/127.0.0.1/tcp/${i + 1}`);
    for (let at = 0; at < falseOnes.length; at += ADDRESSES_LEARNED_MAX) {
      await a.learn(b.peerId, falseOnes.slice(at, at + ADDRESSES_LEARNED_MAX));
    }
    await a.learn(b.peerId, b.addresses());
    expect(await ask(await a.open(b.peerId, PROTOCOL), "well")).toBe("well");
  });

  it("closes at once what an address opens beyond its share without a word", async () => {
    await using a = await open(1);
    await using b = await open(2);
    await b.handle(PROTOCOL, echo);
    const sockets = Array.from({ length: 2 * PENDING_PER_ADDRESS_MAX }, () => {
      const socket = connect({ port: portOf(b), host: "127.0.0.1" });
      socket.on("error", () => undefined);
      return { socket, gone: new Promise((resolve) => socket.once("close", resolve)) };
    });
    // What is beyond its share is closed at once, the rest when the time for a handshake is up.
    let refused = 0;
    const startedMs = performance.now();
    await new Promise<void>((resolve) => {
      for (const { gone } of sockets) {
        void gone.then(() => ++refused === PENDING_PER_ADDRESS_MAX && resolve());
      }
    });
    expect(performance.now() - startedMs).toBeLessThan(HANDSHAKE_MS);
    for (const { socket } of sockets) socket.destroy();
    await a.learn(b.peerId, b.addresses());
    expect(await ask(await openEventually(a, b.peerId), "well")).toBe("well");
  });

  it("learns a peer's addresses from the peer itself once it has called", async () => {
    await using a = await open(1);
    await using b = await open(2);
    await a.handle(PROTOCOL, echo);
    await b.handle(PROTOCOL, echo);
    await a.learn(b.peerId, b.addresses());
    expect(await ask(await a.open(b.peerId, PROTOCOL), "call")).toBe("call");
    expect(await ask(await openEventually(b, a.peerId), "found")).toBe("found");
    await b.disconnect(a.peerId);
    expect(await ask(await openEventually(b, a.peerId), "found")).toBe("found");
  });

  it("finds a peer by its id through a third one", async () => {
    await using third = await open(3, { dht: true });
    const bootstrap = third.addresses();
    await using a = await open(1, { dht: true, bootstrap });
    await using b = await open(2, { dht: true, bootstrap });
    await b.handle(PROTOCOL, echo);
    expect(await ask(await openEventually(a, b.peerId), "found")).toBe("found");
  });

  it("says at once that a peer is nowhere when there is nobody to ask", async () => {
    await using a = await open(1, { dht: true });
    const startedMs = performance.now();
    const opening = a.open(identityOf(9).peerId, PROTOCOL);
    await expect(opening).rejects.toMatchObject({ code: "unavailable" });
    expect(performance.now() - startedMs).toBeLessThan(LOOKUP_TIMEOUT_MS);
  });

  it("resolves 0.0.0.0 to the addresses of its interfaces", async () => {
    await using a = await open(1, { listen: ["/ip4/0.0.0.0/tcp/0"] });
    expect(a.addresses().length).toBeGreaterThan(0);
    for (const address of a.addresses()) expect(address).not.toContain("/0.0.0.0/");
  });

  it("throws unavailable where it cannot listen", async () => {
    await using a = await open(1);
    const listen = [`/ip4/127.0.0.1/tcp/${portOf(a)}`];
    await expect(open(2, { listen })).rejects.toMatchObject({ code: "unavailable" });
  });

  it("refuses a peer whose id is no Ed25519 key", async () => {
    await using b = await open(2);
    await b.handle(PROTOCOL, echo);
    const node = await createLibp2p({
      privateKey: await generateKeyPair("secp256k1"),
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
    });
    try {
      const address = multiaddr(b.addresses()[0]);
      const asked = node
        .dialProtocol(address, PROTOCOL)
        .then((stream) => ask(new Libp2pByteStream(stream, b.peerId), "me too"));
      await expect(asked).rejects.toThrow();
    } finally {
      await node.stop();
    }
  });
});
