import { describe } from "vitest";
import type { DriveId } from "@goliath/protocols/nouns";
import { testAgainstModel } from "./engine-model.ts";
import { openMemoryIndexEngine } from "./open-memory-engine.ts";
import { CHUNK_BYTES } from "./testing/test-writer.ts";

const open = () =>
  openMemoryIndexEngine({
    drive: "drive" as DriveId,
    clock: { nowMs: () => 1_000_000 },
    chunkBytes: CHUNK_BYTES,
  });

describe("openMemoryIndexEngine", () => {
  testAgainstModel("the engine in memory", { open, runs: 200, timeoutMs: 120_000 });
});
