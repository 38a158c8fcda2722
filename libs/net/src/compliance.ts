/** What every network must do, whatever carries it. Each implementation's tests run this. */
import { describe, expect, it } from "vitest";
import { GoliathError, hasCode, type PeerId } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import { identityFromSeed } from "./identity.ts";
import type { Network } from "./network.ts";

/** Two peers that know where to find each other. */
export interface NetworkPair extends AsyncDisposable {
  a: Network;
  b: Network;
}

const PROTOCOL = "/goliath/compliance/1.0.0";
const MIB = 1024 * 1024;
/** Bytes a sender may be ahead of a reader that stopped: windows and buffers of both sides. */
const AHEAD_BYTES_MAX = 16 * MIB;
/** Nobody's: no machine answers to it. */
const STRANGER = identityFromSeed(new Uint8Array(32).fill(0xee)).peerId;

export function describeNetwork(name: string, openPair: () => Promise<NetworkPair>): void {
  describe(`${name} complies`, () => {
    describeStreams(openPair);
    describeRefusals(openPair);
    describeEndings(openPair);
  });
}

function describeStreams(openPair: () => Promise<NetworkPair>): void {
  it("open gives a stream that names peer and protocol at both ends", async () => {
    await using pair = await openPair();
    const answered = Promise.withResolvers<ByteStream>();
    await pair.b.handle(PROTOCOL, async (stream) => answered.resolve(stream));
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    expect([stream.peer, stream.protocol]).toEqual([pair.b.peerId, PROTOCOL]);
    const other = await answered.promise;
    expect([other.peer, other.protocol]).toEqual([pair.a.peerId, PROTOCOL]);
  });

  it("a stream carries 10 MiB each way unchanged, past a reader that dawdles", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, async (stream) => {
      for await (const bytes of stream) {
        await turns(3);
        await stream.send(bytes);
      }
    });
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    const sent = pattern(10 * MIB);
    const [received] = await Promise.all([readAll(stream), sendAll(stream, sent)]);
    expect(received.equals(sent)).toBe(true);
  });

  it("send waits for a reader that does not read", async () => {
    await using pair = await openPair();
    const begin = Promise.withResolvers<void>();
    const received = Promise.withResolvers<Buffer>();
    await pair.b.handle(PROTOCOL, async (stream) => {
      await begin.promise;
      received.resolve(await readAll(stream));
    });
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    const total = 2 * AHEAD_BYTES_MAX;
    let ahead = 0;
    const piece = pattern(MIB);
    const sending = (async () => {
      for (; ahead < total; ahead += piece.length) await stream.send(piece);
      await stream.close();
    })();
    await unchanged(() => ahead);
    expect(ahead).toBeLessThan(AHEAD_BYTES_MAX);
    begin.resolve();
    await sending;
    const whole = Buffer.concat(Array.from({ length: total / piece.length }, () => piece));
    expect((await received.promise).equals(whole)).toBe(true);
  });

  it("close ends one side and leaves the other open", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, async (stream) => {
      const heard = await readAll(stream);
      await stream.send(Buffer.concat([Buffer.from("after the end: "), heard]));
    });
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    await stream.send(Buffer.from("one"));
    await stream.close();
    expect((await readAll(stream)).toString()).toBe("after the end: one");
    expect(await codeOf(stream.send(Buffer.from("two")))).toBe("closed");
  });

  it("open shares nothing between streams opened at once", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, echo, { inboundMax: 200 });
    const texts = Array.from({ length: 100 }, (_, i) => `stream ${i}`);
    const replies = texts.map(async (text) => {
      const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
      await stream.send(Buffer.from(text));
      await stream.close();
      return (await readAll(stream)).toString();
    });
    expect(await Promise.all(replies)).toEqual(texts);
  });

  it("handle answers in both directions of one connection", async () => {
    await using pair = await openPair();
    await pair.a.handle(PROTOCOL, echo);
    await pair.b.handle(PROTOCOL, echo);
    for (const [from, to] of [
      [pair.a, pair.b],
      [pair.b, pair.a],
    ] as const) {
      const stream = await from.open(to.peerId, PROTOCOL);
      await sendAll(stream, Buffer.from("both ways"));
      expect((await readAll(stream)).toString()).toBe("both ways");
    }
  });
}

function describeRefusals(openPair: () => Promise<NetworkPair>): void {
  it("open throws unsupported for a protocol nobody handles", async () => {
    await using pair = await openPair();
    expect(await codeOf(pair.a.open(pair.b.peerId, "/goliath/nothing/1.0.0"))).toBe("unsupported");
  });

  it("open throws unavailable for a peer that is nowhere", async () => {
    await using pair = await openPair();
    expect(await codeOf(pair.a.open(STRANGER, PROTOCOL))).toBe("unavailable");
  });

  it("open throws bad-request for what is no peer id, and for ourselves", async () => {
    await using pair = await openPair();
    const text = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N" as PeerId;
    expect(await codeOf(pair.a.open(text, PROTOCOL))).toBe("bad-request");
    expect(await codeOf(pair.a.open(pair.a.peerId, PROTOCOL))).toBe("bad-request");
  });

  it("open throws aborted when its signal is aborted", async () => {
    await using pair = await openPair();
    const signal = AbortSignal.abort();
    expect(await codeOf(pair.a.open(pair.b.peerId, PROTOCOL, { signal }))).toBe("aborted");
  });

  it("handle throws exists for a protocol that is handled", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, echo);
    expect(await codeOf(pair.b.handle(PROTOCOL, echo))).toBe("exists");
  });

  it("handle refuses streams beyond inboundMax and takes them again afterwards", async () => {
    await using pair = await openPair();
    let handled = 0;
    await pair.b.handle(
      PROTOCOL,
      async (stream) => {
        handled++;
        await echo(stream);
      },
      { inboundMax: 2 },
    );
    const first = await pair.a.open(pair.b.peerId, PROTOCOL);
    const second = await pair.a.open(pair.b.peerId, PROTOCOL);
    for (const stream of [first, second]) expect(await ask(stream, "in")).toBe("in");
    expect(await codeOf(refusedOpen(pair))).toBe("closed");
    expect(handled).toBe(2);
    await first.close();
    await readAll(first);
    await until(async () => (await codeOf(refusedOpen(pair))) === undefined);
    await second.close();
  });

  it("learn leaves out what is no address of the peer", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, echo);
    await pair.a.learn(pair.b.peerId, [
      "nonsense",
      "/ip4/1.2.3",
      `/ip4/127.0.0.1/tcp/1/p2p/${STRANGER}`,
    ]);
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    expect(await ask(stream, "still there")).toBe("still there");
  });

  it("addresses end in the peer's own id", async () => {
    await using pair = await openPair();
    expect(pair.a.addresses()).not.toEqual([]);
    for (const address of pair.a.addresses())
      expect(address).toMatch(new RegExp(`/p2p/${pair.a.peerId}$`));
  });
}

function describeEndings(openPair: () => Promise<NetworkPair>): void {
  it("abort is seen at the other side as closed, with nothing of its reason", async () => {
    await using pair = await openPair();
    const ended = Promise.withResolvers<unknown>();
    await pair.b.handle(PROTOCOL, async (stream) => {
      await readAll(stream).catch(ended.resolve);
    });
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    await stream.send(Buffer.from("half a mess"));
    stream.abort(new Error("changed my mind"));
    expect(hasCode(await ended.promise, "closed")).toBe(true);
    expect(await codeOf(readAll(stream))).toBe("closed");
    expect(await codeOf(stream.send(Buffer.from("age")))).toBe("closed");
  });

  it("a handler that throws resets its stream", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, async () => {
      throw new GoliathError("internal", "a fault of ours");
    });
    expect(await codeOf(refusedOpen(pair))).toBe("closed");
  });

  it("a handler that returns closes its stream after what it sent", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, async (stream) => stream.send(pattern(MIB)));
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    expect((await readAll(stream)).length).toBe(MIB);
  });

  it("disconnect ends the streams and is heard of at both sides", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, echo);
    const heard = [disconnected(pair.a), disconnected(pair.b)];
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    expect(await ask(stream, "here")).toBe("here");
    await pair.a.disconnect(pair.b.peerId);
    expect(await codeOf(readAll(stream))).toBe("closed");
    expect(await Promise.all(heard)).toEqual([pair.b.peerId, pair.a.peerId]);
    expect(await ask(await pair.a.open(pair.b.peerId, PROTOCOL), "again")).toBe("again");
  });

  it("a network that is disposed of cuts its streams: no clean end", async () => {
    await using pair = await openPair();
    await pair.b.handle(PROTOCOL, echo);
    const stream = await pair.a.open(pair.b.peerId, PROTOCOL);
    expect(await ask(stream, "here")).toBe("here");
    await pair.b[Symbol.asyncDispose]();
    expect(await codeOf(readAll(stream))).toBe("closed");
    expect(await codeOf(pair.a.open(pair.b.peerId, PROTOCOL))).toBe("unavailable");
  });
}

async function echo(stream: ByteStream): Promise<void> {
  for await (const bytes of stream) await stream.send(bytes);
}

async function readAll(stream: ByteStream): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const bytes of stream) parts.push(bytes.slice());
  return Buffer.concat(parts);
}

async function sendAll(stream: ByteStream, bytes: Buffer): Promise<void> {
  await stream.send(bytes);
  await stream.close();
}

/** Sends a text and returns the first bytes that come back, leaving the stream open. */
async function ask(stream: ByteStream, text: string): Promise<string> {
  await stream.send(Buffer.from(text));
  const { value } = await stream[Symbol.asyncIterator]().next();
  return Buffer.from((value as Uint8Array).slice()).toString();
}

async function refusedOpen({ a, b }: NetworkPair): Promise<void> {
  const stream = await a.open(b.peerId, PROTOCOL);
  await stream.close();
  await readAll(stream);
}

function disconnected(network: Network): Promise<PeerId> {
  return new Promise((resolve) => void network.onDisconnect(resolve));
}

/** The code a promise rejects with, undefined when it resolves. */
async function codeOf(promise: Promise<unknown>): Promise<string | undefined> {
  return promise.then(
    () => undefined,
    (error: unknown) => (error instanceof GoliathError ? error.code : `not ours: ${String(error)}`),
  );
}

function pattern(length: number): Buffer {
  return Buffer.alloc(length, "a pattern of no power of two's length, so that shifts are seen");
}

async function turns(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until a value has stayed the same over many turns of the event loop. */
async function unchanged(read: () => number): Promise<void> {
  for (let last = -1; last !== read();) {
    last = read();
    await turns(2000);
  }
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await turns(1);
}
