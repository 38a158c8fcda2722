/**
 * The chunks a commit names: new ones must be of its leases with their digests staged, others must
 * be committed already; and each file's root must follow from its digests.
 */
import {
  checkExtents,
  DIGEST_BYTES,
  equalBytes,
  GoliathError,
  rootOf,
  sizeOf,
} from "@goliath/protocols/nouns";
import type {
  Change,
  ChunkId,
  ChunkRun,
  FileBody,
  LeaseId,
  PeerId,
} from "@goliath/protocols/nouns";
import type { LeaseRow, Segment, StoreReader } from "../store/index-store.ts";
import { COMMIT_CHUNKS_MAX, EXTENTS_MAX } from "./bounds.ts";
import { liveLeases } from "./leases.ts";
import { mergeRuns } from "./merge-runs.ts";
import { sumsWithin } from "./segments.ts";

/** Committed runs asked of the store at once. */
const RUNS_AT_ONCE = 4096;

/** A run of ids of one lease, or of none. */
interface Piece extends ChunkRun {
  lease: LeaseRow | undefined;
}

export interface ChunksRequest {
  peer: PeerId;
  leases: readonly LeaseId[];
  nowMs: number;
}

/** Cuts runs where leases begin and end. */
function* cut(runs: Iterable<ChunkRun>, leases: readonly LeaseRow[]): Generator<Piece> {
  for (const run of runs) {
    const end = run.first + run.count;
    for (let first = run.first; first < end;) {
      // The lease that holds `first`, or else the next one behind it: leases are sorted.
      const lease = leases.find((row) => row.first + row.count > first);
      const within = lease !== undefined && lease.first <= first;
      const stop = lease ? (within ? lease.first + lease.count : lease.first) : end;
      const count = Math.min(end, stop) - first;
      yield { first, count, lease: within ? lease : undefined };
      first = (first + count) as ChunkId;
    }
  }
}

async function sortedLeases(reader: StoreReader, request: ChunksRequest): Promise<LeaseRow[]> {
  const leases = await liveLeases(reader, request);
  return leases.toSorted((a, b) => a.first - b.first);
}

/** The ids among `runs` that are of the leases, merged. Throws where no digest is staged. */
export async function freshRuns(
  reader: StoreReader,
  request: ChunksRequest & { runs: Iterable<ChunkRun> },
): Promise<ChunkRun[]> {
  const leases = await sortedLeases(reader, request);
  const pieces = [...cut(request.runs, leases)].filter(({ lease }) => lease !== undefined);
  const known = await Digests.load(reader, { leases, pieces });
  for (const piece of pieces) known.of(piece);
  return mergeRuns(pieces);
}

/** Checks every put and returns the digests that the commit makes known. */
export async function checkChunks(
  reader: StoreReader,
  request: ChunksRequest & { changes: readonly Change[]; chunkBytes: number },
): Promise<Segment[]> {
  const leases = await sortedLeases(reader, request);
  const files = request.changes.flatMap((change) => (change.op === "put" ? [change] : []));
  let chunks = 0;
  for (const { file } of files) {
    checkShape(file, request.chunkBytes);
    for (const { count } of file.extents) chunks += count;
  }
  if (chunks > COMMIT_CHUNKS_MAX) {
    throw new GoliathError("too-large", `a commit names at most ${COMMIT_CHUNKS_MAX} chunks`);
  }
  const cuts = files.map(({ file }) => [...cut(file.extents, leases)]);
  const known = await Digests.load(reader, { leases, pieces: cuts.flat() });
  for (const [index, { path, file }] of files.entries()) {
    const sums = joined((cuts[index] as Piece[]).map((piece) => known.of(piece)));
    if (equalBytes(rootOf(sums), file.root)) continue;
    throw new GoliathError("bad-request", "the root is not that of the digests", {
      about: { path },
    });
  }
  const fresh = mergeRuns(cuts.flat().filter(({ lease }) => lease !== undefined));
  return [...cut(fresh, leases)].map((piece) => ({ first: piece.first, sums: known.of(piece) }));
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

function joined(parts: Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

/** The digests of the pieces: staged ones by lease, committed ones by run. */
class Digests {
  readonly #staged = new Map<LeaseId, Segment[]>();
  readonly #committed = new Map<string, Uint8Array>();

  static async load(
    reader: StoreReader,
    { leases, pieces }: { leases: readonly LeaseRow[]; pieces: readonly Piece[] },
  ): Promise<Digests> {
    const digests = new Digests();
    for (const { lease } of leases) digests.#staged.set(lease, await reader.staged(lease));
    const old = new Map<string, ChunkRun>();
    for (const piece of pieces) if (!piece.lease) old.set(keyOf(piece), piece);
    const runs = [...old];
    for (let i = 0; i < runs.length; i += RUNS_AT_ONCE) {
      const part = runs.slice(i, i + RUNS_AT_ONCE);
      const found = await reader.sums(part.map(([, run]) => run));
      for (const [index, [key, { first }]] of part.entries()) {
        const sums = found[index];
        if (!sums) throw unknownId(first);
        digests.#committed.set(key, sums);
      }
    }
    return digests;
  }

  of({ first, count, lease }: Piece): Uint8Array {
    if (!lease) return this.#committed.get(keyOf({ first, count })) ?? new Uint8Array();
    const sums = sumsWithin(this.#staged.get(lease.lease) ?? [], { first, count });
    if (sums?.length === count * DIGEST_BYTES) return sums;
    throw new GoliathError("bad-request", "digests were not staged", { about: { id: first } });
  }
}

function keyOf({ first, count }: ChunkRun): string {
  return `${first}+${count}`;
}

/** Its lease ended and the id with it, or it never was the writer's: either way, write anew. */
function unknownId(id: ChunkId): GoliathError {
  const text = "an id is neither of the commit's leases nor committed";
  return new GoliathError("lease-lost", text, { about: { id } });
}
