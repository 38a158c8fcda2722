/** Generations: what a restored index begins with. */
import { CHUNK_COUNTER_BITS, firstChunkId } from "@goliath/protocols/nouns";
import type { DirId, LeaseId } from "@goliath/protocols/nouns";
import type { StoreTransaction } from "../store/index-store.ts";
import { mergeRuns } from "./merge-runs.ts";

/** Leases ended in one go, so that memory stays bounded. */
const LEASES_AT_ONCE = 1024;

/**
 * After a restore from a backup: ids that the lost time gave away must not be given again, so all
 * counters move to a part of their range that no earlier generation reached. Ids that it may have
 * given away or committed are in quarantine from now on: what peers hold of them is not dropped.
 * Returns the generation.
 */
export async function beginGeneration(
  transaction: StoreTransaction,
  _request: object,
): Promise<number> {
  for (;;) {
    const ended = await transaction.expired(Number.MAX_SAFE_INTEGER, LEASES_AT_ONCE);
    if (ended.length === 0) break;
    const leases = await transaction.leases(ended);
    const quarantined = mergeRuns(leases.flatMap((lease) => lease ?? []));
    await transaction.apply({ ended, quarantined });
  }
  const head = await transaction.head();
  const generation = head.generation + 1;
  const start = firstChunkId(generation);
  const above = generation * 2 ** CHUNK_COUNTER_BITS;
  await transaction.apply({
    quarantined: [{ first: head.nextChunk, count: start - head.nextChunk }],
    head: {
      ...head,
      generation,
      nextChunk: start,
      nextDir: above as DirId,
      nextLease: above as LeaseId,
    },
  });
  return generation;
}
