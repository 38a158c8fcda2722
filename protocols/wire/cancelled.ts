/** The error of a call whose caller gave up. */
import { GoliathError, hasCode } from "../nouns/exports.ts";

/**
 * What a call rejects with when its signal aborted: the reason where that is one of ours or a
 * timeout (`AbortSignal.timeout`), `aborted` otherwise.
 */
export function cancelled(signal: AbortSignal | undefined): GoliathError {
  const error = GoliathError.from(signal?.reason);
  if (!hasCode(error, "internal")) return error;
  return new GoliathError("aborted", "cancelled", { cause: signal?.reason });
}
