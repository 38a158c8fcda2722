/** The peer's end of the holdings protocol: reports what it holds, answers the index's orders. */
import { DIGEST_BYTES, GoliathError } from "../nouns/exports.ts";
import { countRuns, type CallOptions, type FrameStream, type Message } from "../wire/exports.ts";
import { EMPTY_REPLY, type HoldingsReply, type HoldingsRequest } from "./holdings-wire.ts";
import type { Heartbeat, HolderService, HoldingsReport, HoldingsService } from "./service.ts";
import { startHoldingsCalls, type HoldingsCalls } from "./two-way-holdings.ts";

export interface ConnectHoldingsInit {
  /** What the index calls on us. */
  holder: HolderService;
  /** Told of faults of ours, which the other side sees as a number only. */
  onFault?: (error: GoliathError) => void;
}

/** Takes up an open stream after its handshake. */
export function connectHoldings(frames: FrameStream, init: ConnectHoldingsInit): HoldingsClient {
  const { holder, onFault } = init;
  return new HoldingsClient(
    startHoldingsCalls(frames, {
      handle: (request, options) => answerIndex(holder, { ...request, options }),
      onFault,
    }),
  );
}

export class HoldingsClient implements HoldingsService {
  readonly #calls: HoldingsCalls;

  constructor(calls: HoldingsCalls) {
    this.#calls = calls;
  }

  /** Settles when the stream ended, with what broke it if anything did. Never rejects. */
  get closed(): Promise<GoliathError | undefined> {
    return this.#calls.closed;
  }

  async begin(
    { session }: { session: string },
    options?: CallOptions,
  ): Promise<{ number: number }> {
    const { body } = await this.#calls.call({ ask: "begin", session }, options);
    return { number: body.number };
  }

  /** Throws `too-large` for more than `REPORT_RUNS_MAX` runs, added and removed together. */
  async report(report: HoldingsReport, options?: CallOptions): Promise<void> {
    await this.#calls.call({ ask: "report", report }, options);
  }

  /** Addresses beyond `ADDRESSES_MAX` are left out. */
  async heartbeat(heartbeat: Heartbeat, options?: CallOptions): Promise<void> {
    await this.#calls.call({ ask: "heartbeat", heartbeat }, options);
  }

  /** Ends our side: no further calls, those under way are still answered. */
  close(): Promise<void> {
    return this.#calls.close();
  }

  abort(error: Error): void {
    this.#calls.abort(error);
  }
}

async function answerIndex(
  holder: HolderService,
  { body, payload, options }: Message<HoldingsRequest> & { options: CallOptions },
): Promise<HoldingsReply> {
  if (body.ask !== "prove") throw new GoliathError("bad-request", `a holder does no ${body.ask}`);
  if (countRuns(body.runs) * DIGEST_BYTES !== payload.length) {
    throw new GoliathError("bad-request", "a proof needs one digest for each chunk");
  }
  await holder.prove({ runs: body.runs, leases: body.leases, sums: payload }, options);
  return EMPTY_REPLY;
}
