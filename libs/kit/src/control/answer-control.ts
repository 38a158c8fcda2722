/** One control call answered over HTTP, whatever listens: the socket of a home, or a web server. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { GoliathError, isFault, type ErrorCode } from "@goliath/protocols/nouns";
import {
  CONTROL_PARAMS_BYTES_MAX,
  encodeEnd,
  encodeLine,
  END_TRAILER,
  parseObject,
  toControlError,
} from "./control-message.ts";
import { ControlParams } from "./control-params.ts";

export interface ControlCall {
  /** Aborts when the client went away or the daemon stops. */
  signal: AbortSignal;
  /** Tells the client how it goes. Resolves when it can take more: await it. */
  progress(value: unknown): Promise<void>;
  /** The raw body, for methods that take one. */
  body: AsyncIterable<Uint8Array>;
}

/** Returns what JSON can say. What it throws reaches the client with its code. */
export type ControlMethod = (params: ControlParams, call: ControlCall) => Promise<unknown>;

/** Answers with bytes. What it throws, before or amid them, reaches the client with its code. */
export type ControlStream = (
  params: ControlParams,
  call: { signal: AbortSignal },
) => Promise<AsyncIterable<Uint8Array>> | AsyncIterable<Uint8Array>;

export interface AnswerControlInit {
  methods: Readonly<Record<string, ControlMethod>>;
  streams?: Readonly<Record<string, ControlStream>>;
  /** Answers for names that are in neither; such a call is `unsupported` when absent. */
  otherwise?: ControlMethod | undefined;
  /** What a path begins with; the name of the method follows. */
  prefix: string;
  /**
   * Whether a stream that fails amid its bytes ends by cutting the connection: a browser is never
   * shown the trailer, and must not take a part for the whole.
   */
  cutsStreams?: boolean;
  /** Told of faults of ours (`internal`). */
  onFault?: ((error: GoliathError) => void) | undefined;
}

export interface ControlExchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Aborts when the daemon stops. */
  stopping: AbortSignal;
}

/** The type of an answer in lines of JSON. */
const LINES = "application/x-ndjson";
/** Never rejects: what goes wrong is told to the client, and faults to `onFault`. */
export async function answerControl(
  init: AnswerControlInit,
  exchange: ControlExchange,
): Promise<void> {
  const { response } = exchange;
  const gone = new AbortController();
  response.once("close", () => gone.abort(new GoliathError("aborted", "the client went away")));
  const signal = AbortSignal.any([gone.signal, exchange.stopping]);
  try {
    const { method, params, body } = await readRequest(exchange.request, init.prefix);
    const stream = own(init.streams ?? {}, method);
    if (stream) await answerStream(exchange, { chunks: await stream(params, { signal }), signal });
    else await answerCall(exchange, { work: known(init, method), params, body, signal });
  } catch (thrown) {
    const error = causeOf(thrown, exchange.request);
    if (isFault(error)) init.onFault?.(error);
    if (init.cutsStreams && isAmidBytes(response)) response.destroy();
    else refuse(response, error);
  }
}

/** A client that sent half of what it began and left is no fault of ours. */
function causeOf(thrown: unknown, { errored: cause }: IncomingMessage): GoliathError {
  const error = GoliathError.from(thrown);
  if (!cause || error.code !== "internal") return error;
  return new GoliathError("closed", "the client went away before it had said all", { cause });
}

interface CallInit {
  work: ControlMethod;
  params: ControlParams;
  body: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

async function answerCall({ response }: ControlExchange, init: CallInit): Promise<void> {
  const { work, params, body, signal } = init;
  const progress = async (value: unknown) => {
    start(response, LINES);
    await write(response, encodeLine({ progress: value }), { signal });
  };
  const result = (await work(params, { signal, progress, body })) ?? {};
  start(response, LINES);
  response.end(encodeLine({ result }));
}

interface StreamInit {
  chunks: AsyncIterable<Uint8Array>;
  signal: AbortSignal;
}

async function answerStream(
  { response }: ControlExchange,
  { chunks, signal }: StreamInit,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  // Drawn before the status is sent: most failures are known by then.
  let next = await iterator.next();
  start(response, "application/octet-stream");
  response.setHeader("trailer", END_TRAILER);
  response.flushHeaders();
  try {
    for (; !next.done; next = await iterator.next()) {
      await write(response, next.value, { signal });
    }
  } finally {
    await iterator.return?.();
  }
  response.addTrailers({ [END_TRAILER]: encodeEnd() });
  response.end();
}

function start(response: ServerResponse, type: string): void {
  if (!response.headersSent) response.setHeader("content-type", type);
}

function isAmidBytes(response: ServerResponse): boolean {
  return response.headersSent && response.hasHeader("trailer");
}

/** The error, in the form that fits how far the answer has got. */
function refuse(response: ServerResponse, error: GoliathError): void {
  if (isAmidBytes(response)) {
    response.addTrailers({ [END_TRAILER]: encodeEnd(error) });
    response.end();
    return;
  }
  if (!response.headersSent) {
    response.removeHeader("trailer");
    response.statusCode = statusOf(error.code);
  }
  start(response, LINES);
  response.end(encodeLine({ error: toControlError(error) }));
}

function statusOf(code: ErrorCode): number {
  if (code === "internal" || code === "disk-fault") return 500;
  return code === "not-found" ? 404 : 400;
}

interface WriteOptions {
  signal: AbortSignal;
}

/** Resolves when the connection has taken the bytes. Rejects when the call was aborted. */
async function write(
  response: ServerResponse,
  bytes: string | Uint8Array,
  { signal }: WriteOptions,
): Promise<void> {
  signal.throwIfAborted();
  if (!response.write(bytes)) await once(response, "drain", { signal });
}

interface ParsedRequest {
  method: string;
  params: ControlParams;
  body: AsyncIterable<Uint8Array>;
}

async function readRequest(request: IncomingMessage, prefix: string): Promise<ParsedRequest> {
  const { url, method } = readTarget(request, prefix);
  const inQuery = url.searchParams.get("params");
  const text = inQuery ?? (await readText(request));
  const params = new ControlParams(text === "" ? {} : parseObject(text));
  return { method, params, body: request };
}

function readTarget(
  { method, url = "" }: IncomingMessage,
  prefix: string,
): { url: URL; method: string } {
  try {
    const target = new URL(url, "http://control");
    if (method === "POST" && target.pathname.startsWith(prefix)) {
      return {
        url: target,
        method: decodeURIComponent(target.pathname.slice(prefix.length)),
      };
    }
  } catch {
    // No URL, or no UTF-8 behind its escapes.
  }
  throw new GoliathError("bad-request", `only POST ${prefix}METHOD is answered here`);
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Uint8Array>) {
    bytes += part.length;
    if (bytes > CONTROL_PARAMS_BYTES_MAX)
      throw new GoliathError("too-large", "parameters exceed 1 MiB");
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function known({ methods, otherwise }: AnswerControlInit, name: string): ControlMethod {
  const found = own(methods, name) ?? otherwise;
  if (found) return found;
  const message = `the running daemon does not know "${name}": restart it with this version of Goliath`;
  throw new GoliathError("unsupported", message, { about: { method: name } });
}

function own<Value>(all: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
