/**
 * Chunks that the disk could not read. A fault says nothing about the bytes: a cable, a hub or a
 * network disk comes back, and what was given up at the first fault might be the only copy there
 * is. So a chunk counts as lost only when reading it failed again and again, for long.
 */
import type { Clock } from "@goliath/kit";
import type { ChunkId } from "@goliath/protocols/nouns";

/** Reads of a chunk that fail in a row before it is given up. */
export const FAULTS_MIN = 4;
/** Milliseconds between the first and the last of them: a disk that was pulled out is back by then. */
export const FAULTS_MS_MIN = 10 * 60_000;
/** Chunks remembered; of the others the count begins anew. About 100 bytes each. */
const CHUNKS_MAX = 10_000;

export class ReadFaults {
  readonly #clock: Clock;
  readonly #faults = new Map<ChunkId, { count: number; sinceMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes a fault; true when the chunk is to be given up. */
  failed(id: ChunkId): boolean {
    const nowMs = this.#clock.monotonicMs();
    const fault = this.#faults.get(id) ?? { count: 0, sinceMs: nowMs };
    fault.count++;
    this.#faults.set(id, fault);
    const isLost = fault.count >= FAULTS_MIN && nowMs - fault.sinceMs >= FAULTS_MS_MIN;
    const [oldest] = this.#faults.keys();
    if (isLost) this.#faults.delete(id);
    else if (this.#faults.size > CHUNKS_MAX && oldest !== undefined) this.#faults.delete(oldest);
    return isLost;
  }

  worked(id: ChunkId): void {
    this.#faults.delete(id);
  }
}
