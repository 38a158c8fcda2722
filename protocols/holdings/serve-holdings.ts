/** The index's end of the holdings protocol. */
import { DIGEST_BYTES, GoliathError, type ChunkRun, type LeaseId } from "../nouns/exports.ts";
import { countRuns, type CallOptions, type FrameStream, type Message } from "../wire/exports.ts";
import { EMPTY_REPLY, type HoldingsReply, type HoldingsRequest } from "./holdings-wire.ts";
import {
  PROVE_DIGESTS_MAX,
  type Announcement,
  type CopyOrder,
  type Holder,
  type HoldingsService,
} from "./service.ts";
import { startHoldingsCalls, type HoldingsCalls } from "./two-way-holdings.ts";

export interface ServeHoldingsInit {
  /** Answers this one peer. */
  service: HoldingsService;
  /** Gets what can be asked of the peer, good until `serveHoldings` returns. */
  onHolder: (holder: Holder) => void;
  /** Told of faults of ours, which the other side sees as a number only. */
  onFault?: (error: GoliathError) => void;
}

/**
 * Serves one peer's stream, after its handshake. Returns when the peer closed it and everything
 * under way has ended; throws what broke it.
 */
export async function serveHoldings(frames: FrameStream, init: ServeHoldingsInit): Promise<void> {
  const { service, onHolder, onFault } = init;
  const calls = startHoldingsCalls(frames, {
    handle: (request, options) => answerPeer(service, { ...request, options }),
    onFault,
  });
  onHolder(new RemoteHolder(calls));
  const broken = await calls.closed;
  if (broken) throw broken;
}

class RemoteHolder implements Holder {
  readonly #calls: HoldingsCalls;

  constructor(calls: HoldingsCalls) {
    this.#calls = calls;
  }

  /** Throws `too-large` for more than `PROVE_DIGESTS_MAX` chunks. */
  async prove(
    { runs, sums, leases }: { runs: ChunkRun[]; sums: Uint8Array; leases: LeaseId[] },
    options?: CallOptions,
  ): Promise<void> {
    const count = countRuns(runs);
    if (count > PROVE_DIGESTS_MAX) {
      throw new GoliathError("too-large", `more than ${PROVE_DIGESTS_MAX} chunks in one proof`);
    }
    if (count * DIGEST_BYTES !== sums.length) {
      throw new GoliathError("bad-request", "a proof needs one digest for each chunk");
    }
    await this.#calls.call({ ask: "prove", runs, leases }, { ...options, payload: sums });
  }

  /** Throws `too-large` for more than `ORDER_CHUNKS_MAX` chunks. */
  async announce(announcement: Announcement, options?: CallOptions): Promise<void> {
    await this.#calls.call({ ask: "announce", announcement }, options);
  }

  /** Throws `too-large` for more than `ORDER_CHUNKS_MAX` chunks. */
  async copy({ sums, ...order }: CopyOrder, options?: CallOptions): Promise<void> {
    if (countRuns(order.runs) * DIGEST_BYTES !== sums.length) {
      throw new GoliathError("bad-request", "an order to copy needs one digest for each chunk");
    }
    await this.#calls.call({ ask: "copy", order }, { ...options, payload: sums });
  }

  /** Throws `too-large` for more than `DROP_CHUNKS_MAX` chunks or `DROP_RUNS_MAX` runs. */
  async drop({ runs }: { runs: ChunkRun[] }, options?: CallOptions): Promise<void> {
    await this.#calls.call({ ask: "drop", runs }, options);
  }
}

async function answerPeer(
  service: HoldingsService,
  { body, options }: Message<HoldingsRequest> & { options: CallOptions },
): Promise<HoldingsReply> {
  switch (body.ask) {
    case "begin":
      return service.begin({ session: body.session }, options);
    case "report":
      await service.report(body.report, options);
      return EMPTY_REPLY;
    case "heartbeat":
      await service.heartbeat(body.heartbeat, options);
      return EMPTY_REPLY;
    default:
      throw new GoliathError("bad-request", `an index does no ${body.ask}`);
  }
}
