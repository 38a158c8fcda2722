/** Leased chunk ids: taken in bulk, kept alive while held, their digests told before the commit. */
import { mapBounded, type Clock, type Log } from "@goliath/kit";
import { ALLOCATE_MAX, DIGESTS_MAX, type Lease } from "@goliath/protocols/index";
import { DIGEST_BYTES, type ChunkId } from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";
import { askAgain } from "./ask-again.ts";
import type { FreshChunks } from "./chunk-plan.ts";

/** `stageDigests` calls under way at once: 1 MiB of digests. */
const STAGES_IN_FLIGHT_MAX = 8;
/** Renewals within one lifetime of a lease: two may fail. */
const RENEWALS_PER_LEASE = 3;

export interface ChunkLeasesInit {
  link: IndexLink;
  clock: Clock;
  log: Log;
}

/** Leases that are renewed until disposed of. */
export interface HeldLeases extends Disposable {
  leases: Lease[];
}

export class ChunkLeases {
  readonly #init: ChunkLeasesInit;
  readonly #held = new Set<Lease>();
  #renewing: AbortController | undefined;

  constructor(init: ChunkLeasesInit) {
    this.#init = init;
  }

  /** Exactly `count` new ids, consecutive within each lease. */
  async hold(count: number, { signal }: { signal?: AbortSignal } = {}): Promise<HeldLeases> {
    const { service } = this.#init.link;
    const leases: Lease[] = [];
    const held = { leases, [Symbol.dispose]: () => this.#release(leases) };
    try {
      for (let left = count; left > 0; left -= leases.at(-1)?.count ?? left) {
        const request = { count: Math.min(left, ALLOCATE_MAX) };
        const lease = await service.allocate(request, signal ? { signal } : {});
        leases.push(lease);
        this.#held.add(lease);
        this.#renew();
      }
      return held;
    } catch (error) {
      this.#release(leases);
      throw error;
    }
  }

  /** Tells the index the digests, many messages in flight. Throws `lease-lost`. */
  async stage(
    chunks: readonly FreshChunks[],
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<void> {
    const { link } = this.#init;
    const stage = ({ lease, first, sums }: FreshChunks, one: { signal: AbortSignal }) =>
      askAgain(() => link.service.stageDigests({ lease, first, sums }, { signal: one.signal }), {
        link,
        signal: one.signal,
      });
    await mapBounded(piecesOf(chunks), STAGES_IN_FLIGHT_MAX, stage, signal ? { signal } : {});
  }

  #release(leases: readonly Lease[]): void {
    for (const lease of leases) this.#held.delete(lease);
    if (this.#held.size > 0) return;
    this.#renewing?.abort();
    this.#renewing = undefined;
  }

  /** One loop for all that is held; it ends with the last of them. */
  #renew(): void {
    if (this.#renewing) return;
    const renewing = new AbortController();
    this.#renewing = renewing;
    this.#renewUntil(renewing.signal).catch((error: unknown) => {
      if (!renewing.signal.aborted) this.#init.log.error("leases are no longer renewed", { error });
    });
  }

  async #renewUntil(signal: AbortSignal): Promise<void> {
    const { link, clock, log } = this.#init;
    for (;;) {
      const { leaseMs } = await link.whenConnected(signal);
      await clock.sleep(leaseMs / RENEWALS_PER_LEASE, signal);
      for (const { lease } of [...this.#held]) {
        // A lease that a commit has just used up is lost too: the commit itself says what counts.
        await link.service.renew({ leases: [lease] }, { signal }).catch((error: unknown) => {
          if (!signal.aborted) log.debug("a lease was not renewed", { lease, error });
        });
      }
    }
  }
}

/** Cut to what one message may carry. */
function* piecesOf(chunks: readonly FreshChunks[]): Generator<FreshChunks> {
  for (const { lease, first, count, sums } of chunks) {
    for (let at = 0; at < count; at += DIGESTS_MAX) {
      const piece = sums.subarray(at * DIGEST_BYTES, (at + DIGESTS_MAX) * DIGEST_BYTES);
      const length = piece.length / DIGEST_BYTES;
      yield { lease, first: (first + at) as ChunkId, count: length, sums: piece };
    }
  }
}
