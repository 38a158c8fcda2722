/** Messages about chunks: digests, holders, allocate, renew, stageDigests. */
import {
  DIGEST_BYTES,
  GoliathError,
  parseChunkId,
  parseLeaseId,
  parsePeerId,
  type ChunkId,
  type ChunkRun,
  type LeaseId,
} from "../nouns/exports.ts";
import { parseCount, parseText, type WireForm } from "../wire/fields.ts";
import { countRuns, decodeRuns, encodeRuns } from "../wire/runs.ts";
import {
  ADDRESS_BYTES_MAX,
  ADDRESSES_MAX,
  CUT_BYTES,
  HOLDER_PEERS_MAX,
  HOLDER_RUNS_MAX,
  HOLDERS_PER_RUN_MAX,
  LEASES_MAX,
} from "./bounds.ts";
import type * as wire from "./generated/index.js";
import {
  ALLOCATE_MAX,
  DIGESTS_MAX,
  RUNS_MAX,
  type HolderAddress,
  type HolderRun,
  type HoldersReply,
  type Lease,
} from "./service.ts";

export const holdersRequest: WireForm<{ runs: ChunkRun[] }, wire.RunsRequest> = {
  toWire: ({ runs }) => ({ runs: encodeRuns(checkRuns(runs)) }),
  fromWire: ({ runs }) => ({ runs: decodeRuns(runs, RUNS_MAX) }),
};

export const digestsRequest: WireForm<{ runs: ChunkRun[] }, wire.RunsRequest> = {
  toWire: ({ runs }) => holdersRequest.toWire({ runs: checkDigestRuns(runs) }),
  fromWire: (message) => ({ runs: checkDigestRuns(holdersRequest.fromWire(message).runs) }),
};

/** Checks that the payload of a reply is the digests of these runs. */
export function parseSums(payload: Uint8Array, runs: readonly ChunkRun[]): Uint8Array {
  if (payload.length === countRuns(runs) * DIGEST_BYTES) return payload;
  throw new GoliathError("bad-request", "the digests are not as many as the chunks");
}

/**
 * A reply may answer only the first of the runs: those that fit, each with at most
 * `HOLDERS_PER_RUN_MAX` holders and the peers that these name.
 */
export const holdersReply: WireForm<HoldersReply, wire.HoldersReply> = {
  toWire({ peers, runs }) {
    const table = new PeerTable(peers);
    const fitting: wire.HolderRun[] = [];
    for (const { first, count, holders, copies } of runs) {
      if (table.bytes > CUT_BYTES || fitting.length === HOLDER_RUNS_MAX) break;
      // Room for all of a run's holders, so that its peers always fit the table.
      if (table.peers.length > HOLDER_PEERS_MAX - HOLDERS_PER_RUN_MAX) break;
      const named = holders.slice(0, HOLDERS_PER_RUN_MAX).map((index) => table.add(index));
      fitting.push({ first, count, holders: named, copies });
      table.bytes += 24 + 3 * named.length;
    }
    return { peers: table.peers, runs: fitting };
  },
  fromWire({ peers, runs }) {
    return {
      peers: peers.map(({ peer, addresses }) => ({
        peer: parsePeerId(peer),
        addresses: parseAddresses(addresses),
      })),
      runs: runs.map((run) => holderRunFromWire(run, peers.length)),
    };
  },
};

export function parseAddresses(addresses: string[]): string[] {
  return addresses.map((address) =>
    parseText(address, { what: "an address", bytesMax: ADDRESS_BYTES_MAX }),
  );
}

export const allocateRequest: WireForm<{ count: number }, wire.AllocateRequest> = {
  toWire: ({ count }) => ({ count: parseAllocation(count) }),
  fromWire: ({ count }) => ({ count: parseAllocation(count) }),
};

export const leaseReply: WireForm<Lease, wire.LeaseReply> = {
  toWire: (lease) => lease,
  fromWire: ({ lease, first, count }) => ({
    lease: parseLeaseId(lease),
    first: parseChunkId(first),
    count: parseAllocation(count),
  }),
};

export const renewRequest: WireForm<{ leases: LeaseId[] }, wire.RenewRequest> = {
  toWire: ({ leases }) => ({ leases: parseLeases(leases) }),
  fromWire: ({ leases }) => ({ leases: parseLeases(leases) }),
};

export function parseLeases(leases: number[]): LeaseId[] {
  if (leases.length > LEASES_MAX) throw tooLarge(`${LEASES_MAX} leases`);
  return leases.map(parseLeaseId);
}

/** The digests themselves are the payload. */
export interface StagedDigests {
  lease: LeaseId;
  first: ChunkId;
  sums: Uint8Array;
}

export const stageDigestsRequest: WireForm<
  StagedDigests,
  { header: wire.StageDigestsRequest; payload: Uint8Array }
> = {
  toWire: ({ lease, first, sums }) => ({
    header: { lease: parseLeaseId(lease), first: parseChunkId(first) },
    payload: checkSums(sums),
  }),
  fromWire: ({ header: { lease, first }, payload }) => ({
    lease: parseLeaseId(lease),
    first: parseChunkId(first),
    sums: checkSums(payload),
  }),
};

/** The peers of a reply, each told once, in the order in which runs name them. */
class PeerTable {
  readonly peers: wire.Holder[] = [];
  bytes = 0;
  readonly #from: readonly HolderAddress[];
  readonly #indexes = new Map<number, number>();

  constructor(from: readonly HolderAddress[]) {
    this.#from = from;
  }

  add(index: number): number {
    const known = this.#indexes.get(index);
    if (known !== undefined) return known;
    const holder = this.#from[index];
    if (!holder) throw new GoliathError("internal", "a run names a holder that is not listed");
    const addresses = holder.addresses.slice(0, ADDRESSES_MAX);
    for (const address of addresses) this.bytes += 4 + 3 * address.length;
    this.bytes += 64;
    this.#indexes.set(index, this.peers.length);
    return this.peers.push({ peer: holder.peer, addresses }) - 1;
  }
}

function holderRunFromWire(run: wire.HolderRun, peers: number): HolderRun {
  const { first, count, holders, copies } = run;
  const id = parseChunkId(first);
  parseCount(count, { what: "a run's length", min: 1, max: Number.MAX_SAFE_INTEGER - id });
  for (const index of holders) parseCount(index, { what: "a holder's index", max: peers - 1 });
  return { first: id, count, holders, copies };
}

function checkRuns(runs: ChunkRun[]): ChunkRun[] {
  if (runs.length > RUNS_MAX) throw tooLarge(`${RUNS_MAX} runs`);
  for (const { first, count } of runs) {
    const max = Number.MAX_SAFE_INTEGER - parseChunkId(first);
    parseCount(count, { what: "a run's length", min: 1, max });
  }
  return runs;
}

function checkDigestRuns(runs: ChunkRun[]): ChunkRun[] {
  if (countRuns(runs) > DIGESTS_MAX) throw tooLarge(`${DIGESTS_MAX} digests`);
  return runs;
}

function checkSums(sums: Uint8Array): Uint8Array {
  if (sums.length > DIGESTS_MAX * DIGEST_BYTES) throw tooLarge(`${DIGESTS_MAX} digests`);
  if (sums.length > 0 && sums.length % DIGEST_BYTES === 0) return sums;
  throw new GoliathError("bad-request", "the digests are not 32 bytes each");
}

const parseAllocation = (count: number): number =>
  parseCount(count, { what: "a count of chunk ids", min: 1, max: ALLOCATE_MAX });

const tooLarge = (bound: string): GoliathError =>
  new GoliathError("too-large", `more than ${bound} in one request`);
