/** The daemon's end of the control socket. */
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { GoliathError, isFault, type ErrorCode } from "@goliath/protocols/nouns";
import { systemClock, type Clock } from "../clock.ts";
import {
  CONTROL_HEADER_BYTES_MAX,
  CONTROL_PARAMS_BYTES_MAX,
  CONTROL_PREFIX,
  encodeEnd,
  encodeLine,
  END_TRAILER,
  parseObject,
  toControlError,
} from "./control-message.ts";
import { ControlParams } from "./control-params.ts";
import { clearControlSocket } from "./control-socket.ts";

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

export interface ServeControlInit {
  /** From `controlSocketPath`. The caller holds the home's lock. */
  socket: string;
  methods: Readonly<Record<string, ControlMethod>>;
  streams?: Readonly<Record<string, ControlStream>>;
  /** Told of faults of ours (`internal`). */
  onFault?: (error: GoliathError) => void;
  clock?: Clock;
}

export interface ControlServer extends AsyncDisposable {
  readonly socket: string;
}

/** The type of an answer in lines of JSON. */
const LINES = "application/x-ndjson";
/** Far more commands than anybody runs at once; beyond it connections are refused. */
const CONNECTIONS_MAX = 256;
/** How long a stopping daemon waits for clients to read the last of their answers. */
const CLOSING_GRACE_MS = 1_000;

/**
 * Listens on a socket that its user alone can reach. A socket that a killed daemon left is
 * replaced; where another answers, `locked`. Disposing aborts the calls under way, waits for them
 * to end, and takes the socket away.
 */
export async function serveControl(init: ServeControlInit): Promise<ControlServer> {
  await clearControlSocket(init.socket);
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const server = createServer({ maxHeaderSize: CONTROL_HEADER_BYTES_MAX }, (request, response) => {
    const one = answer(init, { request, response, stopping: stopping.signal });
    running.add(one);
    void one.finally(() => running.delete(one));
  });
  // A body from somebody's terminal may take days.
  server.requestTimeout = 0;
  server.maxConnections = CONNECTIONS_MAX;
  await listen(server, init.socket);
  const close = async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    stopping.abort(new GoliathError("closed", "the daemon is stopping"));
    await Promise.allSettled(running);
    const grace = new AbortController();
    const waited = (init.clock ?? systemClock).sleep(CLOSING_GRACE_MS, grace.signal);
    await Promise.race([closed, waited]);
    grace.abort();
    await waited.catch(() => undefined);
    server.closeAllConnections();
    await closed;
  };
  let closing: Promise<void> | undefined;
  return { socket: init.socket, [Symbol.asyncDispose]: () => (closing ??= close()) };
}

function listen(server: Server, socket: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    // The socket is made within this call, and so never reachable for others.
    const umask = process.umask(0o177);
    server.listen(socket, resolve);
    process.umask(umask);
  });
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  stopping: AbortSignal;
}

async function answer(init: ServeControlInit, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  const gone = new AbortController();
  response.once("close", () => gone.abort(new GoliathError("aborted", "the client went away")));
  const signal = AbortSignal.any([gone.signal, exchange.stopping]);
  try {
    const { method, params, body } = await readRequest(exchange.request);
    const stream = own(init.streams ?? {}, method);
    if (stream) await answerStream(exchange, { chunks: await stream(params, { signal }), signal });
    else await answerCall(exchange, { work: known(init.methods, method), params, body, signal });
  } catch (thrown) {
    const error = causeOf(thrown, exchange.request);
    if (isFault(error)) init.onFault?.(error);
    refuse(response, error);
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

async function answerCall({ response }: Exchange, init: CallInit): Promise<void> {
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

async function answerStream({ response }: Exchange, { chunks, signal }: StreamInit): Promise<void> {
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

/** The error, in the form that fits how far the answer has got. */
function refuse(response: ServerResponse, error: GoliathError): void {
  if (response.headersSent && response.hasHeader("trailer")) {
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

async function readRequest(request: IncomingMessage): Promise<ParsedRequest> {
  const { url, method } = readTarget(request);
  const inQuery = url.searchParams.get("params");
  const text = inQuery ?? (await readText(request));
  const params = new ControlParams(text === "" ? {} : parseObject(text));
  return { method, params, body: request };
}

function readTarget({ method, url = "" }: IncomingMessage): { url: URL; method: string } {
  try {
    const target = new URL(url, "http://control");
    if (method === "POST" && target.pathname.startsWith(CONTROL_PREFIX)) {
      return {
        url: target,
        method: decodeURIComponent(target.pathname.slice(CONTROL_PREFIX.length)),
      };
    }
  } catch {
    // No URL, or no UTF-8 behind its escapes.
  }
  throw new GoliathError("bad-request", `only POST ${CONTROL_PREFIX}METHOD is answered here`);
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

function known<Value>(all: Readonly<Record<string, Value>>, name: string): Value {
  const found = own(all, name);
  if (found) return found;
  const message = `the running daemon does not know "${name}": restart it with this version of Goliath`;
  throw new GoliathError("unsupported", message, { about: { method: name } });
}

function own<Value>(all: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(all, name) ? all[name] : undefined;
}
