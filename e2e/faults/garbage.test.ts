/**
 * Garbage and floods at the ports of a real index and a real peer: on TCP before anything, within
 * TLS, in every protocol before the handshake and after it. An honest client works throughout; the
 * processes live, and take no more memory than they may.
 */
import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { openIdentity, openLibp2pNetwork, type Network } from "@goliath/net";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL } from "@goliath/protocols/chunks";
import { FEED_BOUNDS, FEED_PROTOCOL } from "@goliath/protocols/feed";
import { HOLDINGS_BOUNDS, HOLDINGS_PROTOCOL } from "@goliath/protocols/holdings";
import { INDEX_BOUNDS, INDEX_PROTOCOL } from "@goliath/protocols/index";
import type { PeerId } from "@goliath/protocols/nouns";
import { greet, parseLink, type Welcome } from "@goliath/protocols/pass";
import { encodeFrame, FrameStream, type FrameBounds } from "@goliath/protocols/wire";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../sim/random.ts";
import type { Daemon } from "../world/daemon.ts";
import { openWorld, type World } from "../world/world.ts";

/** Printed with a failure; one that failed is kept here. */
const SEED = process.env["GOLIATH_SEED"] ?? "garbage-1";
const random = seededRandom(SEED);

/** Another address of this machine, so that the honest client does not share the attacker's. */
const ATTACKER = "127.0.0.2";
/** Connections that never say a word, far beyond what one address may have. */
const HALF_OPEN = 400;
/** Bytes one flood tries to send. */
const FLOOD_BYTES = 16 * 1024 * 1024;
/** What one process may have grown by at the end: all its bounds for one liar, and the collector. */
const GROWTH_MIB_MAX = 200;

let world: World;
let owner: Daemon;
let reader: Daemon;
let before: Map<Daemon, number>;

beforeAll(async () => {
  world = await openWorld("garbage");
  owner = await world.join("owner");
  reader = await world.join("reader", { role: "reader" });
  await mkdir(world.path("shared"));
  await writeFile(world.path("shared", "file"), "honest");
  await owner.call("share", { local: world.path("shared"), path: "/shared" });
  await works();
  before = new Map();
  for (const daemon of [world.index, owner]) before.set(daemon, await residentMiB(daemon));
});
afterAll(() => world[Symbol.asyncDispose]());

const targets = (): [name: string, daemon: Daemon][] => [
  ["index", world.index],
  ["peer", owner],
];

/** An honest client reads names from the index and bytes from the peer. */
async function works(): Promise<void> {
  expect((await reader.bytes("cat", { path: "/shared/file" })).toString()).toBe("honest");
}

async function residentMiB(daemon: Daemon): Promise<number> {
  const status = await readFile(`/proc/${daemon.pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/u.exec(status)?.[1]) / 1024;
}

function portOf(daemon: Daemon): number {
  return Number(/\/tcp\/(\d+)/u.exec(daemon.ready?.listen[0] ?? "")?.[1]);
}

function dial(daemon: Daemon): Socket {
  const socket = connect({ port: portOf(daemon), host: "127.0.0.1", localAddress: ATTACKER });
  socket.on("error", () => undefined);
  socket.resume();
  return socket;
}

/** Resolves once the other side has hung up, or all was said. */
async function say(socket: Socket, parts: Iterable<Uint8Array>): Promise<void> {
  const gone = new Promise<void>((resolve) => socket.once("close", () => resolve()));
  for (const part of parts) {
    if (socket.destroyed) break;
    if (!socket.write(part))
      await Promise.race([new Promise((go) => socket.once("drain", go)), gone]);
  }
  socket.end();
  await Promise.race([gone, new Promise<void>((go) => socket.once("finish", () => go()))]);
  socket.destroy();
}

function* flood(piece: Uint8Array): Generator<Uint8Array> {
  for (let sent = 0; sent < FLOOD_BYTES; sent += piece.length) yield piece;
}

/** A line of multistream-select: its length, the text, a line feed. */
const line = (text: string): Buffer => Buffer.from([text.length + 1, ...Buffer.from(`${text}\n`)]);
const MULTISTREAM = line("/multistream/1.0.0");

const BEFORE_ANYTHING: Record<string, () => Iterable<Uint8Array>> = {
  noise: () => [random.bytes(4096)],
  "a flood of noise": () => flood(random.bytes(64 * 1024)),
  "a flood of zeros": () => flood(Buffer.alloc(64 * 1024)),
  "a line of protocol names without end": () =>
    flood(Buffer.concat([Buffer.of(0xff, 0xff, 0xff, 0xff, 0x7f), Buffer.alloc(60_000, "a")])),
  "protocols it never chooses": () => [
    MULTISTREAM,
    ...Array.from({ length: 500 }, () => line("/none/1.0.0")),
  ],
  "noise where TLS begins": () => [MULTISTREAM, line("/tls/1.0.0"), random.bytes(4096)],
  "a flood where TLS begins": () =>
    (function* () {
      yield Buffer.concat([MULTISTREAM, line("/tls/1.0.0")]);
      yield* flood(random.bytes(64 * 1024));
    })(),
  "noise where noise begins": () => [MULTISTREAM, line("/noise"), random.bytes(4096)],
  "the longest noise message, over and over": () =>
    (function* () {
      yield Buffer.concat([MULTISTREAM, line("/noise")]);
      yield* flood(Buffer.alloc(64 * 1024, 0xff));
    })(),
};

describe("garbage at a port", () => {
  it.each(Object.entries(BEFORE_ANYTHING))("survives %s", async (_, parts) => {
    await Promise.all(targets().map(([, daemon]) => say(dial(daemon), parts())));
    await works();
  });

  it("survives TLS of somebody without a peer's certificate", async () => {
    for (const [, daemon] of targets()) {
      const socket = dial(daemon);
      await once(socket, "connect");
      socket.write(Buffer.concat([MULTISTREAM, line("/tls/1.0.0")]));
      const tls = connectTls({ socket, rejectUnauthorized: false, ALPNProtocols: ["libp2p"] });
      const over = new Promise((resolve) => tls.once("close", resolve));
      tls.on("error", () => undefined);
      tls.write(random.bytes(1000));
      await over;
    }
    await works();
  });

  it("serves others while hundreds of connections say nothing", async () => {
    const silent = targets().flatMap(([, daemon]) =>
      Array.from({ length: HALF_OPEN }, () => dial(daemon)),
    );
    try {
      await new Promise<void>((refused) => {
        for (const socket of silent) socket.once("close", () => refused());
      });
      await works();
      // A newcomer gets in as well: it connects, joins and reads.
      const newcomer = await world.join("newcomer", { role: "reader" });
      expect((await newcomer.bytes("cat", { path: "/shared/file" })).toString()).toBe("honest");
      await newcomer.stop();
    } finally {
      for (const socket of silent) socket.destroy();
    }
  });
});

const PROTOCOLS: [name: string, protocol: string, bounds: FrameBounds][] = [
  ["index", INDEX_PROTOCOL, INDEX_BOUNDS],
  ["feed", FEED_PROTOCOL, FEED_BOUNDS],
  ["holdings", HOLDINGS_PROTOCOL, HOLDINGS_BOUNDS],
  ["chunks", CHUNKS_PROTOCOL, CHUNKS_BOUNDS],
];

/** A frame's prefix, whatever follows it. */
function prefix(headerBytes: number, payloadBytes: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(headerBytes, 0);
  bytes.writeUInt32BE(payloadBytes, 4);
  return bytes;
}

/** What one stream says, in the protocol's frames or out of them. */
function* garbage({ headerBytesMax, payloadBytesMax }: FrameBounds): Generator<Uint8Array[]> {
  yield [random.bytes(1000)];
  yield [prefix(0xffffffff, 0xffffffff)];
  yield [prefix(headerBytesMax, payloadBytesMax), random.bytes(100)];
  yield encodeFrame(new Uint8Array(), new Uint8Array());
  // Groups nested until a decoder's stack ends.
  yield encodeFrame(Buffer.alloc(4000, 0x0b));
  for (let i = 0; i < 20; i++) yield encodeFrame(random.bytes(random.int(200)));
  // A call of an unknown method, then the same number again.
  const unknown = Buffer.concat(encodeFrame(Uint8Array.of(0x08, 1, 0xfa, 0x7f, 0)));
  yield [unknown, unknown];
  yield Array.from({ length: 2000 }, () => unknown);
}

/** Somebody on the network with a key of its own. */
async function openAttacker(name: string): Promise<Network> {
  const identity = await openIdentity(world.path(`${name}.key`));
  const network = await openLibp2pNetwork({ identity, listen: [], mdns: false, dht: false });
  for (const [, { ready }] of targets()) {
    await network.learn(ready?.peerId as PeerId, ready?.listen ?? []);
  }
  return network;
}

/** Opens a stream, lets `begin` begin it, says all of it and hangs up. */
async function spoil(
  network: Network,
  { peer, protocol }: { peer: PeerId; protocol: string },
  { parts, begin }: { parts: Uint8Array[]; begin?: (frames: FrameStream) => Promise<unknown> },
): Promise<void> {
  const stream = await network.open(peer, protocol);
  try {
    await begin?.(new FrameStream(stream, INDEX_BOUNDS));
    for (const part of parts) await stream.send(part);
    await stream.close();
  } catch {
    // It was cut off, as it should be.
  } finally {
    stream.abort(new Error("enough"));
  }
}

const answers = (daemon: Daemon, protocol: string): boolean =>
  (daemon.role === "peer") === (protocol === CHUNKS_PROTOCOL);

describe("garbage in a protocol", () => {
  it.each(PROTOCOLS)("survives it before the handshake of %s", async (_, protocol, bounds) => {
    await using attacker = await openAttacker("stranger");
    for (const [, daemon] of targets().filter(([, one]) => answers(one, protocol))) {
      const peer = daemon.ready?.peerId as PeerId;
      for (const parts of garbage(bounds)) await spoil(attacker, { peer, protocol }, { parts });
    }
    await works();
  });

  it.each(PROTOCOLS)("survives a member's in %s", async (name, protocol, bounds) => {
    await using attacker = await openAttacker(`member-${name}`);
    const link = parseLink(await world.invite("reader"));
    const joined = await join(attacker, link);
    const hello = { drive: link.drive, name: "m", ...joined };
    for (const [, daemon] of targets().filter(([, one]) => answers(one, protocol))) {
      const peer = daemon.ready?.peerId as PeerId;
      for (const parts of garbage(bounds)) {
        const begin = (frames: FrameStream) => greet(frames, hello);
        await spoil(attacker, { peer, protocol }, { parts, begin });
      }
    }
    await works();
  });

  it("survives streams by the hundred that say nothing", async () => {
    await using attacker = await openAttacker("silent");
    for (const [, daemon] of targets()) {
      const peer = daemon.ready?.peerId as PeerId;
      const protocol = daemon.role === "peer" ? CHUNKS_PROTOCOL : INDEX_PROTOCOL;
      const opened = await Promise.allSettled(
        Array.from({ length: 300 }, () => attacker.open(peer, protocol)),
      );
      await works();
      for (const one of opened)
        if (one.status === "fulfilled") one.value.abort(new Error("enough"));
    }
  });
});

async function join(
  network: Network,
  link: ReturnType<typeof parseLink>,
): Promise<Required<Welcome>> {
  const frames = new FrameStream(await network.open(link.index, INDEX_PROTOCOL), INDEX_BOUNDS);
  const { invite = new Uint8Array() } = link;
  const { pass, certificate } = await greet(frames, { drive: link.drive, name: "m", invite });
  await frames.close();
  return { pass: pass ?? new Uint8Array(), certificate: certificate ?? new Uint8Array() };
}

describe("after all of it", () => {
  it.each(["index", "peer"])("the %s has little more memory than before", async (name) => {
    const daemon = name === "index" ? world.index : owner;
    const grown = (await residentMiB(daemon)) - (before.get(daemon) ?? 0);
    expect(grown, `seed ${SEED}`).toBeLessThan(GROWTH_MIB_MAX);
    await works();
  });
});
