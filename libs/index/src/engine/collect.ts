/**
 * Giving chunks up. What the caller found unused at a revision is looked at once more, together
 * with what commits since then use, and what is left is made impossible to name in the same
 * transaction: its digests go, and with them ends every lease that might still bring them back.
 * From then on no commit can use these ids, so that their holders may be told to drop them.
 */
import { RUNS_MAX } from "@goliath/protocols/index/service";
import { DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, LeaseId, Revision } from "@goliath/protocols/nouns";
import type { LeaseRow, Segment, StoreReader, StoreTransaction } from "../store/index-store.ts";
import {
  COLLECT_IDS_MAX,
  COLLECT_LEASES_MAX,
  COLLECT_NAMES_MAX,
  COLLECT_SEGMENTS_MAX,
} from "./bounds.ts";
import type { Context } from "./context.ts";
import type { CollectReply, CollectRequest } from "./engine.ts";
import { mergeRuns } from "./merge-runs.ts";
import { storedSegments } from "./segments.ts";
import { intersectRuns, subtractRuns } from "./subtract-runs.ts";
import { changedRows, runsOf } from "./usage.ts";

export async function collect(
  transaction: StoreTransaction,
  { runs, since }: CollectRequest,
  { nowMs }: Context,
): Promise<CollectReply> {
  if (runs.length > RUNS_MAX) throw new GoliathError("too-large", `at most ${RUNS_MAX} runs`);
  const { unused, left } = firstOf(
    subtractRuns(mergeRuns(runs), await usedSince(transaction, since)),
  );
  const { segments, rest: unread } = await segmentsOf(transaction, unused);
  const { leases, rest: unseen } = await leasesOf(transaction, unused);
  const rest = mergeRuns([...left, ...unread, ...unseen]);
  const leased = mergeRuns(leases.filter((lease) => lease.expiresAtMs > nowMs));
  const given = subtractRuns(subtractRuns(unused, rest), leased);
  const collected = await knownAs(transaction, given, segments);
  const ended = leases.filter((lease) => intersectRuns(collected, [lease]).length > 0);
  await transaction.apply({
    recut: cutOut(segments, collected),
    ended: ended.map(({ lease }): LeaseId => lease),
  });
  return { collected, left: rest };
}

/** What the rows that commits made or ended since a revision use. Throws `reset`, `busy`. */
async function usedSince(reader: StoreReader, since: Revision): Promise<ChunkRun[]> {
  const after = { revision: since, part: Number.MAX_SAFE_INTEGER };
  const { rows, last } = await changedRows(reader, { since, after, names: COLLECT_NAMES_MAX });
  if (!last) return mergeRuns(runsOf(rows));
  throw new GoliathError("busy", "too much was committed since: find out what that uses first");
}

/** As many ids as one call looks at. */
function firstOf(runs: readonly ChunkRun[]): { unused: ChunkRun[]; left: ChunkRun[] } {
  const unused: ChunkRun[] = [];
  const left: ChunkRun[] = [];
  let room = COLLECT_IDS_MAX;
  for (const { first, count } of runs) {
    const now = Math.min(count, room);
    room -= now;
    if (now > 0) unused.push({ first, count: now });
    if (now < count) left.push({ first: (first + now) as ChunkId, count: count - now });
  }
  return { unused, left };
}

/** The committed segments that overlap runs, and the ids that were not looked at. */
async function segmentsOf(
  reader: StoreReader,
  runs: readonly ChunkRun[],
): Promise<{ segments: Segment[]; rest: ChunkRun[] }> {
  const found = new Map<ChunkId, Segment>();
  const rest: ChunkRun[] = [];
  for (const run of runs) {
    const room = COLLECT_SEGMENTS_MAX - found.size;
    const segments = room > 0 ? await reader.segments(run, room) : [];
    for (const segment of segments) found.set(segment.first, segment);
    const last = segments.at(-1);
    if (segments.length === room) rest.push(...behind(run, last && runOf(last)));
  }
  return { segments: [...found.values()], rest };
}

/** The part of a run behind the last that was read of what overlaps it; all when nothing was. */
function behind(run: ChunkRun, last: ChunkRun | undefined): ChunkRun[] {
  const read = { first: 0 as ChunkId, count: last ? last.first + last.count : 0 };
  return subtractRuns([run], [read]);
}

async function leasesOf(
  reader: StoreReader,
  runs: readonly ChunkRun[],
): Promise<{ leases: LeaseRow[]; rest: ChunkRun[] }> {
  const found = new Map<LeaseId, LeaseRow>();
  const rest: ChunkRun[] = [];
  for (const run of runs) {
    const room = COLLECT_LEASES_MAX - found.size;
    const leases = room > 0 ? await reader.leasesIn(run, room) : [];
    for (const lease of leases) found.set(lease.lease, lease);
    if (leases.length === room) rest.push(...behind(run, leases.at(-1)));
  }
  return { leases: [...found.values()], rest };
}

/**
 * The ids that this history of the drive knows all about: those with a digest, and those it gave
 * away itself. What another history may have committed is left alone, as is what was never given.
 */
async function knownAs(
  reader: StoreReader,
  runs: readonly ChunkRun[],
  segments: readonly Segment[],
): Promise<ChunkRun[]> {
  const { nextChunk } = await reader.head();
  const never = { first: nextChunk, count: Number.MAX_SAFE_INTEGER - nextChunk };
  const foreign = mergeRuns([...(await reader.quarantine()), never]);
  const digests = mergeRuns(segments.map(runOf));
  return mergeRuns([...subtractRuns(runs, foreign), ...intersectRuns(runs, digests)]);
}

function cutOut(
  segments: readonly Segment[],
  collected: readonly ChunkRun[],
): { remove: ChunkId[]; add: Segment[] } {
  const remove: ChunkId[] = [];
  const add: Segment[] = [];
  for (const segment of segments) {
    const whole = [runOf(segment)];
    const left = subtractRuns(whole, collected);
    if (left[0]?.count === whole[0]?.count) continue;
    remove.push(segment.first);
    const parts = left.map(({ first, count }) => {
      const start = (first - segment.first) * DIGEST_BYTES;
      return { first, sums: segment.sums.slice(start, start + count * DIGEST_BYTES) };
    });
    add.push(...storedSegments(parts));
  }
  return { remove, add };
}

function runOf({ first, sums }: Segment): ChunkRun {
  return { first, count: sums.length / DIGEST_BYTES };
}
