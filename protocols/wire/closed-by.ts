/** The error of a call whose stream ended. */
import { GoliathError, hasCode } from "../nouns/exports.ts";

/** The `closed` that calls reject with once their stream ended, by `cause` if it broke. */
export function closedBy(cause?: unknown): GoliathError {
  if (hasCode(cause, "closed")) return cause;
  return new GoliathError("closed", "the connection was closed", { cause });
}
