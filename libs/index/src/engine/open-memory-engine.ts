/** The engine over a store in memory. */
import type { Clock } from "@goliath/kit";
import { CHUNK_BYTES_DEFAULT } from "@goliath/protocols/nouns";
import type { DriveId } from "@goliath/protocols/nouns";
import type { IndexStore } from "../store/index-store.ts";
import { MemoryIndexStore } from "../store/memory-index-store.ts";
import { LEASE_MS_DEFAULT } from "./bounds.ts";
import type { IndexEngine } from "./engine.ts";
import { createIndexEngine } from "./index-engine.ts";
import { LocalRunner } from "./local-runner.ts";

export interface IndexEngineInit {
  drive: DriveId;
  clock: Pick<Clock, "nowMs" | "monotonicMs">;
  /** K, fixed when the drive is made. */
  chunkBytes?: number;
  leaseMs?: number;
}

/** An index that ends with its process: deterministic, in this thread, without timers. */
export async function openMemoryIndexEngine(init: IndexEngineInit): Promise<IndexEngine> {
  const { drive, clock, chunkBytes = CHUNK_BYTES_DEFAULT, leaseMs = LEASE_MS_DEFAULT } = init;
  return openStoreIndexEngine({
    store: new MemoryIndexStore({ drive, chunkBytes }),
    clock,
    leaseMs,
  });
}

export interface StoreIndexEngineInit extends Pick<IndexEngineInit, "clock" | "leaseMs"> {
  /** Disposed of with the engine. */
  store: IndexStore;
  /** Whether the store came back from a backup: a new generation of ids begins. */
  restored?: boolean;
}

/** An index over any store, in this thread. */
export async function openStoreIndexEngine(init: StoreIndexEngineInit): Promise<IndexEngine> {
  const { store, clock, leaseMs = LEASE_MS_DEFAULT, restored = false } = init;
  const runner = new LocalRunner({ store, clock, leaseMs });
  if (restored) await runner.write("beginGeneration", {});
  return createIndexEngine(runner);
}
