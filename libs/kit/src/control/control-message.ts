/**
 * What travels over a control socket, as HTTP/1.1:
 *
 *   POST /v1/METHOD            a JSON object of parameters as the body, or
 *   POST /v1/METHOD?params=…   the same in the query, and raw bytes as the body
 *
 * A call is answered by lines of JSON: `{"progress":…}` any number of times, then `{"result":…}` or
 * `{"error":…}`. A stream is answered by raw bytes and the trailer `goliath-end`, which is `ok` or
 * the error in base64url: bytes without that trailer are not all of them. An error before the first
 * byte comes as a status of 4xx or 5xx with one line of JSON.
 */
import { ERROR_CODES, GoliathError, type ErrorCode } from "@goliath/protocols/nouns";

/** Parameters are paths and numbers; file bytes go in the body. */
export const CONTROL_PARAMS_BYTES_MAX = 1024 * 1024;
/** Longest line of an answer; a page of 1,000 entries with the longest names is a tenth of it. */
export const CONTROL_LINE_BYTES_MAX = 16 * 1024 * 1024;
/** Two paths of 4,096 bytes, escaped threefold in the query, with room. */
export const CONTROL_HEADER_BYTES_MAX = 64 * 1024;
/** Longest text of an error: a sentence and a path. */
const ERROR_TEXT_MAX = 8 * 1024;

export const CONTROL_PREFIX = "/v1/";
export const END_TRAILER = "goliath-end";
export const END_OK = "ok";

export type ControlLine = { progress: unknown } | { result: unknown } | { error: ControlError };

/** A GoliathError as JSON: both ends are ours and on one machine, so the message travels too. */
export interface ControlError {
  code: ErrorCode;
  message: string;
  about: Record<string, string | number>;
}

export function toControlError(error: GoliathError): ControlError {
  return { code: error.code, message: error.message.slice(0, ERROR_TEXT_MAX), about: error.about };
}

/** Total: what is no error of ours becomes `internal`. */
export function fromControlError(value: unknown): GoliathError {
  const { code, message, about } = asObject(value);
  if (
    typeof code !== "string" ||
    typeof message !== "string" ||
    !Object.hasOwn(ERROR_CODES, code)
  ) {
    return new GoliathError("internal", "the daemon answered with an error of another version");
  }
  const facts = Object.entries(asObject(about)).filter(isFact);
  return new GoliathError(code as ErrorCode, message, { about: Object.fromEntries(facts) });
}

export function encodeLine(line: ControlLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** The lines of a byte stream, parsed. Throws `too-large` and `bad-request`. */
export async function* decodeLines(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Record<string, unknown>> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (let bytes of source) {
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a)) {
      yield parseObject(Buffer.concat([...held, bytes.subarray(0, end)]).toString());
      held = [];
      heldBytes = 0;
      bytes = bytes.subarray(end + 1);
    }
    heldBytes += bytes.length;
    if (heldBytes > CONTROL_LINE_BYTES_MAX)
      throw new GoliathError("too-large", "the line is too long");
    held.push(bytes);
  }
}

/** The object in a JSON text. Throws `bad-request` for anything else. */
export function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new GoliathError("bad-request", "not JSON", { cause });
  }
  if (!isObject(value)) throw new GoliathError("bad-request", "not a JSON object");
  return value;
}

export function encodeEnd(error?: GoliathError): string {
  return error ? Buffer.from(JSON.stringify(toControlError(error))).toString("base64url") : END_OK;
}

/** The error a stream ended with, or undefined when it is complete. */
export function decodeEnd(trailer: string | undefined): GoliathError | undefined {
  if (trailer === END_OK) return undefined;
  if (trailer === undefined) return new GoliathError("closed", "the daemon stopped before the end");
  return fromControlError(parseObject(Buffer.from(trailer, "base64url").toString()));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function asObject(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isFact(pair: [string, unknown]): pair is [string, string | number] {
  return typeof pair[1] === "string" || typeof pair[1] === "number";
}
