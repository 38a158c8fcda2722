/** The client's end of the control socket: one connection a call. */
import { request as sendRequest, type ClientRequest, type IncomingMessage } from "node:http";
import { Readable } from "node:stream";
import { GoliathError } from "@goliath/protocols/nouns";
import {
  CONTROL_HEADER_BYTES_MAX,
  CONTROL_PREFIX,
  decodeEnd,
  decodeLines,
  END_TRAILER,
  fromControlError,
} from "./control-message.ts";

export interface StreamControlOptions {
  signal?: AbortSignal;
}

export interface CallControlOptions extends StreamControlOptions {
  /** Awaited, so that a slow reader slows the daemon down. */
  onProgress?: (value: unknown) => void | Promise<void>;
  /** Raw bytes for a method that takes them; drawn as fast as the daemon reads. */
  body?: AsyncIterable<Uint8Array>;
}

/**
 * Calls a method of the daemon behind `socket` and returns its result, whose shape is the
 * method's contract. Throws what the method threw, code kept; `unavailable` when no daemon
 * answers (see `isNoDaemon`); `closed` when it stopped meanwhile.
 */
export async function callControl<Result>(
  socket: string,
  method: string,
  params: object = {},
  { onProgress, signal, body }: CallControlOptions = {},
): Promise<Result> {
  const source = body && asReadable(body);
  const response = await exchange({ socket, method, params, source, signal });
  try {
    for await (const line of decodeLines(response)) {
      if ("error" in line) throw fromControlError(line["error"]);
      if ("result" in line) return line["result"] as Result;
      await onProgress?.(line["progress"]);
    }
  } catch (thrown) {
    throw explain(thrown, { socket, signal });
  } finally {
    source?.destroy();
    response.destroy();
  }
  throw new GoliathError("closed", "the daemon stopped before it answered");
}

/**
 * Calls a method that answers with bytes. Resolves with the first of them on their way; the
 * iteration throws when they are not all that there is. Leaving it early cancels the call.
 */
export async function streamControl(
  socket: string,
  method: string,
  params: object = {},
  { signal }: StreamControlOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const response = await exchange({ socket, method, params, source: undefined, signal });
  if (response.statusCode !== 200) {
    for await (const line of decodeLines(response)) throw fromControlError(line["error"]);
    throw new GoliathError("closed", "the daemon stopped before it answered");
  }
  return drain(response, { socket, signal });
}

/** Whether this says that no daemon answers at the socket, rather than that a far peer is away. */
export function isNoDaemon(thrown: unknown): boolean {
  return (
    thrown instanceof GoliathError &&
    thrown.code === "unavailable" &&
    "daemonSocket" in thrown.about
  );
}

interface Where {
  socket: string;
  signal: AbortSignal | undefined;
}

async function* drain(response: IncomingMessage, where: Where): AsyncGenerator<Uint8Array> {
  try {
    yield* response as AsyncIterable<Uint8Array>;
  } catch (thrown) {
    throw explain(thrown, where);
  }
  const error = decodeEnd(response.trailers[END_TRAILER]);
  if (error) throw error;
}

interface ExchangeInit extends Where {
  method: string;
  params: object;
  source: Readable | undefined;
}

function exchange({
  socket,
  method,
  params,
  source,
  signal,
}: ExchangeInit): Promise<IncomingMessage> {
  const text = JSON.stringify(params);
  const query = source ? `?params=${encodeURIComponent(text)}` : "";
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(GoliathError.from(signal.reason));
    const request = sendRequest({
      socketPath: socket,
      method: "POST",
      path: `${CONTROL_PREFIX}${encodeURIComponent(method)}${query}`,
      agent: false,
      // We close: a daemon that closed first could cut off its refusal of a body still being sent.
      headers: { connection: "keep-alive" },
      maxHeaderSize: CONTROL_HEADER_BYTES_MAX,
      ...(signal && { signal }),
    });
    request.once("response", resolve);
    // Kept for good: a body that is still being sent fails after the answer has come.
    request.on("error", (error) => reject(explain(error, { socket, signal })));
    if (source) sendBody(request, source);
    else request.end(text);
  });
}

function sendBody(request: ClientRequest, source: Readable): void {
  source.once("error", (error) => request.destroy(error));
  request.once("close", () => source.destroy());
  source.pipe(request);
}

function asReadable(body: AsyncIterable<Uint8Array>): Readable {
  return body instanceof Readable ? body : Readable.from(body, { objectMode: false });
}

/** What a failed connection means to the caller. */
function explain(thrown: unknown, { socket, signal }: Where): GoliathError {
  if (thrown instanceof GoliathError) return thrown;
  if (signal?.aborted) return GoliathError.from(signal.reason);
  const init = { cause: thrown, about: { daemonSocket: socket } };
  switch (thrown instanceof Error && "code" in thrown ? thrown.code : "") {
    case "ENOENT":
    case "ENOTDIR":
    case "ECONNREFUSED":
      return new GoliathError("unavailable", `no daemon answers at ${socket}`, init);
    case "EACCES":
    case "EPERM":
      return new GoliathError("forbidden", `the daemon at ${socket} belongs to another user`, {
        cause: thrown,
        about: { file: socket },
      });
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return new GoliathError("closed", "the daemon stopped before it answered", { cause: thrown });
    default:
      return GoliathError.from(thrown);
  }
}
