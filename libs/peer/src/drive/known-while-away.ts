/** Asks the index, and while it is away what this peer knows by itself. */
import type { IndexService } from "@goliath/protocols/index";
import { hasCode } from "@goliath/protocols/nouns";
import type { KnownTree } from "../parts.ts";

type ReadService = Pick<IndexService, "resolve" | "list" | "digests">;

/** What nobody here knows stays the index's `unavailable`: it is unknown, not absent. */
export function knownWhileAway(service: ReadService, known: KnownTree): ReadService {
  return {
    resolve: (request, options) =>
      orKnown(service.resolve(request, options), () => known.resolve(request)),
    list: (request, options) => orKnown(service.list(request, options), () => known.list(request)),
    digests: (request, options) =>
      orKnown(service.digests(request, options), () => known.digests(request.runs)),
  };
}

async function orKnown<Reply>(
  asked: Promise<Reply>,
  known: () => Reply | undefined,
): Promise<Reply> {
  try {
    return await asked;
  } catch (thrown) {
    const reply = hasCode(thrown, "unavailable") ? known() : undefined;
    if (reply === undefined) throw thrown;
    return reply;
  }
}
