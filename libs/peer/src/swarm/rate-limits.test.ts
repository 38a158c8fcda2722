/** A peer's limits, at both ends: what it sends to all, and what it fetches from all. */
import { MemoryChunkStore } from "@goliath/chunks";
import { RateLimiter, silentLog } from "@goliath/kit";
import {
  CHUNKS_BOUNDS,
  CHUNKS_PROTOCOL,
  ChunksClient,
  serveChunks,
  type ChunksService,
} from "@goliath/protocols/chunks";
import { digestOf, GoliathError, type ChunkId } from "@goliath/protocols/nouns";
import { greet } from "@goliath/protocols/pass";
import { FrameStream } from "@goliath/protocols/wire";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { serveChunksOn } from "./chunk-server.ts";
import {
  CHUNK_BYTES,
  chunkBytes,
  needOf,
  openSwarmWorld,
  testIdentity,
  type SwarmWorld,
} from "./testing/swarm-world.ts";

/** A second for each chunk. */
const RATE = CHUNK_BYTES;
const SMALL = 9 as ChunkId;
const SMALL_BYTES = Buffer.from("a small file");

let world: SwarmWorld;
beforeEach(async () => {
  world = await openSwarmWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

async function serve(): Promise<number[]> {
  const sent: number[] = [];
  const chunks = new MemoryChunkStore();
  for (const id of [1, 2, 3] as ChunkId[]) {
    await chunks.write({ id, digest: digestOf(chunkBytes(id)), bytes: chunkBytes(id) });
  }
  await chunks.write({ id: SMALL, digest: digestOf(SMALL_BYTES), bytes: SMALL_BYTES });
  await serveChunksOn({
    network: world.network,
    admission: world.admission,
    chunks,
    upload: new RateLimiter({ clock: world.clock, rate: RATE }),
    chunkBytes: CHUNK_BYTES,
    clock: world.clock,
    log: silentLog,
    onBytes: (bytes) => void sent.push(bytes),
  });
  return sent;
}

async function connect(byte: number): Promise<ChunksClient> {
  const identity = testIdentity(byte);
  const stream = await world.join(identity).open(world.network.peerId, CHUNKS_PROTOCOL);
  const frames = new FrameStream(stream, CHUNKS_BOUNDS);
  await greet(frames, {
    drive: world.drive,
    name: "reader",
    pass: world.passOf(identity),
    certificate: world.certificate,
  });
  return new ChunksClient(frames);
}

/** What was answered and when, by the clock. */
function timed() {
  const answered: string[] = [];
  const note = (what: string, reading: Promise<unknown>) =>
    void reading.then(() => answered.push(`${what} at ${world.clock.monotonicMs()}`));
  return { answered, note };
}

describe("serveChunksOn", () => {
  it("sends no more than its limit, and takes turns among the peers that wait", async () => {
    await serve();
    const { answered, note } = timed();
    const [ann, bob] = [await connect(50), await connect(51)];
    for (const id of [1, 2, 3] as ChunkId[]) note(`ann's ${id}`, ann.read({ id }));
    await world.clock.advance(0);
    note("bob's 1", bob.read({ id: 1 as ChunkId }));
    await world.clock.advance(10_000);
    expect(answered).toEqual([
      "ann's 1 at 0",
      "ann's 2 at 1000",
      "bob's 1 at 2000",
      "ann's 3 at 3000",
    ]);
  });

  it("counts what it sent: parts, small files, and nothing for what it lacks", async () => {
    const sent = await serve();
    const client = await connect(50);
    for (let times = 0; times < 20; times++) {
      const reading = client.read({ id: SMALL });
      await world.clock.advance(100);
      expect(Buffer.from(await reading)).toEqual(SMALL_BYTES);
      const part = client.read({ id: 1 as ChunkId, offset: 5, length: 10 });
      await world.clock.advance(100);
      expect((await part).length).toBe(10);
      const lacking = client.read({ id: 77 as ChunkId });
      lacking.catch(() => undefined);
      await world.clock.advance(100);
      await expect(lacking).rejects.toMatchObject({ code: "missing" });
    }
    expect(new Set(sent)).toEqual(new Set([SMALL_BYTES.length, 10]));
  });

  it("lets go of the turn of a peer that has gone", async () => {
    await serve();
    const { answered, note } = timed();
    const [ann, bob] = [await connect(50), await connect(51)];
    note("ann's 1", ann.read({ id: 1 as ChunkId }));
    ann.read({ id: 2 as ChunkId }).catch(() => undefined);
    await world.clock.advance(0);
    note("bob's 1", bob.read({ id: 1 as ChunkId }));
    await world.clock.advance(0);
    ann.abort(new GoliathError("closed", "gone"));
    await world.clock.advance(10_000);
    expect(answered).toEqual(["ann's 1 at 0", "bob's 1 at 1000"]);
  });
});

describe("Swarm", () => {
  const refuse = (): never => {
    throw new GoliathError("missing", "not here");
  };
  const honest: ChunksService = {
    read: async ({ id }) => (id === 5 ? refuse() : chunkBytes(id)),
    has: async () => [],
    page: async () => refuse(),
    push: async () => refuse(),
  };

  it("fetches no more than its limit, and is not charged for what nobody gave", async () => {
    await world.holder((frames) => serveChunks(frames, honest));
    world.download.setRate(RATE);
    await world.clock.advance(1_000);
    const { answered, note } = timed();
    const failed = world.swarm.fetch(needOf(5));
    failed.catch(() => undefined);
    await world.clock.advance(200);
    await expect(failed).rejects.toMatchObject({ code: "no-holder" });
    const startMs = world.clock.monotonicMs();
    for (const id of [1, 2, 3]) note(String(id), world.swarm.fetch(needOf(id)));
    await world.clock.advance(10_000);
    expect(answered).toEqual([0, 1_000, 2_000].map((ms, at) => `${at + 1} at ${startMs + ms}`));
  });
});
