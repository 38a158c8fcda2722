import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemDisk } from "@goliath/kit";
import { digestOf, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PartialChunks } from "./partial-chunks.ts";
import { PartialFile } from "./partial-file.ts";

const CHUNK_BYTES = 4096;
const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });
const chunk = (byte: number): Buffer => Buffer.alloc(CHUNK_BYTES, byte);

let folder: string;
let file: PartialFile;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "goliath-partial-"));
  // Six chunks in two extents, the later one with the lower ids.
  file = new PartialFile({
    disk: systemDisk,
    path: join(folder, "file.part"),
    extents: [
      { ...run(100, 4), bytes: 4 * CHUNK_BYTES },
      { ...run(10, 2), bytes: 2 * CHUNK_BYTES },
    ],
    sums: Buffer.concat([0, 1, 2, 3, 4, 5].map((byte) => digestOf(chunk(byte)))),
    chunkBytes: CHUNK_BYTES,
    mode: 0o644,
  });
  await file.open();
});
afterEach(async () => {
  await file.close();
  await rm(folder, { recursive: true });
});

describe("PartialChunks", () => {
  it("tells what of some runs it holds", async () => {
    const chunks = new PartialChunks();
    chunks.add(file);
    for (const span of file.missing()) {
      if (span.index !== 2) await file.write(span, chunk(span.index));
    }
    expect(chunks.held([run(0, 1000)])).toEqual([run(10, 2), run(100, 2), run(103, 1)]);
    expect(chunks.held([run(101, 2), run(11, 1), run(11, 1)])).toEqual([run(11, 1), run(101, 1)]);
    expect(chunks.held([run(12, 88)])).toEqual([]);
  });

  it("answers a question about all ids there are at once", async () => {
    const chunks = new PartialChunks();
    expect(chunks.held([run(0, Number.MAX_SAFE_INTEGER)])).toEqual([]);
    chunks.add(file);
    for (const span of file.missing()) await file.write(span, chunk(span.index));
    const everything = Array.from({ length: 1024 }, () => run(0, Number.MAX_SAFE_INTEGER));
    expect(chunks.held(everything)).toEqual([run(10, 2), run(100, 4)]);
  });
});
