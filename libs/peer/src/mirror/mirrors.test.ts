import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
const CHUNKS = 32;
const BYTES = CHUNKS * TEST_CHUNK_BYTES;

let world: PeerWorld;
let alice: Peer;
let bob: Peer;
let target: string;
beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  bob = await world.peer("bob");
  const source = await world.path("source");
  target = await world.path("target");
  await writeFile(join(source, "big"), Buffer.alloc(BYTES, "0123456"));
  await alice.shares.share({ local: source, path: DATA });
});
afterEach(() => world[Symbol.asyncDispose]());

describe("Mirrors.mirror", () => {
  it("says how much of a file has come while it is on its way", async () => {
    const conditions = { latencyMs: 0, jitterMs: 0, bytesPerMs: BYTES / 3_000 };
    world.network.shape({ from: alice.peerId, to: bob.peerId }, conditions);
    const missing: number[] = [];
    await bob.mirrors.mirror({
      path: DATA,
      local: target,
      onProgress: ({ bytes, missingBytes }) => bytes > 0 && missing.push(missingBytes),
    });
    const underWay = missing.filter((bytes) => bytes > 0 && bytes < BYTES);
    expect(underWay.length).toBeGreaterThan(0);
    expect(missing).toEqual(missing.toSorted((a, b) => b - a));
  });

  it("goes by the name that its directory has now", async () => {
    await bob.mirrors.mirror({ path: DATA, local: target });
    const { signal } = new AbortController();
    const renamed = parsePath("/renamed");
    await alice.shares.unshare({ path: DATA });
    await alice.writer.move({ from: DATA, to: renamed, signal });
    await bob.mirrors.nameAnew();
    expect(bob.mirrors.list()).toMatchObject([{ path: renamed, local: target }]);
    // The same directory under its new name is the mirror that is there.
    await bob.mirrors.mirror({ path: renamed, local: target });
    await bob.mirrors.unmirror({ path: renamed });
    expect(bob.mirrors.list()).toEqual([]);
  });

  it("refuses a folder that mirrors another path, and leaves it following that", async () => {
    await bob.mirrors.mirror({ path: DATA, local: target });
    await alice.writer.mkdir(parsePath("/other"), new AbortController().signal);
    const other = bob.mirrors.mirror({ path: parsePath("/other"), local: target });
    await expect(other).rejects.toMatchObject({ code: "exists" });
    expect(bob.mirrors.list()).toMatchObject([{ path: DATA, local: target, state: "complete" }]);
  });
});
