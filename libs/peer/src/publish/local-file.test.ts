import { hashFile, stampOf, type PlacedChunks, type PlacedFile } from "@goliath/chunks";
import { SimulatedDisk } from "@goliath/kit/simulated-disk";
import { digestOf, DIGEST_BYTES, type ChunkId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { FileHasher } from "./local-file.ts";

const K = 4096;
const LOCAL = "/folder/log";

async function hasherOver(pieces: number[]) {
  const machine = new SimulatedDisk({ clock: { nowMs: () => 1 }, random: () => 0 });
  machine.makeDirectory("/folder");
  const parts = pieces.map((length, i) => Buffer.alloc(length, `piece ${i};`));
  machine.write(LOCAL, Buffer.concat(parts));
  const disk = machine.process();
  const extents = pieces.map((bytes, i) => ({ first: (10 * i) as ChunkId, count: 1, bytes }));
  const stamp = stampOf(await disk.lstat(LOCAL, { bigint: true }));
  const sums = Buffer.concat(parts.map((part) => digestOf(part)));
  const file: PlacedFile = { path: LOCAL, stamp, extents, sums };
  const placed = { placed: () => file } as unknown as PlacedChunks;
  return { disk, sums, hasher: new FileHasher({ disk, placed }) };
}

describe("FileHasher", () => {
  const options = { chunkBytes: K, signal: new AbortController().signal };

  it("takes the digests of a placed file that is cut as it would cut it", async () => {
    const { sums, hasher } = await hasherOver([K, K, 20]);
    expect((await hasher.hash(LOCAL, { ...options, size: 2 * K })).sums).toBe(sums);
  });

  it("cuts a mirrored journal anew", async () => {
    const { disk, hasher } = await hasherOver([20, K, 20]);
    const hashed = await hasher.hash(LOCAL, { ...options, size: 2 * K });
    expect(hashed.sums).toHaveLength(2 * DIGEST_BYTES);
    expect(hashed).toEqual(await hashFile({ disk, path: LOCAL, ...options }));
  });
});
