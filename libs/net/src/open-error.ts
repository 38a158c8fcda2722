/** Why a stream could not be opened, as one of our errors. */
import { GoliathError, hasCode, type PeerId } from "@goliath/protocols/nouns";

export interface OpenErrorInit {
  peer: PeerId;
  protocol: string;
  /** The caller's own signal. */
  signal?: AbortSignal | undefined;
}

/** `aborted` by the caller, `unsupported` by the other side, else `unavailable`. */
export function openError(cause: unknown, { peer, protocol, signal }: OpenErrorInit): GoliathError {
  const about = { peer, protocol };
  if (signal?.aborted)
    return new GoliathError("aborted", "cancelled", { cause: signal.reason, about });
  if (hasCode(cause, "unsupported", "unavailable")) return cause;
  if (cause instanceof Error && cause.name === "UnsupportedProtocolError") {
    return new GoliathError("unsupported", `the peer does not speak ${protocol}`, { cause, about });
  }
  return new GoliathError("unavailable", `the peer ${peer} cannot be reached`, { cause, about });
}
