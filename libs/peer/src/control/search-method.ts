/** The control method that finds names in the whole drive. */
import type { ControlMethod, ControlParams } from "@goliath/kit";
import type { FoundAt, SearchRequest } from "@goliath/protocols/index";
import { GoliathError, parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import type { FoundEntry, PeerControl } from "./peer-control.ts";

export function searchMethod({ session }: Pick<Peer, "session">): ControlMethod {
  return async (params, { signal }): Promise<PeerControl["search"]["result"]> => {
    const { entries, ...reply } = await session.service.search(requestOf(params), { signal });
    return { ...reply, entries: entries.map((found: FoundAt): FoundEntry => ({ ...found })) };
  };
}

function requestOf(params: ControlParams): SearchRequest {
  const under = params.optionalString("under");
  const limit = params.optionalInteger("limit");
  const kind = params.optionalString("kind");
  return {
    text: params.string("text"),
    ...(under !== undefined && { under: parsePath(under) }),
    ...(limit !== undefined && { limit }),
    ...(kind !== undefined && { kind: parseKind(kind) }),
  };
}

function parseKind(kind: string): "file" | "dir" {
  if (kind === "file" || kind === "dir") return kind;
  throw new GoliathError("bad-request", "kind is neither file nor dir");
}
