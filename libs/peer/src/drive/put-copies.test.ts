/** `put` with copies: the real index places them, the real wire carries them. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countIds } from "@goliath/chunks";
import { parsePath, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, until, type PeerWorld } from "../testing/peer-world.ts";

const FILE = parsePath("/file");
const CHUNKS = 24;
const BYTES = Buffer.alloc(CHUNKS * TEST_CHUNK_BYTES - 5, "0123456");
const NAMES = ["one", "two", "three"];
const { signal } = new AbortController();

let world: PeerWorld;
let alice: Peer;
beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
});
afterEach(() => world[Symbol.asyncDispose]());

async function* bytesOf(...parts: Uint8Array[]) {
  yield* parts;
}

const held = ({ chunks }: Peer): ChunkRun[] => chunks.runs(0 as ChunkId, 100);
const countHeld = (peer: Peer): number => countIds(held(peer));

function put(wish: { copies: number; minCopies: number }, { stop = signal } = {}) {
  return alice.writer.putStream({ path: FILE, bytes: bytesOf(BYTES), signal: stop, wish });
}

async function read(peer: Peer): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of peer.reader.read({ path: FILE })) parts.push(part);
  return Buffer.concat(parts);
}

const nothingStands = async (): Promise<void> =>
  expect((await alice.reader.resolve({ path: FILE })).entry).toBeUndefined();

/** Does something once, when the first commit has arrived at the index. */
function atFirstCommit(act: () => Promise<void>): void {
  const inspect = world.engine.inspect.bind(world.engine);
  world.engine.inspect = async (...args) => {
    world.engine.inspect = inspect;
    await act();
    return inspect(...args);
  };
}

describe("put with copies", () => {
  it("is at so many keepers and not here any more, and is read from there", async () => {
    const keepers = await world.keepers(NAMES);
    await put({ copies: 2, minCopies: 2 });
    expect(keepers.map(countHeld).toSorted((a, b) => a - b)).toEqual([0, CHUNKS, CHUNKS]);
    expect(held(alice)).toEqual([]);
    expect(BYTES.equals(await read(alice))).toBe(true);
    const [policy] = await alice.session.service.policies({ paths: [FILE] });
    expect(policy).toMatchObject({ copies: 2, from: { copies: FILE } });
    const { entry } = await alice.reader.resolve({ path: FILE });
    const runs = entry?.kind === "file" ? entry.extents : [];
    const reply = await alice.session.service.holders({ runs });
    expect(reply.runs.map(({ copies }) => copies)).toEqual([2]);
  });

  it("stays here too while fewer keepers than asked for have it", async () => {
    const keepers = await world.keepers(["one"]);
    await put({ copies: 2, minCopies: 1 });
    expect(keepers.map(countHeld)).toEqual([CHUNKS]);
    expect(countHeld(alice)).toBe(CHUNKS);
  });

  it("does not happen where fewer keepers than it must be at can take it", async () => {
    await world.keepers(["one"]);
    await expect(put({ copies: 2, minCopies: 2 })).rejects.toMatchObject({ code: "unavailable" });
    await nothingStands();
    expect(held(alice)).toEqual([]);
  });

  it("goes to another keeper in place of one that has no room for it", async () => {
    await world.keepers(["small"], 8 * TEST_CHUNK_BYTES);
    const [big] = await world.keepers(["big"]);
    await put({ copies: 1, minCopies: 1 });
    expect(big && countHeld(big)).toBe(CHUNKS);
  });

  it("goes to another keeper in place of one that dies while it is pushed to", async () => {
    const keepers = await world.keepers(NAMES);
    const died = Promise.withResolvers<void>();
    const stops: (() => void)[] = [];
    for (const [at, keeper] of keepers.entries()) {
      // The first to hold something is ended before it has all of it.
      const stop = keeper.chunks.onChange(() => {
        for (const unsubscribe of stops) unsubscribe();
        world.close(NAMES[at] ?? "").then(died.resolve, died.reject);
      });
      stops.push(stop);
    }
    await put({ copies: 2, minCopies: 2 });
    await died.promise;
    const alive = keepers.filter((keeper) => keeper.session.connected());
    expect(alive.map(countHeld)).toEqual([CHUNKS, CHUNKS]);
    expect(held(alice)).toEqual([]);
  });

  it("is committed with another keeper in place of one that died after it was pushed to", async () => {
    const keepers = await world.keepers(NAMES);
    let dead = "";
    atFirstCommit(async () => {
      dead = NAMES[keepers.findIndex((keeper) => countHeld(keeper) === CHUNKS)] ?? "";
      await world.close(dead);
    });
    await put({ copies: 2, minCopies: 2 });
    const alive = keepers.filter((_, at) => NAMES[at] !== dead);
    expect(alive.map(countHeld)).toEqual([CHUNKS, CHUNKS]);
    expect(BYTES.equals(await read(alice))).toBe(true);
  });

  it("goes on when the connection to the index is made anew on the way", async () => {
    const keepers = await world.keepers(NAMES);
    const [writer, index] = [world.idOf("alice"), world.idOf("index")];
    const { place } = alice.session.service;
    let asked = 0;
    alice.session.service.place = async (...args) => {
      if (++asked > 1) return place(...args);
      const placed = place(...args);
      world.network.partition(writer, index);
      world.network.heal(writer, index);
      return placed;
    };
    await put({ copies: 2, minCopies: 2 });
    expect(asked).toBeGreaterThan(1);
    expect(keepers.map(countHeld).filter((count) => count === CHUNKS)).toHaveLength(2);
  });

  it("leaves nothing here and sets nothing apart there when it is cancelled", async () => {
    const [keeper] = await world.keepers(["one"]);
    const stop = new AbortController();
    keeper?.chunks.onChange(() => stop.abort());
    await expect(put({ copies: 1, minCopies: 1 }, { stop: stop.signal })).rejects.toThrow();
    await nothingStands();
    expect(held(alice)).toEqual([]);
    // What came before is the index's to collect; the writer can begin anew at once.
    await put({ copies: 1, minCopies: 1 });
    expect(BYTES.equals(await read(alice))).toBe(true);
  });

  it("happens once, and stays at the keepers, when its answer was lost", async () => {
    const [keeper] = await world.keepers(["one"]);
    const commit = world.engine.commit.bind(world.engine);
    let commits = 0;
    world.engine.commit = async (...args) => {
      const reply = await commit(...args);
      if (++commits > 1) return reply;
      world.network.partition(world.idOf("alice"), world.idOf("index"));
      world.network.heal(world.idOf("alice"), world.idOf("index"));
      return reply;
    };
    const { revision } = await put({ copies: 1, minCopies: 1 });
    expect(commits).toBe(1);
    expect((await alice.reader.resolve({ path: FILE })).entry?.revision).toBe(revision);
    await until(() => keeper !== undefined && countHeld(keeper) === CHUNKS);
    expect(held(alice)).toEqual([]);
  });
});

describe("append with copies", () => {
  const append = (peer: Peer, text: string, wish = { copies: 2, minCopies: 2 }) =>
    peer.writer.append({ path: FILE, bytes: bytesOf(Buffer.from(text)), signal, wish });

  it("is at so many keepers each time, whoever appends, and at no writer", async () => {
    const keepers = await world.keepers(NAMES);
    const bob = await world.peer("bob");
    const texts = Array.from({ length: 6 }, (_, at) => `line ${at}\n`);
    const done = await Promise.all(texts.map((text, at) => append(at % 2 ? alice : bob, text)));
    const lines = done.map(({ offset }, at) => ({ offset, text: texts[at] ?? "" }));
    const ordered = lines.toSorted((a, b) => a.offset - b.offset).map(({ text }) => text);
    expect((await read(alice)).toString()).toBe(ordered.join(""));
    expect([held(alice), held(bob)]).toEqual([[], []]);
    expect(keepers.reduce((sum, keeper) => sum + countHeld(keeper), 0)).toBe(2 * texts.length);
    const [policy] = await alice.session.service.policies({ paths: [FILE] });
    expect(policy).toMatchObject({ copies: 2, from: { copies: FILE } });
  });

  it("does not happen where fewer keepers than it must be at can take it", async () => {
    await world.keepers(["one"]);
    await append(alice, "first", { copies: 1, minCopies: 1 });
    await expect(append(alice, "second")).rejects.toMatchObject({ code: "unavailable" });
    expect((await read(alice)).toString()).toBe("first");
    expect(held(alice)).toEqual([]);
  });
});
