import { describe, expect, it } from "vitest";
import {
  BLOCK_CHUNKS,
  blockOf,
  CHUNK_COUNTER_BITS,
  firstChunkId,
  GENERATION_MAX,
  parseChunkId,
  parseDirId,
  parseLeaseId,
  parseRevision,
  type ChunkId,
} from "./ids.ts";

const refused = expect.objectContaining({ code: "bad-request" });

describe.each([
  ["parseChunkId", parseChunkId],
  ["parseRevision", parseRevision],
  ["parseDirId", parseDirId],
  ["parseLeaseId", parseLeaseId],
])("%s", (_, parse) => {
  it.each([0, 1, 2 ** 40, Number.MAX_SAFE_INTEGER])("takes %i", (value) => {
    expect(parse(value)).toBe(value);
  });

  it.each([-1, 0.5, 2 ** 53, NaN, Infinity, "1", 1n, null, undefined])("refuses %s", (value) => {
    expect(() => parse(value)).toThrow(refused);
  });
});

describe("chunk ids", () => {
  it("firstChunkId puts the generation above the counter, below 2^53 to the last", () => {
    expect(firstChunkId(0)).toBe(0);
    expect(firstChunkId(3)).toBe(3 * 2 ** CHUNK_COUNTER_BITS);
    const last = firstChunkId(GENERATION_MAX) + 2 ** CHUNK_COUNTER_BITS - 1;
    expect(last).toBe(Number.MAX_SAFE_INTEGER);
  });

  it.each([-1, 0.5, GENERATION_MAX + 1, NaN])(
    "firstChunkId refuses generation %d",
    (generation) => {
      expect(() => firstChunkId(generation)).toThrow(refused);
    },
  );

  it.each([
    [0, 0],
    [BLOCK_CHUNKS - 1, 0],
    [BLOCK_CHUNKS, 1],
    [Number.MAX_SAFE_INTEGER, 2 ** 43 - 1],
  ])("blockOf %i is %i", (id, block) => {
    expect(blockOf(id as ChunkId)).toBe(block);
  });

  it("a generation begins a block", () => {
    expect(firstChunkId(5) % BLOCK_CHUNKS).toBe(0);
  });
});
