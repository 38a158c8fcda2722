/** Digests kept as segments of consecutive ids, sorted and without overlaps. */
import { DIGEST_BYTES } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import type { Segment } from "../store/index-store.ts";

/** Digests in a stored segment: 120 fit one page of the store with its row's head. */
const SEGMENT_CHUNKS = 120;
/** Inside a large file a segment is as long as a page of the manifest. */
const LONG_SEGMENT_CHUNKS = 1024;

/** The digests of a run, without copying where one segment has them all; undefined at a gap. */
export function sumsWithin(
  segments: readonly Segment[],
  { first, count }: ChunkRun,
): Uint8Array | undefined {
  let sums: Uint8Array | undefined;
  let done = 0;
  for (let index = lastUpTo(segments, first); done < count; index++) {
    const segment = segments[index];
    const skip = segment ? (first + done - segment.first) * DIGEST_BYTES : -1;
    if (!segment || skip < 0 || skip >= segment.sums.length) return undefined;
    const part = segment.sums.subarray(skip, skip + (count - done) * DIGEST_BYTES);
    if (part.length === count * DIGEST_BYTES) return part;
    sums ??= new Uint8Array(count * DIGEST_BYTES);
    sums.set(part, done * DIGEST_BYTES);
    done += part.length / DIGEST_BYTES;
  }
  return sums;
}

/** The index of the last segment that begins at `id` or before; 0 when none does. */
function lastUpTo(segments: readonly Segment[], id: ChunkId): number {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle] as Segment).first <= id) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

/** Cuts segments to the length in which they are stored. */
export function* storedSegments(segments: Iterable<Segment>): Generator<Segment> {
  for (const { first, sums } of segments) {
    const count = sums.length / DIGEST_BYTES;
    const step = count >= LONG_SEGMENT_CHUNKS ? LONG_SEGMENT_CHUNKS : SEGMENT_CHUNKS;
    for (let i = 0; i < count; i += step) {
      const part = sums.subarray(i * DIGEST_BYTES, (i + step) * DIGEST_BYTES);
      yield { first: (first + i) as ChunkId, sums: part };
    }
  }
}
