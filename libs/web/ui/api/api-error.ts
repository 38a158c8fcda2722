/** An error of the API as the UI shows it: a code to branch on and a sentence to read. */
import type { ErrorCode } from "@goliath/protocols/nouns";

/** `signed-out` and `daemon-gone` are of the way to the peer, the others are the peer's own. */
export type ApiErrorCode = ErrorCode | "signed-out" | "daemon-gone";

export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ApiErrorCode;
  readonly about: Readonly<Record<string, string | number>>;

  constructor(code: ApiErrorCode, message: string, about: Record<string, string | number> = {}) {
    super(message);
    this.code = code;
    this.about = about;
  }

  /** The one funnel: whatever was thrown becomes one of ours. */
  static from(thrown: unknown): ApiError {
    if (thrown instanceof ApiError) return thrown;
    const name = thrown instanceof Error ? thrown.name : "";
    if (name === "AbortError") return new ApiError("aborted", "Cancelled.");
    // What fetch throws when nobody answers at all.
    if (thrown instanceof TypeError) return new ApiError("daemon-gone", "Goliath does not answer.");
    return new ApiError("internal", thrown instanceof Error ? thrown.message : String(thrown));
  }

  static fromAnswer(value: unknown): ApiError {
    const { code, message, about } = (value ?? {}) as Record<string, unknown>;
    if (typeof code !== "string" || typeof message !== "string")
      return new ApiError("internal", "Goliath answered in a way this page does not know.");
    const facts = typeof about === "object" && about !== null ? about : {};
    return new ApiError(code as ApiErrorCode, message, facts as Record<string, string | number>);
  }

  get cancelled(): boolean {
    return this.code === "aborted";
  }
}

/** What a person should read for each code; where it is not listed the peer's own words serve. */
const SENTENCES: Partial<Record<ApiErrorCode, string>> = {
  "signed-out": "You are signed out. Sign in again to go on.",
  "daemon-gone": "Goliath does not answer. Is it still running on that machine?",
  unavailable: "The drive’s index cannot be reached now. This works again when it is back.",
  timeout: "There was no answer in time. Try again in a moment.",
  busy: "Goliath has its hands full. Try again in a moment.",
  closed: "The connection was closed before it was done. Try again.",
  "no-holder": "Nobody who has this is online now.",
  gone: "This version is no longer kept.",
  "not-found": "There is nothing at this place any more.",
  exists: "Something with this name is there already.",
  conflict: "It was changed by somebody else meanwhile. Look again, then repeat it.",
  owned: "This folder belongs to a share: only the machine that shares it can change it.",
  forbidden: "Your role in this drive does not allow this.",
  "no-pass": "This machine is not a member of the drive at present.",
  full: "There is no room left on the disk or at the keepers.",
  "disk-fault": "A disk reports a fault. Check the disk of the machine that answered.",
  unsupported: "The Goliath that runs on that machine does not know this yet. Update it.",
};

/** One or two sentences that say what happened and, where there is one, the way on. */
export function sentenceOf(thrown: unknown): string {
  const error = ApiError.from(thrown);
  const sentence = SENTENCES[error.code];
  if (sentence !== undefined) return sentence;
  const { message } = error;
  const begun = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?]$/u.test(begun) ? begun : `${begun}.`;
}
