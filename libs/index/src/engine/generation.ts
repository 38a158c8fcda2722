/** Generations: what a restored index begins with. */
import { CHUNK_COUNTER_BITS, firstChunkId } from "@goliath/protocols/nouns";
import type { DirId, LeaseId } from "@goliath/protocols/nouns";
import type { StoreTransaction } from "../store/index-store.ts";

/** Leases ended in one go, so that memory stays bounded. */
const LEASES_AT_ONCE = 1024;

/**
 * After a restore from a backup: ids that the lost time gave away must not be given again, so all
 * counters move to a part of their range that no earlier generation reached. Returns the generation.
 */
export async function beginGeneration(
  transaction: StoreTransaction,
  _request: object,
): Promise<number> {
  for (;;) {
    const ended = await transaction.expired(Number.MAX_SAFE_INTEGER, LEASES_AT_ONCE);
    if (ended.length === 0) break;
    await transaction.apply({ ended });
  }
  const head = await transaction.head();
  const generation = head.generation + 1;
  const above = generation * 2 ** CHUNK_COUNTER_BITS;
  await transaction.apply({
    head: {
      ...head,
      generation,
      nextChunk: firstChunkId(generation),
      nextDir: above as DirId,
      nextLease: above as LeaseId,
    },
  });
  return generation;
}
