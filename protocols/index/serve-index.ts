/** The answering end of the index protocol. */
import type { GoliathError } from "../nouns/exports.ts";
import { decodeHeader, serveCalls, type FrameStream } from "../wire/exports.ts";
import { IndexReply, IndexRequest } from "./generated/index.js";
import { answerIndexCall, type IndexReplyBody } from "./index-methods.ts";
import type { IndexService } from "./service.ts";
import { StageBudget } from "./stage-budget.ts";
import { StagedChanges } from "./staged-changes.ts";

export interface ServeIndexOptions {
  /** Shared by all connections of a process. */
  stageBudget?: StageBudget;
  /** Told of faults of ours, which the caller sees as `internal` only. */
  onFault?: (error: GoliathError) => void;
}

/**
 * Answers until the other side closed and all it asked is answered. Throws what broke the stream.
 * `service` is the caller's own: it knows who asks. Its arguments are checked; its own refusals
 * reach the caller as codes.
 */
export async function serveIndex(
  frames: FrameStream,
  service: IndexService,
  { stageBudget = new StageBudget(), onFault }: ServeIndexOptions = {},
): Promise<void> {
  const staged = new StagedChanges(stageBudget);
  try {
    await serveCalls<Partial<IndexRequest>, IndexReplyBody>({
      frames,
      decode: (header) => decodeHeader(IndexRequest, header),
      encode: (reply) => IndexReply.encode(reply),
      handle: ({ body, payload }, options) =>
        answerIndexCall(body, { service, staged, payload, options }),
      refusal: {},
      isCancel: (request) => request.cancel !== undefined,
      ...(onFault && { onFault }),
    });
  } finally {
    staged.drop();
    await frames.close();
  }
}
