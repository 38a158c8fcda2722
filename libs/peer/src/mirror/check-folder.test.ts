import {
  mkdir,
  readdir,
  readFile,
  rename,
  rmdir,
  unlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath, type ChunkId } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, until, type PeerWorld } from "../testing/peer-world.ts";

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

describe("a mirror whose disk was away while its file was asked for", () => {
  let bob: Peer;
  let source: string;
  let target: string;
  let away: string;

  beforeEach(async () => {
    const alice = await world.peer("alice");
    bob = await world.peer("bob");
    source = await world.path("source");
    target = await world.path("target");
    away = `${target}-away`;
    await writeFile(join(source, "file"), "what is mirrored");
    await writeFile(join(source, "stays"), "so that half is not deleted at once");
    await alice.shares.share({ local: source, path: parsePath("/data") });
    await bob.mirrors.mirror({ path: parsePath("/data"), local: target });
    // The mount point is there, and empty.
    await rename(target, away);
    await mkdir(target);
    for (const id of [1, 2]) await expect(bob.chunks.read(id as ChunkId)).rejects.toThrow();
    expect(bob.chunks.runs(0 as ChunkId, 1)).toEqual([]);
    await world.close("bob");
  });

  const isBack = async (names: string[]): Promise<void> => {
    await rmdir(target);
    await rename(away, target);
    bob = await world.peer("bob");
    await until(async () => {
      const there = (await readdir(target)).filter((name) => name !== ".goliath").toSorted();
      return bob.mirrors.list()[0]?.state === "complete" && there.join() === names.join();
    });
  };

  it("serves the file again", async () => {
    await isBack(["file", "stays"]);
    expect(bob.chunks.runs(0 as ChunkId, 1)).toEqual([{ first: 1, count: 2 }]);
  });

  it("takes it away where the drive did", async () => {
    await unlink(join(source, "file"));
    await isBack(["stays"]);
  });

  it("replaces it as the drive did", async () => {
    await writeFile(join(source, "file"), "what replaces it");
    await writeFile(join(source, "other"), "another");
    await isBack(["file", "other", "stays"]);
    expect(await readFile(join(target, "file"), "utf8")).toBe("what replaces it");
  });

  it("knows it by its bytes when its times were lost as well", async () => {
    await utimes(join(away, "file"), 1, 1);
    await rename(join(source, "file"), join(source, "renamed"));
    await isBack(["renamed", "stays"]);
  });

  it("leaves it to its user who wrote to it", async () => {
    await writeFile(join(away, "file"), "what the user is");
    await unlink(join(source, "file"));
    await isBack(["file", "stays"]);
    expect(await readFile(join(target, "file"), "utf8")).toBe("what the user is");
  });
});
