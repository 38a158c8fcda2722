/** The peer's end of the holdings protocol: reports what it holds, answers the index's orders. */
import { DIGEST_BYTES, GoliathError, type ChunkRun } from "../nouns/exports.ts";
import { countRuns, type CallOptions, type FrameStream, type Message } from "../wire/exports.ts";
import { EMPTY_REPLY, type HoldingsReply, type HoldingsRequest } from "./holdings-wire.ts";
import type {
  Heartbeat,
  HolderService,
  HoldingsReport,
  HoldingsService,
  OrderService,
} from "./service.ts";
import { startHoldingsCalls, type HoldingsCalls } from "./two-way-holdings.ts";

export interface ConnectHoldingsInit {
  /** What the index calls on us. */
  holder: HolderService;
  /** Takes the index's orders; without it they are refused as `unsupported`. */
  orders?: OrderService;
  /** Told of faults of ours, which the other side sees as a number only. */
  onFault?: (error: GoliathError) => void;
}

/** Takes up an open stream after its handshake. */
export function connectHoldings(frames: FrameStream, init: ConnectHoldingsInit): HoldingsClient {
  const { onFault } = init;
  return new HoldingsClient(
    startHoldingsCalls(frames, {
      handle: (request, options) => answerIndex(init, { ...request, options }),
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
  init: ConnectHoldingsInit,
  { body, payload, options }: Message<HoldingsRequest> & { options: CallOptions },
): Promise<HoldingsReply> {
  switch (body.ask) {
    case "prove":
      checkSums(body.runs, payload);
      await init.holder.prove({ runs: body.runs, leases: body.leases, sums: payload }, options);
      break;
    case "announce":
      await ordersOf(init).announce(body.announcement, options);
      break;
    case "copy":
      checkSums(body.order.runs, payload);
      await ordersOf(init).copy({ ...body.order, sums: payload }, options);
      break;
    case "drop":
      await ordersOf(init).drop({ runs: body.runs }, options);
      break;
    default:
      throw new GoliathError("bad-request", `a holder does no ${body.ask}`);
  }
  return EMPTY_REPLY;
}

function ordersOf({ orders }: ConnectHoldingsInit): OrderService {
  if (orders) return orders;
  throw new GoliathError("unsupported", "this peer takes no orders");
}

function checkSums(runs: readonly ChunkRun[], sums: Uint8Array): void {
  if (countRuns(runs) * DIGEST_BYTES === sums.length) return;
  throw new GoliathError("bad-request", "one digest is needed for each chunk");
}
