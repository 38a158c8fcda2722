import { GoliathError } from "@goliath/protocols/nouns";
import { codeOf } from "./drive-record.ts";

/** What a user may meet when all is well: of their own doing, or of faults that pass. */
const EXPECTED: ReadonlySet<string> = new Set([
  "unavailable",
  "closed",
  "timeout",
  "busy",
  "aborted",
  "exists",
  "conflict",
  "not-found",
  "not-a-directory",
  "is-a-directory",
  "bad-request",
  "owned",
  "changed",
  "no-holder",
  "gone",
  "full",
  "lease-lost",
  "unverified",
  "invalid-path",
]);

export function isExpected(error: unknown): boolean {
  return EXPECTED.has(codeOf(error)) || isOfDisk(error);
}

/** A disk that fails is told of as it is. */
function isOfDisk(error: unknown): boolean {
  for (let at: unknown = GoliathError.from(error); at instanceof Error; at = at.cause)
    if ("code" in at && (at.code === "EIO" || at.code === "ENOSPC")) return true;
  return false;
}
