import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath, type ChunkId } from "@goliath/protocols/nouns";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "./testing/peer-world.ts";

let world: PeerWorld;
beforeEach(async () => {
  world = await openPeerWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

const DATA = parsePath("/data");

describe("share and mirror", () => {
  it("brings a shared folder to another peer, byte for byte", async () => {
    const alice = await world.peer("alice");
    const bob = await world.peer("bob");
    const source = await world.path("source");
    await writeFile(join(source, "small.txt"), "hello");
    await writeFile(join(source, "empty"), "");
    await mkdir(join(source, "a/b"), { recursive: true });
    const big = Buffer.alloc(5 * TEST_CHUNK_BYTES + 7, "x1y2z3");
    await writeFile(join(source, "a/b/big.bin"), big);
    await alice.shares.share({ local: source, path: DATA });
    const status = await bob.mirrors.mirror({ path: DATA, local: await world.path("target") });
    expect(status).toMatchObject({ state: "complete", files: 3, missingFiles: 0 });
    expect(await readFile(join(world.folder, "target/small.txt"), "utf8")).toBe("hello");
    expect(await readFile(join(world.folder, "target/empty"))).toHaveLength(0);
    expect(big.equals(await readFile(join(world.folder, "target/a/b/big.bin")))).toBe(true);
  });
});

describe("a peer whose registry of placed files is lost", () => {
  it("serves again what it shares and what it mirrors, publishing and fetching nothing", async () => {
    const source = await world.path("source");
    const big = Buffer.alloc(5 * TEST_CHUNK_BYTES + 7, "x1y2z3");
    await writeFile(join(source, "small"), "hello");
    await writeFile(join(source, "big"), big);
    const alice = await world.peer("alice");
    await alice.shares.share({ local: source, path: DATA });
    const bob = await world.peer("bob");
    await bob.mirrors.mirror({ path: DATA, local: await world.path("target") });
    const { revision } = await alice.reader.stat({ path: DATA });
    for (const name of ["alice", "bob"]) {
      await world.close(name);
      for (const end of ["", "-wal", "-shm"])
        await rm(join(world.folder, name, `chunks.db${end}`), { force: true });
    }
    for (const name of ["alice", "bob"]) {
      const peer = await world.peer(name);
      const runs = () => peer.chunks.runs(0 as ChunkId, 100);
      const held = () => runs().reduce((sum, { count }) => sum + count, 0);
      await expect.poll(held, { timeout: 20_000 }).toBe(7);
      const { revision: now, entry } = await peer.reader.stat({ path: parsePath("/data/big") });
      expect(now).toBe(revision);
      expect(peer.chunks.held(entry.kind === "file" ? entry.extents : [])).toMatchObject([
        { count: 6 },
      ]);
      expect(peer.traffic.status().downBytes).toBe(0);
      await world.close(name);
    }
  });
});
