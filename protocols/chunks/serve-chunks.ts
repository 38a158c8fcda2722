/** The answering end of the chunks protocol. */
import { GoliathError } from "../nouns/exports.ts";
import { serveCalls, type CallOptions, type FrameStream, type Message } from "../wire/exports.ts";
import {
  HAS_REPLY_RUNS_MAX,
  LEAVES_BYTES_MAX,
  PAGE_BYTES_MAX,
  SERVED_AT_ONCE_MAX,
} from "./bounds.ts";
import {
  decodeRequest,
  EMPTY_REPLY,
  encodeReply,
  type ChunksReply,
  type ChunksRequest,
} from "./chunks-wire.ts";
import { WANTS_IN_FLIGHT_MAX, type ChunksService } from "./service.ts";

interface Answer {
  body: ChunksReply;
  payload?: Uint8Array;
}

export interface ServeChunksOptions {
  /** Told of faults of ours, which the other side sees as a number only. */
  onFault?: (error: GoliathError) => void;
}

/**
 * Answers one stream, after its handshake. Returns when the other side closed and everything it
 * asked was answered; throws what broke the stream. Of a slow reader's wants, 8 at most are read
 * ahead of what it takes.
 */
export function serveChunks(
  frames: FrameStream,
  service: ChunksService,
  { onFault }: ServeChunksOptions = {},
): Promise<void> {
  return serveCalls<ChunksRequest, ChunksReply>({
    frames,
    decode: decodeRequest,
    encode: encodeReply,
    handle: (request, options) => answer(service, { ...request, options }),
    refusal: EMPTY_REPLY,
    isCancel: ({ ask }) => ask === "cancel",
    inFlightMax: WANTS_IN_FLIGHT_MAX,
    activeMax: SERVED_AT_ONCE_MAX,
    ...(onFault && { onFault }),
  });
}

async function answer(
  service: ChunksService,
  { body, payload, options }: Message<ChunksRequest> & { options: CallOptions },
): Promise<Answer> {
  if (body.ask !== "push" && payload.length > 0) {
    throw new GoliathError("bad-request", "only a push has a payload");
  }
  switch (body.ask) {
    case "read":
      return { body: EMPTY_REPLY, payload: await service.read(body.want, options) };
    case "readSmall": {
      const given = (await service.readSmall?.({ runs: body.runs }, options)) ?? [];
      const count = body.runs.reduce((sum, run) => sum + run.count, 0);
      const lengths = Array.from({ length: count }, (_, at) => given[at]?.length);
      const bytes = given.filter((chunk) => chunk !== undefined);
      return { body: { ...EMPTY_REPLY, lengths }, payload: Buffer.concat(bytes) };
    }
    case "has": {
      const runs = await service.has({ runs: body.runs }, options);
      return { body: { ...EMPTY_REPLY, runs: runs.slice(0, HAS_REPLY_RUNS_MAX) } };
    }
    case "page":
      return joinPage(await service.page(body, options));
    case "push":
      await service.push({ id: body.id, digest: body.digest, bytes: payload }, options);
      return { body: EMPTY_REPLY };
    case "cancel":
      throw new GoliathError("internal", "a cancel is no call");
  }
}

function joinPage({ leaves, sums }: { leaves: Uint8Array; sums: Uint8Array }): Answer {
  if (leaves.length > LEAVES_BYTES_MAX || sums.length > PAGE_BYTES_MAX) {
    throw new GoliathError("too-large", "a page of digests does not fit in a frame");
  }
  const body = { ...EMPTY_REPLY, leavesBytes: leaves.length };
  return { body, payload: Buffer.concat([leaves, sums]) };
}
