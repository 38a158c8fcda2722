/** Exit codes: what a script can tell apart. Documented by `goliath help exit-codes`. */
import { isNoDaemon } from "@goliath/kit";
import type { ErrorCode, GoliathError } from "@goliath/protocols/nouns";

/** Every exit code with its meaning. Append-only: scripts depend on the numbers. */
export const EXIT_CODES = {
  ok: [0, "done"],
  fault: [1, "a fault of Goliath's, damaged bytes, or a version that does not fit"],
  usage: [2, "the command line is wrong, or asks for more than a stated bound"],
  "not-found": [3, "nothing is at the path, or its revision is no longer kept"],
  refused: [4, "not allowed: no pass, too small a role, or another's share owns the path"],
  conflict: [5, "it is not as the command needs it: it exists, it changed, it is of another kind"],
  unavailable: [6, "nobody who has it can be reached now, or no answer in time: try again"],
  "no-daemon": [7, "no daemon runs in this home"],
  full: [8, "no space is left on a disk or within a capacity"],
  "disk-fault": [9, "a disk could not read or write"],
  interrupted: [130, "interrupted by Ctrl-C or a signal"],
} as const satisfies Record<string, readonly [number, string]>;

export type ExitReason = keyof typeof EXIT_CODES;

const REASON_OF = {
  "bad-request": "usage",
  "invalid-path": "usage",
  "not-found": "not-found",
  exists: "conflict",
  conflict: "conflict",
  "not-a-directory": "conflict",
  "is-a-directory": "conflict",
  owned: "refused",
  forbidden: "refused",
  "no-pass": "refused",
  "bad-invite": "refused",
  "lease-lost": "unavailable",
  unverified: "unavailable",
  "number-used": "fault",
  "too-large": "usage",
  gone: "not-found",
  reset: "conflict",
  missing: "unavailable",
  corrupt: "fault",
  changed: "conflict",
  "no-holder": "unavailable",
  busy: "unavailable",
  unavailable: "unavailable",
  timeout: "unavailable",
  closed: "unavailable",
  aborted: "interrupted",
  full: "full",
  locked: "conflict",
  unsupported: "fault",
  internal: "fault",
  "disk-fault": "disk-fault",
} as const satisfies Record<ErrorCode, ExitReason>;

export function exitReasonOf(error: GoliathError): ExitReason {
  return isNoDaemon(error) ? "no-daemon" : REASON_OF[error.code];
}

export function exitCodeOf(error: GoliathError): number {
  return EXIT_CODES[exitReasonOf(error)][0];
}

/** The topic of `goliath help exit-codes`. */
export function exitCodesHelp(): string {
  const lines = Object.values(EXIT_CODES).map(
    ([code, meaning]) => `${String(code).padStart(5)}  ${meaning}`,
  );
  return ["Exit codes:", "", ...lines, ""].join("\n");
}
