/** Leases: runs of chunk ids promised to one peer for a time, and the digests staged under them. */
import { ALLOCATE_MAX, DIGESTS_MAX, type Lease } from "@goliath/protocols/index/service";
import { DIGEST_BYTES, GoliathError } from "@goliath/protocols/nouns";
import type { ChunkId, ChunkRun, LeaseId, PeerId } from "@goliath/protocols/nouns";
import type { LeaseRow, Segment, StoreReader, StoreTransaction } from "../store/index-store.ts";
import {
  EXPIRED_LEASES_CLEARED,
  LEASED_IDS_PER_PEER_MAX,
  LEASES_PER_PAGE,
  LEASES_PER_PEER_MAX,
} from "./bounds.ts";
import type { Context } from "./context.ts";
import type { StageRequest } from "./engine.ts";

export async function allocate(
  transaction: StoreTransaction,
  { peer, count }: { peer: PeerId; count: number },
  { nowMs, leaseMs }: Context,
): Promise<Lease> {
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new GoliathError("bad-request", "at least one id is allocated");
  }
  if (count > ALLOCATE_MAX) {
    throw new GoliathError("too-large", `at most ${ALLOCATE_MAX} ids in one lease`);
  }
  const ended = await transaction.expired(nowMs, EXPIRED_LEASES_CLEARED);
  await checkQuota(transaction, { peer, count, ended });
  const head = await transaction.head();
  const { nextLease: lease, nextChunk: first } = head;
  // The counters move on disk before the ids are told: a crash loses ids, it never repeats them.
  await transaction.apply({
    head: {
      ...head,
      nextLease: (lease + 1) as LeaseId,
      nextChunk: (first + count) as ChunkId,
    },
    ended,
    leases: [{ lease, peer, first, count, expiresAtMs: nowMs + leaseMs }],
  });
  return { lease, first, count };
}

async function checkQuota(
  reader: StoreReader,
  { peer, count, ended }: { peer: PeerId; count: number; ended: LeaseId[] },
): Promise<void> {
  const own = (await reader.leasesOf(peer)).filter(({ lease }) => !ended.includes(lease));
  const ids = own.reduce((sum, lease) => sum + lease.count, count);
  if (own.length >= LEASES_PER_PEER_MAX || ids > LEASED_IDS_PER_PEER_MAX) {
    throw new GoliathError("busy", "too many ids are leased and not yet committed");
  }
}

/** The peer's live leases. Throws `lease-lost` when one ended or is another's. */
export async function liveLeases(
  reader: StoreReader,
  { peer, leases, nowMs }: { peer: PeerId; leases: readonly LeaseId[]; nowMs: number },
): Promise<LeaseRow[]> {
  if (leases.length > LEASES_PER_PEER_MAX) {
    throw new GoliathError("too-large", `at most ${LEASES_PER_PEER_MAX} leases at once`);
  }
  const asked = [...new Set(leases)];
  const rows = await reader.leases(asked);
  return rows.map((row, index) => {
    if (row && row.peer === peer && row.expiresAtMs > nowMs) return row;
    const about = { id: asked[index] as LeaseId };
    throw new GoliathError("lease-lost", "the lease ended", { about });
  });
}

/** Throws `lease-lost` unless every id is under a live lease of the peer. */
export async function checkLeased(
  reader: StoreReader,
  { peer, runs }: { peer: PeerId; runs: ChunkRun[] },
  { nowMs }: Context,
): Promise<void> {
  const live = (await reader.leasesOf(peer)).filter(({ expiresAtMs }) => expiresAtMs > nowMs);
  for (const { first, count } of runs) {
    const isLeased = live.some(
      (lease) => lease.first <= first && first + count <= lease.first + lease.count,
    );
    if (!isLeased)
      throw new GoliathError("lease-lost", "the lease ended", { about: { id: first } });
  }
}

export interface LeasedPage {
  runs: ChunkRun[];
  /** Present when there may be more from this id on. */
  next?: ChunkId;
}

/** What is under live leases from an id on, as far as one page goes. */
export async function leasedAfter(
  reader: StoreReader,
  { first }: { first: ChunkId },
  { nowMs }: Context,
): Promise<LeasedPage> {
  const all = { first, count: Number.MAX_SAFE_INTEGER - first };
  const rows = await reader.leasesIn(all, LEASES_PER_PAGE);
  const last = rows.length < LEASES_PER_PAGE ? undefined : rows.at(-1);
  const alive = rows.filter((row) => row.expiresAtMs > nowMs);
  const runs = alive.map((row) => ({ first: row.first, count: row.count }));
  return { runs, ...(last && { next: (last.first + last.count) as ChunkId }) };
}

export async function renew(
  transaction: StoreTransaction,
  { peer, leases }: { peer: PeerId; leases: LeaseId[] },
  { nowMs, leaseMs }: Context,
): Promise<void> {
  const rows = await liveLeases(transaction, { peer, leases, nowMs });
  const expiresAtMs = nowMs + leaseMs;
  await transaction.apply({ leases: rows.map((row) => ({ ...row, expiresAtMs })) });
}

export async function stageDigests(
  transaction: StoreTransaction,
  { peer, lease, first, sums }: StageRequest & { peer: PeerId },
  { nowMs }: Context,
): Promise<void> {
  const count = sums.length / DIGEST_BYTES;
  if (!Number.isInteger(count) || count < 1) {
    throw new GoliathError("bad-request", "digests are 32 bytes each, at least one");
  }
  if (count > DIGESTS_MAX) throw new GoliathError("too-large", `at most ${DIGESTS_MAX} digests`);
  const [row] = await liveLeases(transaction, { peer, leases: [lease], nowMs });
  if (!row || first < row.first || first + count > row.first + row.count) {
    throw new GoliathError("bad-request", "the digests are not of this lease");
  }
  const added = { first, sums };
  const overlapped = await transaction.staged(lease, { first, count });
  const add = [...overlapped.flatMap((old) => outside(old, added)), added];
  const remove = overlapped.map((old) => old.first);
  await transaction.apply({ staged: { lease, remove, add } });
}

function endOf({ first, sums }: Segment): number {
  return first + sums.length / DIGEST_BYTES;
}

/** The parts of `old` before and behind `added`. */
function outside(old: Segment, added: Segment): Segment[] {
  const parts: Segment[] = [];
  if (old.first < added.first) {
    const sums = old.sums.subarray(0, (added.first - old.first) * DIGEST_BYTES);
    parts.push({ first: old.first, sums });
  }
  if (endOf(old) > endOf(added)) {
    const first = endOf(added) as ChunkId;
    parts.push({ first, sums: old.sums.subarray((first - old.first) * DIGEST_BYTES) });
  }
  return parts;
}
