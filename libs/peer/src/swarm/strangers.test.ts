/** Who has no pass, or a wrong one, at a peer's door: it gets a number and nothing else. */
import { MemoryChunkStore } from "@goliath/chunks";
import { RateLimiter, silentLog } from "@goliath/kit";
import { CHUNKS_BOUNDS, CHUNKS_PROTOCOL, ChunksClient } from "@goliath/protocols/chunks";
import { digestOf, type ChunkId, type DriveId } from "@goliath/protocols/nouns";
import {
  encodeHello,
  greet,
  PASS_LIFETIME_MS,
  signCertificate,
  signInvite,
  signPass,
  type Hello,
  type Pass,
} from "@goliath/protocols/pass";
import { encodeFrame, FrameStream } from "@goliath/protocols/wire";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveChunksOn } from "./chunk-server.ts";
import {
  CHUNK_BYTES,
  chunkBytes,
  openSwarmWorld,
  testIdentity,
  type SwarmWorld,
} from "./testing/swarm-world.ts";

const DRIVE = testIdentity(1);
const INDEX = testIdentity(2);
const CALLER = testIdentity(100);
const OTHER = testIdentity(101);
const HELD = 7 as ChunkId;
const LACKING = 8 as ChunkId;

let world: SwarmWorld;
let caller: ReturnType<SwarmWorld["join"]>;

beforeEach(async () => {
  world = await openSwarmWorld();
  caller = world.join(CALLER);
  const chunks = new MemoryChunkStore();
  const bytes = chunkBytes(HELD);
  await chunks.write({ id: HELD, digest: digestOf(bytes), bytes });
  await serveChunksOn({
    network: world.network,
    admission: world.admission,
    chunks,
    clock: world.clock,
    log: silentLog,
    upload: new RateLimiter({ clock: world.clock }),
    chunkBytes: CHUNK_BYTES,
    onBytes: () => undefined,
  });
});
afterEach(() => world[Symbol.asyncDispose]());

/** The caller's pass, but for what is given. */
function passWith(changes: Partial<Pass> & { key?: typeof INDEX.key } = {}): Uint8Array {
  const { key = INDEX.key, ...rest } = changes;
  const issuedAt = world.clock.nowMs();
  const expiresAt = issuedAt + PASS_LIFETIME_MS;
  const { peerId: peer } = CALLER;
  return signPass({ drive: world.drive, peer, role: "reader", issuedAt, expiresAt, ...rest }, key);
}

const helloWith = (changes: Partial<Hello> = {}): Hello => ({
  drive: world.drive,
  name: "caller",
  pass: passWith(),
  certificate: world.certificate,
  ...changes,
});

const certificateOf = (generation: number, { drive = DRIVE, index = INDEX } = {}): Uint8Array =>
  signCertificate({ drive: world.drive, index: index.peerId, generation }, drive.key);

/** A want for this chunk, as the first bytes after a hello; all that comes back. */
async function heardBy(hello: Hello, id: ChunkId): Promise<string> {
  const stream = await caller.open(world.network.peerId, CHUNKS_PROTOCOL);
  await stream.send(Buffer.concat(encodeFrame(encodeHello(hello))));
  const frames = Buffer.concat(encodeFrame(Uint8Array.of(0x08, 1, 0x12, 2, 0x08, id)));
  await stream.send(frames).catch(() => undefined);
  await stream.close().catch(() => undefined);
  const heard: Uint8Array[] = [];
  for await (const bytes of stream) heard.push(bytes.subarray());
  return Buffer.concat(heard).toString("hex");
}

async function connect(hello = helloWith()): Promise<ChunksClient> {
  const stream = await caller.open(world.network.peerId, CHUNKS_PROTOCOL);
  const frames = new FrameStream(stream, CHUNKS_BOUNDS);
  await greet(frames, hello);
  return new ChunksClient(frames);
}

const WRONG: Record<string, () => Hello> = {
  "no pass": () => ({ drive: world.drive, name: "x" }),
  "no pass and a certificate": () => ({
    drive: world.drive,
    name: "x",
    certificate: world.certificate,
  }),
  "a pass signed by itself": () => helloWith({ pass: passWith({ key: CALLER.key }) }),
  "a pass and a certificate signed by itself": () =>
    helloWith({
      pass: passWith({ key: CALLER.key }),
      certificate: certificateOf(2, { drive: CALLER, index: CALLER }),
    }),
  "a pass signed by the drive key": () => helloWith({ pass: passWith({ key: DRIVE.key }) }),
  "a pass with one bit changed": () => {
    const pass = passWith();
    pass[20] = (pass[20] ?? 0) ^ 1;
    return helloWith({ pass });
  },
  "a pass with bytes behind it": () =>
    helloWith({ pass: Buffer.concat([passWith(), Uint8Array.of(0x18, 1)]) }),
  "a pass that has expired": () =>
    helloWith({ pass: passWith({ expiresAt: world.clock.nowMs() }) }),
  "a pass of another drive": () =>
    helloWith({ pass: passWith({ drive: OTHER.peerId as string as DriveId }) }),
  "another peer's pass": () => helloWith({ pass: passWith({ peer: OTHER.peerId }) }),
  "the answering peer's own pass": () =>
    helloWith({ pass: world.credentials.pass ?? new Uint8Array() }),
  "the pass of another drive for that drive": () => {
    const drive = OTHER.peerId as string as DriveId;
    const certificate = signCertificate({ drive, index: OTHER.peerId, generation: 1 }, OTHER.key);
    return { drive, name: "x", pass: passWith({ drive, key: OTHER.key }), certificate };
  },
  "a certificate of an index that was replaced": () => {
    const meeting = { index: INDEX.peerId, peer: world.network.peerId };
    world.credentials.admit({ certificate: certificateOf(2) }, meeting);
    return helloWith();
  },
  "a certificate in place of the pass": () => helloWith({ pass: world.certificate }),
  "a pass in place of the certificate": () => helloWith({ certificate: passWith() }),
  "an invite in place of the pass": () => {
    const invite = { id: "00".repeat(16), role: "admin" as const, expiresAt: 2 ** 50, uses: 9 };
    return helloWith({ pass: signInvite({ drive: world.drive, ...invite }, INDEX.key) });
  },
  "a pass, after its peer was revoked": () => {
    world.credentials.revoke([CALLER.peerId]);
    return helloWith();
  },
};

describe("a peer's door", () => {
  it.each(Object.entries(WRONG))("is closed to %s, whatever it asks for", async (_, hello) => {
    const shown = hello();
    const heard = await heardBy(shown, HELD);
    // One frame: a header of two bytes, field 1, status 10 (no-pass); no payload.
    expect(heard).toBe("0000000200000000080a");
    expect(await heardBy(shown, LACKING)).toBe(heard);
  });

  it("is open to a member, who sees what is there and what is not", async () => {
    const client = await connect();
    expect(Buffer.from(await client.read({ id: HELD })).equals(chunkBytes(HELD))).toBe(true);
    await expect(client.read({ id: LACKING })).rejects.toMatchObject({ code: "missing" });
  });

  it("takes a certificate of a newer index than it has met", async () => {
    const certificate = certificateOf(2, { index: OTHER });
    const client = await connect(helloWith({ certificate, pass: passWith({ key: OTHER.key }) }));
    expect(await client.has({ runs: [{ first: HELD, count: 1 }] })).toHaveLength(1);
  });
});

describe("a member at a peer", () => {
  it("writes nothing, and its guesses at digests tell it nothing", async () => {
    const client = await connect();
    const bytes = chunkBytes(HELD);
    for (const id of [HELD, LACKING]) {
      const pushed = client.push({ id, digest: digestOf(bytes), bytes });
      await expect(pushed).rejects.toMatchObject({ code: "forbidden" });
    }
    for (const root of [digestOf(bytes), digestOf(Buffer.alloc(1))]) {
      await expect(client.page({ root, pageIndex: 0 })).rejects.toMatchObject({ code: "missing" });
    }
    await expect(client.read({ id: LACKING })).rejects.toMatchObject({ code: "missing" });
  });

  it("is cut off when its pass expires, in the middle of a stream", async () => {
    const client = await connect();
    await world.clock.advance(PASS_LIFETIME_MS - 1);
    await client.read({ id: HELD });
    await world.clock.advance(1);
    await client.closed;
    await expect(client.read({ id: HELD })).rejects.toMatchObject({ code: "closed" });
    await expect(connect(helloWith())).resolves.toBeDefined();
  });

  it("has few streams here at a time", async () => {
    const clients = await Promise.allSettled(Array.from({ length: 8 }, () => connect()));
    expect(clients.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  });
});
