/** The engine over a store in memory. */
import type { Clock } from "@goliath/kit";
import { CHUNK_BYTES_DEFAULT } from "@goliath/protocols/nouns";
import type { DriveId } from "@goliath/protocols/nouns";
import { MemoryIndexStore } from "../store/memory-index-store.ts";
import { LEASE_MS_DEFAULT } from "./bounds.ts";
import type { IndexEngine } from "./engine.ts";
import { createIndexEngine } from "./index-engine.ts";
import { LocalRunner } from "./local-runner.ts";

export interface IndexEngineInit {
  drive: DriveId;
  clock: Pick<Clock, "nowMs">;
  /** K, fixed when the drive is made. */
  chunkBytes?: number;
  leaseMs?: number;
}

/** An index that ends with its process: deterministic, in this thread, without timers. */
export async function openMemoryIndexEngine(init: IndexEngineInit): Promise<IndexEngine> {
  const { drive, clock, chunkBytes = CHUNK_BYTES_DEFAULT, leaseMs = LEASE_MS_DEFAULT } = init;
  const store = new MemoryIndexStore({ drive, chunkBytes });
  return createIndexEngine(new LocalRunner({ store, clock, leaseMs }));
}
