/**
 * The chunks a commit names: new ones must be of its leases with their digests staged, others must
 * be committed already; and each file's root must follow from its digests.
 */
import {
  checkExtents,
  equalBytes,
  EXTENTS_MAX,
  GoliathError,
  rootOf,
  sizeOf,
} from "@goliath/protocols/nouns";
import type {
  Change,
  ChunkId,
  ChunkRun,
  DrivePath,
  FileBody,
  LeaseId,
  PeerId,
} from "@goliath/protocols/nouns";
import type { LeaseRow, Segment, StoreReader } from "../store/index-store.ts";
import { COMMIT_CHUNKS_MAX } from "./bounds.ts";
import { liveLeases } from "./leases.ts";
import { mergeRuns } from "./merge-runs.ts";
import { sumsWithin } from "./segments.ts";

export interface ChunksRequest {
  peer: PeerId;
  leases: readonly LeaseId[];
  nowMs: number;
}

/** The ids among `runs` that are of the leases, merged. Throws where no digest is staged. */
export async function freshRuns(
  reader: StoreReader,
  request: ChunksRequest & { runs: Iterable<ChunkRun> },
): Promise<ChunkRun[]> {
  const { fresh } = partRuns(request.runs, await sortedLeases(reader, request));
  await stagedDigests(reader, fresh);
  return mergeRuns(fresh);
}

/** Checks every put and returns the digests that the commit makes known. */
export async function checkChunks(
  reader: StoreReader,
  request: ChunksRequest & { changes: readonly Change[]; chunkBytes: number },
): Promise<Segment[]> {
  const leases = await sortedLeases(reader, request);
  const files = request.changes.filter((change) => change.op === "put");
  let chunks = 0;
  for (const { file } of files) {
    checkShape(file, request.chunkBytes);
    for (const { count } of file.extents) chunks += count;
  }
  if (chunks > COMMIT_CHUNKS_MAX) {
    throw new GoliathError("too-large", `a commit names at most ${COMMIT_CHUNKS_MAX} chunks`);
  }
  const { fresh, old } = partRuns(extentsOf(files), leases);
  const staged = await stagedDigests(reader, fresh);
  const known = [...staged, ...(await committedDigests(reader, old))];
  const segments = known.toSorted((a, b) => a.first - b.first);
  for (const { path, file } of files) checkRoot(file, { segments, path });
  return staged;
}

function* extentsOf(files: readonly (Change & { op: "put" })[]): Generator<ChunkRun> {
  for (const { file } of files) yield* file.extents;
}

async function sortedLeases(reader: StoreReader, request: ChunksRequest): Promise<LeaseRow[]> {
  const leases = await liveLeases(reader, request);
  return leases.toSorted((a, b) => a.first - b.first);
}

/** A run of ids of one lease. */
interface LeasedRun extends ChunkRun {
  lease: LeaseId;
}

/** Parts ids into those of the leases and others, each merged and sorted. */
function partRuns(
  runs: Iterable<ChunkRun>,
  leases: readonly LeaseRow[],
): { fresh: LeasedRun[]; old: ChunkRun[] } {
  const fresh: LeasedRun[] = [];
  const old: ChunkRun[] = [];
  let next = 0;
  for (const { first: start, count } of mergeRuns(runs)) {
    const end = start + count;
    for (let first = start; first < end;) {
      // The lease that holds `first`, or else the next one behind it: both sides are sorted.
      while (next < leases.length && endOf(leases[next] as LeaseRow) <= first) next++;
      const lease = leases[next];
      const within = lease !== undefined && lease.first <= first;
      const stop = Math.min(end, lease ? (within ? endOf(lease) : lease.first) : end);
      const piece = { first, count: stop - first };
      if (within) fresh.push({ ...piece, lease: lease.lease });
      else old.push(piece);
      first = stop as ChunkId;
    }
  }
  return { fresh, old };
}

function endOf({ first, count }: ChunkRun): number {
  return first + count;
}

/** The staged digests of the runs, a segment for each. */
async function stagedDigests(reader: StoreReader, runs: readonly LeasedRun[]): Promise<Segment[]> {
  const segments: Segment[] = [];
  for (const { lease, first, count } of runs) {
    const sums = sumsWithin(await reader.staged(lease, { first, count }), { first, count });
    if (!sums) {
      throw new GoliathError("bad-request", "digests were not staged", { about: { id: first } });
    }
    segments.push({ first, sums });
  }
  return segments;
}

async function committedDigests(
  reader: StoreReader,
  runs: readonly ChunkRun[],
): Promise<Segment[]> {
  const found = await reader.sums(runs);
  return runs.map(({ first }, index) => {
    const sums = found[index];
    if (!sums) throw unknownId(first);
    return { first, sums };
  });
}

function checkShape({ extents, size, mtimeMs }: FileBody, chunkBytes: number): void {
  if (extents.length > EXTENTS_MAX) {
    throw new GoliathError("too-large", `a file has at most ${EXTENTS_MAX} extents`);
  }
  checkExtents(extents, chunkBytes);
  if (sizeOf(extents) !== size || !Number.isSafeInteger(mtimeMs)) {
    throw new GoliathError("bad-request", "a file's size is not that of its extents");
  }
}

function checkRoot(
  { root, extents }: FileBody,
  { segments, path }: { segments: readonly Segment[]; path: DrivePath },
): void {
  const parts = extents.map((extent) => sumsWithin(segments, extent) ?? new Uint8Array());
  const sums = parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  if (equalBytes(rootOf(sums), root)) return;
  const about = { path };
  throw new GoliathError("bad-request", "the root is not that of the digests", { about });
}

/** Its lease ended and the id with it, or it never was the writer's: either way, write anew. */
function unknownId(id: ChunkId): GoliathError {
  const text = "an id is neither of the commit's leases nor committed";
  return new GoliathError("lease-lost", text, { about: { id } });
}
