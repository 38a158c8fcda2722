import { readFile, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath, type ChunkId } from "@goliath/protocols/nouns";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";

let world: PeerWorld;
beforeEach(async () => {
  world = await openPeerWorld();
});
afterEach(() => world[Symbol.asyncDispose]());

describe("checkFolder", () => {
  it("brings back a removed file that somebody asked for since", async () => {
    const alice = await world.peer("alice");
    const bob = await world.peer("bob");
    const source = await world.path("source");
    await writeFile(join(source, "file"), "what is mirrored");
    await alice.shares.share({ local: source, path: parsePath("/data") });
    const target = { path: parsePath("/data"), local: await world.path("target") };
    await bob.mirrors.mirror(target);
    await unlink(join(target.local, "file"));
    const [run] = bob.chunks.runs(0 as ChunkId, 1);
    await expect(bob.chunks.read(run?.first ?? (0 as ChunkId))).rejects.toThrow();
    await world.close("bob");
    await (await world.peer("bob")).mirrors.mirror(target);
    expect(await readFile(join(target.local, "file"), "utf8")).toBe("what is mirrored");
  });
});
