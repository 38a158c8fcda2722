/**
 * The one family of errors. Whatever a caller can act on has a code; everything else is `internal`.
 * The list is closed and append-only: a code crosses the wire as a number (see `wire/status.ts`).
 */

/** What a caller may do after an error: give up, wait and ask again, or ask another peer. */
export type Retry = "never" | "later" | "elsewhere";

/** Every code with its answer to "may I retry?" and the reason. */
export const ERROR_CODES = {
  /** The request itself is malformed; the same bytes will be refused again. */
  "bad-request": "never",
  /** A name or path breaks the rules of `parsePath`. */
  "invalid-path": "never",
  /** Nothing stands at this path, or no such object is known. */
  "not-found": "never",
  /** A precondition wanted the path absent, and something stands there. */
  exists: "never",
  /** A precondition named a revision, and the entry has another. */
  conflict: "never",
  /** A directory was needed and a file stands there. */
  "not-a-directory": "never",
  /** A file was needed and a directory stands there. */
  "is-a-directory": "never",
  /** The path lies in a directory that another writer's share owns. */
  owned: "never",
  /** The role of the caller does not allow this. */
  forbidden: "never",
  /** No pass, or one that is expired, revoked, forged or for another drive or peer. */
  "no-pass": "never",
  /** An invite that is wrong, expired, used up or of another drive. */
  "bad-invite": "never",
  /** The lease ended or never existed: allocate again. */
  "lease-lost": "never",
  /** A holder could not show that it has what the commit says it has. */
  unverified: "later",
  /** The commit number was used for another commit. */
  "number-used": "never",
  /** More than a stated bound: the message names the bound. */
  "too-large": "never",
  /** The revision is older than what is kept, or its last holder is gone. */
  gone: "never",
  /** The follower's cursor cannot be continued: list anew. */
  reset: "never",
  /** This peer does not hold the chunk. */
  missing: "elsewhere",
  /** The bytes did not match their digest. */
  corrupt: "elsewhere",
  /** The file under a chunk changed since it was published. */
  changed: "elsewhere",
  /** No reachable peer holds the chunk now. */
  "no-holder": "later",
  /** A queue or a quota is full for the moment. */
  busy: "later",
  /** The other side cannot be reached. */
  unavailable: "later",
  /** No answer in time. */
  timeout: "later",
  /** The stream or service was closed while the call was under way. */
  closed: "later",
  /** The caller gave up. */
  aborted: "never",
  /** The disk is full, or the peer's capacity is. */
  full: "later",
  /** Another process holds this home. */
  locked: "never",
  /** Not known to this version. */
  unsupported: "never",
  /** A fault of ours; the cause is in the local log. */
  internal: "later",
  /** The disk of the side that answers could not read or write; the cause is in its log. */
  "disk-fault": "later",
} as const satisfies Record<string, Retry>;

/** One code of the closed list. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** Extra facts of an error. Details are local: a peer gets the code only. */
export interface GoliathErrorInit {
  cause?: unknown;
  /** The ids involved: paths, chunk ids, peers. */
  about?: Record<string, string | number>;
}

/** The error of the whole system. `message` is one sentence for a person. */
export class GoliathError extends Error {
  override readonly name = "GoliathError";
  readonly code: ErrorCode;
  readonly about: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, message: string, init: GoliathErrorInit = {}) {
    super(message, init.cause === undefined ? undefined : { cause: firstOf(init.cause) });
    this.code = code;
    this.about = init.about ?? {};
  }

  get retry(): Retry {
    return ERROR_CODES[this.code];
  }

  /** The one funnel: whatever was thrown becomes one of ours, its cause kept. */
  static from(anything: unknown): GoliathError {
    const thrown = firstOf(anything);
    if (thrown instanceof GoliathError) return thrown;
    const name = thrown instanceof Error ? thrown.name : "";
    const code = systemCode(thrown);
    if (name === "AbortError") return new GoliathError("aborted", "cancelled", { cause: thrown });
    if (name === "TimeoutError")
      return new GoliathError("timeout", "no answer in time", { cause: thrown });
    if (code === "ENOSPC" || code === "EDQUOT" || code === "SQLITE_FULL") {
      return new GoliathError("full", "the disk is full: free some space", { cause: thrown });
    }
    if (code === "EIO" || code.startsWith("SQLITE_IOERR")) {
      const advice = "the disk reports a fault: check it";
      return new GoliathError("disk-fault", advice, { cause: thrown });
    }
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return new GoliathError("internal", text, { cause: thrown });
  }
}

/** Guards by code: `if (hasCode(error, "exists")) …`. */
export function hasCode(thrown: unknown, ...codes: ErrorCode[]): thrown is GoliathError {
  return thrown instanceof GoliathError && codes.includes(thrown.code);
}

/** What went wrong first, where giving something back went wrong after it: `using` throws both. */
function firstOf(thrown: unknown): unknown {
  let first = thrown;
  while (first instanceof SuppressedError) first = first.suppressed as unknown;
  return first;
}

/** Whether it is for the log of whoever runs this side: the others are told no more than a code. */
export function isFault(error: GoliathError): boolean {
  return hasCode(error, "internal", "disk-fault");
}

function systemCode(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null || !("code" in thrown)) return "";
  return String(thrown.code);
}
