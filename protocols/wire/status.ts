/** Status numbers on the wire: `ok`, then one for each error code. Append-only: never renumber. */
import { GoliathError, type ErrorCode } from "../nouns/exports.ts";

export const STATUS_OK = 0;

const STATUS_OF = {
  "bad-request": 1,
  "invalid-path": 2,
  "not-found": 3,
  exists: 4,
  conflict: 5,
  "not-a-directory": 6,
  "is-a-directory": 7,
  owned: 8,
  forbidden: 9,
  "no-pass": 10,
  "bad-invite": 11,
  "lease-lost": 12,
  unverified: 13,
  "number-used": 14,
  "too-large": 15,
  gone: 16,
  reset: 17,
  missing: 18,
  corrupt: 19,
  changed: 20,
  "no-holder": 21,
  busy: 22,
  unavailable: 23,
  timeout: 24,
  closed: 25,
  aborted: 26,
  full: 27,
  locked: 28,
  unsupported: 29,
  internal: 30,
  "disk-fault": 31,
} as const satisfies Record<ErrorCode, number>;

const CODE_OF = new Map<number, ErrorCode>(
  Object.entries(STATUS_OF).map(([code, status]) => [status, code as ErrorCode]),
);

/** Longest `about` text sent along with a status: a path or an id, never a stack or a message. */
export const STATUS_ABOUT_CHARACTERS_MAX = 1024;

/** A refusal as it travels: a number, and the path or id it is about. */
export interface WireStatus {
  status: number;
  /** A path (it starts with `/`), an id, or nothing. */
  about: string;
}

export function toStatus(error: GoliathError): WireStatus {
  return { status: STATUS_OF[error.code], about: plain(error.about["path"] ?? error.about["id"]) };
}

/** Total: a number of a newer version becomes `unsupported`. */
export function fromStatus(wire: WireStatus): GoliathError {
  const code = CODE_OF.get(wire.status) ?? "unsupported";
  const about = plain(wire.about);
  if (about === "") return new GoliathError(code, PLAIN[code]);
  return new GoliathError(code, `${PLAIN[code]}: ${about}`, { about: parseAbout(about) });
}

function parseAbout(about: string): Record<string, string | number> {
  if (about.startsWith("/")) return { path: about };
  const isNumber = /^\d+$/.test(about) && Number.isSafeInteger(Number(about));
  return { id: isNumber ? Number(about) : about };
}

/** What may be shown on a terminal: the other side chose the text. */
function plain(about: string | number = ""): string {
  const text = String(about).slice(0, STATUS_ABOUT_CHARACTERS_MAX).toWellFormed();
  return text.replaceAll(/\p{Cc}/gu, "");
}

/** What each code says to a person when it arrives without further words. */
const PLAIN: Record<ErrorCode, string> = {
  "bad-request": "the request is malformed",
  "invalid-path": "this path is not allowed",
  "not-found": "nothing is there",
  exists: "something is there already",
  conflict: "it changed meanwhile",
  "not-a-directory": "this is a file, not a directory",
  "is-a-directory": "this is a directory, not a file",
  owned: "another peer's share owns this path",
  forbidden: "your role does not allow this",
  "no-pass": "not a member, or the membership was revoked",
  "bad-invite": "the invite is wrong, expired or used up: ask for a new one",
  "lease-lost": "the lease ended before the commit",
  unverified: "a holder could not show that it has these chunks",
  "number-used": "this commit number was used for another commit",
  "too-large": "this is larger than allowed",
  gone: "this revision is no longer kept",
  reset: "the feed cannot continue from there",
  missing: "the peer does not hold this",
  corrupt: "the bytes do not match their digest",
  changed: "the file changed since it was published",
  "no-holder": "no reachable peer holds this now",
  busy: "too busy now: try again",
  unavailable: "the other side cannot be reached",
  timeout: "no answer in time",
  closed: "the connection was closed",
  aborted: "cancelled",
  full: "no room left on the other side",
  locked: "another process holds this home",
  unsupported: "the other side speaks a version this one does not know",
  internal: "a fault on the other side",
  "disk-fault": "a failing disk on the other side",
};
