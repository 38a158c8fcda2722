/**
 * Step 6 of a write: before a commit, its holders show that they have what it says they have. Each
 * proves that it has hashed the new ids to the staged digests, and a few whole chunks, chosen at
 * random, are read back.
 */
import { mapBounded, type Clock } from "@goliath/kit";
import { PROVE_DIGESTS_MAX, type HolderService } from "@goliath/protocols/holdings";
import type { Location } from "@goliath/protocols/index";
import {
  digestAt,
  digestOf,
  equalBytes,
  GoliathError,
  hasCode,
  type ChunkId,
  type ChunkRun,
  type LeaseId,
  type PeerId,
} from "@goliath/protocols/nouns";
import { firstOutside, groupRuns, idAt, intersectRuns, runSet } from "../holdings/run-set.ts";
import { withDeadline } from "@goliath/kit";

/** Chunks read back from each holder. */
export const SAMPLE_CHUNKS_PER_HOLDER = 2;
/** Bytes read back for one commit, however many its holders are; one chunk at least. */
export const SAMPLE_BYTES_MAX = 8 * 1024 * 1024;
/** Holders asked at once for one commit. */
const HOLDERS_ASKED_MAX = 8;
/** Chunks read back at once for one commit. */
const READS_MAX = 4;
/** A holder looks up 4,096 digests in milliseconds; a busy disk may take seconds. */
const PROVE_TIMEOUT_MS = 30_000;
/** The largest chunk over a slow line: 4 MiB at 1 Mbit/s. */
const READ_TIMEOUT_MS = 60_000;
/** Leases named in one `prove`, as its message bounds them. */
const PROVE_LEASES_MAX = 256;

export interface VerifierInit {
  /** The way to ask a holder; undefined while it is away. */
  holder: (peer: PeerId) => HolderService | undefined;
  digests: (runs: ChunkRun[]) => Promise<Uint8Array>;
  readBack: (peer: PeerId, id: ChunkId, options: { signal: AbortSignal }) => Promise<Uint8Array>;
  chunkBytes: number;
  /** From 0 to 1, exclusive. Holders must not be able to foresee it. */
  random: () => number;
  clock: Clock;
  /** The holder vouched for a chunk and then could not show it. */
  onLie?: (peer: PeerId) => void;
}

export interface VerifyRequest {
  /** The commit's new ids. */
  fresh: ChunkRun[];
  locations: readonly Location[];
  leases: LeaseId[];
}

/** What one peer was shown to hold: a set of runs. */
export interface VerifiedHolding {
  peer: PeerId;
  runs: ChunkRun[];
}

export class Verifier {
  readonly #init: VerifierInit;

  constructor(init: VerifierInit) {
    this.#init = init;
  }

  /**
   * Returns who holds what of the fresh ids. Throws `unverified`, with the chunk or the peer in
   * `about.id`, when a fresh id has no holder or any holder fails.
   */
  async verify(
    request: VerifyRequest,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<VerifiedHolding[]> {
    const fresh = runSet(request.fresh);
    const holdings = holdingsOf(request.locations, fresh);
    const covered = runSet(holdings.flatMap(({ runs }) => runs));
    const missing = firstOutside(fresh, covered);
    if (missing !== undefined) throw unverified("no holder is named for a new chunk", missing);
    const vouched = new Set<PeerId>();
    const failed = new Set<PeerId>();
    const leases = request.leases.slice(0, PROVE_LEASES_MAX);
    const refused = new AbortController();
    const proving = mapBounded(
      holdings,
      HOLDERS_ASKED_MAX,
      async (holding, { signal: one }) => {
        await this.#prove(holding, { leases, signal: one });
        vouched.add(holding.peer);
      },
      options(signal),
    ).catch((error: unknown) => {
      refused.abort(error);
      throw error;
    });
    const either = signal ? AbortSignal.any([signal, refused.signal]) : refused.signal;
    const sampling = this.#sample(holdings, { failed, signal: either });
    const [proofs, samples] = await Promise.allSettled([proving, sampling]);
    // One that cannot vouch is honest: nothing need have been pushed to it, whatever the writer says.
    for (const peer of failed) if (vouched.has(peer)) this.#init.onLie?.(peer);
    const [fault] = [proofs, samples].filter(isRejected);
    if (fault) throw fault.reason;
    return holdings;
  }

  async #prove(
    { peer, runs }: VerifiedHolding,
    { leases, signal }: { leases: LeaseId[]; signal: AbortSignal },
  ): Promise<void> {
    for (const group of groupRuns(runs, PROVE_DIGESTS_MAX)) {
      const sums = await this.#init.digests(group);
      await this.#ask(peer, { timeoutMs: PROVE_TIMEOUT_MS, signal }, async (deadline) => {
        const holder = this.#init.holder(peer);
        if (!holder) throw new GoliathError("unavailable", "the holder is away");
        await holder.prove({ runs: group, sums, leases }, { signal: deadline });
      });
    }
  }

  /** `failed` gets those that sent other bytes, or said that they have none. */
  async #sample(
    holdings: readonly VerifiedHolding[],
    { failed, signal }: { failed: Set<PeerId>; signal: AbortSignal },
  ): Promise<void> {
    const { chunkBytes, readBack, random } = this.#init;
    const countMax = Math.max(1, Math.floor(SAMPLE_BYTES_MAX / chunkBytes));
    const samples = chooseSamples(holdings, { countMax, random });
    if (samples.length === 0) return;
    const sums = await this.#init.digests(samples.map(({ id }) => ({ first: id, count: 1 })));
    const check = async (
      { peer, id }: Sample,
      { signal: one, index }: SampleOptions,
    ): Promise<void> => {
      const bytes = await this.#ask(peer, { timeoutMs: READ_TIMEOUT_MS, signal: one }, (deadline) =>
        readBack(peer, id, { signal: deadline }).catch((error: unknown) => {
          if (hasCode(error, "missing", "corrupt")) failed.add(peer);
          throw error;
        }),
      );
      if (equalBytes(digestOf(bytes), digestAt(sums, index))) return;
      failed.add(peer);
      throw unverified(`${peer} sent other bytes for a chunk`, id);
    };
    await mapBounded(samples, READS_MAX, check, { signal });
  }

  /** Whatever a holder answers but yes, the commit is not verified. */
  async #ask<T>(
    peer: PeerId,
    { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
    work: (deadline: AbortSignal) => Promise<T>,
  ): Promise<T> {
    try {
      return await withDeadline({ clock: this.#init.clock, timeoutMs, signal }, work);
    } catch (cause) {
      // Given up by the writer, or because another holder failed.
      if (signal.aborted) throw cause;
      const about = { id: GoliathError.from(cause).about["id"] ?? peer };
      const message = `${peer} could not show that it has a chunk`;
      throw new GoliathError("unverified", message, { cause, about });
    }
  }
}

function isRejected(result: PromiseSettledResult<unknown>): result is PromiseRejectedResult {
  return result.status === "rejected";
}

interface Sample {
  peer: PeerId;
  id: ChunkId;
}

interface SampleOptions {
  signal: AbortSignal;
  index: number;
}

/** Each peer's locations within the fresh ids. */
function holdingsOf(locations: readonly Location[], fresh: readonly ChunkRun[]): VerifiedHolding[] {
  const byPeer = Map.groupBy(locations, ({ peer }) => peer);
  return [...byPeer]
    .map(([peer, named]) => ({ peer, runs: intersectRuns(runSet(named), fresh) }))
    .filter(({ runs }) => runs.length > 0);
}

/** A few ids of each holder, at random; of those, when they are too many, some at random. */
function chooseSamples(
  holdings: readonly VerifiedHolding[],
  { countMax, random }: { countMax: number; random: () => number },
): Sample[] {
  const samples: Sample[] = [];
  for (const { peer, runs } of holdings) {
    const count = runs.reduce((sum, run) => sum + run.count, 0);
    const ids = new Set<ChunkId>();
    for (let draw = 0; draw < SAMPLE_CHUNKS_PER_HOLDER; draw++) {
      const id = idAt(runs, Math.floor(random() * count));
      if (id !== undefined) ids.add(id);
    }
    for (const id of ids) samples.push({ peer, id });
  }
  while (samples.length > countMax) samples.splice(Math.floor(random() * samples.length), 1);
  return samples;
}

function unverified(message: string, id: ChunkId): GoliathError {
  return new GoliathError("unverified", message, { about: { id } });
}

function options(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal ? { signal } : {};
}
