/** What the suites of the engine need to open one. */
import type { DriveId } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../engine.ts";
import type { IndexEngineInit } from "../open-memory-engine.ts";
import { CHUNK_BYTES } from "./test-writer.ts";

/** A clock that tests move. */
export class TestClock {
  now = 1_000_000;
  /** Running time goes apart from it. */
  ran = 0;
  nowMs(): number {
    return this.now;
  }
  monotonicMs(): number {
    return this.ran;
  }
}

export const LEASE_MS = 60_000;

export function engineInit(clock = new TestClock()): Required<IndexEngineInit> {
  return { drive: "drive" as DriveId, clock, chunkBytes: CHUNK_BYTES, leaseMs: LEASE_MS };
}

export interface EngineUnderTest {
  /** Opens an empty drive. */
  open: (init: IndexEngineInit) => Promise<IndexEngine>;
}
