/** What both ends of the holdings protocol share: one stream, calls each way. */
import type { GoliathError } from "../nouns/exports.ts";
import { TwoWayCalls, type CallOptions, type FrameStream, type Message } from "../wire/exports.ts";
import { HOLDINGS_CALLS_MAX } from "./bounds.ts";
import {
  decodeMessage,
  EMPTY_REPLY,
  encodeReply,
  encodeRequest,
  type HoldingsReply,
  type HoldingsRequest,
} from "./holdings-wire.ts";

export type HoldingsCalls = TwoWayCalls<
  HoldingsRequest,
  HoldingsReply,
  HoldingsRequest,
  HoldingsReply
>;

export interface TwoWayHoldingsInit {
  /** Does what the other side asks. */
  handle: (request: Message<HoldingsRequest>, options: CallOptions) => Promise<HoldingsReply>;
  onFault?: ((error: GoliathError) => void) | undefined;
}

export function startHoldingsCalls(
  frames: FrameStream,
  { handle, onFault }: TwoWayHoldingsInit,
): HoldingsCalls {
  return new TwoWayCalls<HoldingsRequest, HoldingsReply, HoldingsRequest, HoldingsReply>({
    frames,
    decode: decodeMessage,
    ask: { encode: encodeRequest, cancel: { ask: "cancel" }, inFlightMax: HOLDINGS_CALLS_MAX },
    answer: {
      encode: encodeReply,
      handle: async (request, options) => ({ body: await handle(request, options) }),
      refusal: EMPTY_REPLY,
      isCancel: ({ ask }) => ask === "cancel",
      inFlightMax: HOLDINGS_CALLS_MAX,
      ...(onFault && { onFault }),
    },
  });
}
