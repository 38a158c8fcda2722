/** The web UI of a peer and its API, over HTTP. See the README for what each rule keeps out. */
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import {
  answerControl,
  HttpExchanges,
  type Clock,
  type ControlMethod,
  type ControlStream,
  type Log,
} from "@goliath/kit";
import { GoliathError, isFault } from "@goliath/protocols/nouns";
import { Access } from "./access.ts";
import { foldersMethod } from "./folders-method.ts";
import { isOurHost, isOurPage } from "./gate.ts";
import { ANSWER_HEADERS } from "./security-headers.ts";
import { FILES_PREFIX, serveFile, statusOf } from "./serve-file.ts";
import { SignIn } from "./sign-in.ts";
import { ticketMethod } from "./ticket-method.ts";
import { Tickets } from "./tickets.ts";
import { UI_FOLDER, UiFiles } from "./ui-files.ts";

/** Far more than the tabs of one person open; beyond it connections are refused. */
const CONNECTIONS_MAX = 256;
/** Two paths of 4,096 bytes, escaped threefold in the query, or a ticket with one, with room. */
const HEADER_BYTES_MAX = 64 * 1024;
/** The patience with clients, unless told otherwise. */
const HEADERS_TIMEOUT_MS = 10_000;
/** Between two requests of one connection. */
const IDLE_TIMEOUT_MS = 10_000;
/** Long enough for any link; an answer of the API may take days and has no such limit. */
const READ_TIMEOUT_MS = 60_000;

/** Of what tickets are signed with. */
const KEY_BYTES = 32;

const API_PREFIX = "/api/v1/";
const SESSION_PATH = "/api/session";

/** What can be asked now; less before the peer has joined a drive. */
export interface WebMethods {
  methods: Readonly<Record<string, ControlMethod>>;
  streams: Readonly<Record<string, ControlStream>>;
  /** Answers for all others. */
  otherwise?: ControlMethod;
}

export interface ServeWebInit {
  /** A numeric address and a port; 0 is any. */
  listen: { host: string; port: number };
  /** PEM. */
  tls?: { cert: string; key: string } | undefined;
  /** Names it is reached by besides its address. */
  names?: readonly string[] | undefined;
  /** Whoever has it may do all that the user may. */
  token: string;
  /** What lets in who comes from elsewhere. */
  password?: string | undefined;
  version: string;
  /** Asked at each call: what there is changes when the peer joins. */
  control: () => WebMethods;
  /** Where the built UI lies. */
  ui?: string;
  /** Whoever has not said by then what he wants is cut off. */
  patienceMs?: number;
  clock: Clock;
  /** That nobody may foresee. */
  randomBytes: (count: number) => Uint8Array;
  log: Log;
}

export interface Web extends AsyncDisposable {
  /** `http://127.0.0.1:4680` */
  readonly origin: string;
}

/** Throws `unavailable` when it cannot listen there, `bad-request` where it would not be safe. */
export async function serveWeb(init: ServeWebInit): Promise<Web> {
  checkSafe(init);
  const exchanges = new HttpExchanges(init.clock);
  const router = new Router(init, exchanges);
  const server = listening(init, (request, response) =>
    exchanges.track(router.answer(request, response)),
  );
  const origin = await listen(server, init);
  return { origin, [Symbol.asyncDispose]: () => exchanges.close(server) };
}

function listening(
  { tls, patienceMs = HEADERS_TIMEOUT_MS }: ServeWebInit,
  answer: RequestListener,
): Server {
  const options = {
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: patienceMs,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    connectionsCheckingInterval: patienceMs / 4,
    // A large upload may take days; who may not upload is answered at once.
    requestTimeout: 0,
  };
  const server = tls
    ? createTlsServer({ ...options, ...tls, minVersion: "TLSv1.2" }, answer)
    : createServer(options, answer);
  server.maxConnections = CONNECTIONS_MAX;
  server.timeout = READ_TIMEOUT_MS;
  return server;
}

/** Whoever is on the way could read the token, and whoever reaches the page could try. */
function checkSafe({ listen: { host, port }, tls, password }: ServeWebInit): void {
  const isOwn = host === "::1" || host.startsWith("127.");
  if (isOwn || (tls && password !== undefined)) return;
  const text =
    `${host} is reached from elsewhere: that needs http-password-file, http-cert and http-key. ` +
    `Or serve this machine alone, and come by \`ssh -L ${port || 4680}:127.0.0.1:${port || 4680}\``;
  throw new GoliathError("bad-request", text, { about: { listen: host } });
}

async function listen(server: Server, { listen: { host, port }, tls }: ServeWebInit) {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `the web UI cannot be served at ${host} port ${port}: give --http another`;
      reject(new GoliathError("unavailable", message, { cause, about: { listen: host } }));
    });
    server.listen({ host, port }, resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return `${tls ? "https" : "http"}://${host.includes(":") ? `[${host}]` : host}:${bound}`;
}

class Router {
  readonly #init: ServeWebInit;
  readonly #stopping: AbortSignal;
  readonly #access: Access;
  readonly #signIn: SignIn | undefined;
  readonly #tickets: Tickets;
  readonly #ui: UiFiles;

  constructor(init: ServeWebInit, { stopping }: HttpExchanges) {
    this.#init = init;
    this.#stopping = stopping;
    const { password, token } = init;
    this.#signIn = password === undefined ? undefined : new SignIn({ ...init, password });
    this.#access = new Access({ token, signIn: this.#signIn });
    this.#tickets = new Tickets({
      key: init.randomBytes(KEY_BYTES),
      nowMs: () => init.clock.nowMs(),
    });
    this.#ui = new UiFiles(init.ui ?? UI_FOLDER);
  }

  /** Never rejects. */
  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.#route(request, response);
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      if (isFault(error)) this.#init.log.error("a request failed by our fault", { error });
      const status = statusOf(error.code);
      if (!response.headersSent) refuse(response, { status, why: error.message });
      else response.destroy();
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "", url = "/", headers } = request;
    const { host } = this.#init.listen;
    const { names = [] } = this.#init;
    if (!isOurHost(headers.host, { host, names })) {
      return refuse(response, { status: 403, why: "this is not the name of this server" });
    }
    if (url.startsWith("/api/")) return this.#api(request, response);
    if (method !== "GET" && method !== "HEAD") {
      return refuse(response, { status: 405, why: "GET only", headers: { allow: "GET, HEAD" } });
    }
    if (url.startsWith(FILES_PREFIX)) return this.#file(request, response);
    await this.#ui.serve(request, response);
  }

  async #api(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurPage(request.headers)) {
      return refuse(response, { status: 403, why: "another page may not ask here" });
    }
    setHeaders(response, ANSWER_HEADERS);
    if (request.url === SESSION_PATH) return this.#session(request, response);
    if (!this.#access.allows(request)) {
      const why = "sign in first: open the address that `goliath web` prints";
      return refuse(response, { status: 401, why });
    }
    const { socket } = request;
    socket.setTimeout(0);
    const { methods, streams, otherwise } = this.#init.control();
    const ticket = ticketMethod(this.#tickets, methods["resolve"]);
    const all = { ...methods, folders: foldersMethod, ticket };
    const init = { methods: all, streams, otherwise, prefix: API_PREFIX, cutsStreams: true };
    const onFault = (error: GoliathError) => this.#init.log.error("a call failed", { error });
    const stopping = this.#stopping;
    await answerControl({ ...init, onFault }, { request, response, stopping });
    // By now the response may have let go of it.
    response.once("finish", () => socket.setTimeout(READ_TIMEOUT_MS));
  }

  async #session(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const signIn = this.#signIn;
    if (request.method === "POST" && signIn) {
      const init = { methods: { session: signInMethod(signIn) }, prefix: "/api/" };
      await answerControl(init, { request, response, stopping: this.#stopping });
      return;
    }
    const told = { password: signIn !== undefined, version: this.#init.version };
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(told));
  }

  async #file(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isOurPage(request.headers)) {
      return refuse(response, { status: 403, why: "another page may not ask here" });
    }
    // A player that is paused reads no further for as long as it is.
    const { socket } = request;
    socket.setTimeout(0);
    const gone = new AbortController();
    response.once("close", () => gone.abort(new GoliathError("aborted", "the client went away")));
    const signal = AbortSignal.any([gone.signal, this.#stopping]);
    const { cat } = this.#init.control().streams;
    await serveFile({ tickets: this.#tickets, cat }, { request, response, signal });
    // By now the response may have let go of it.
    response.once("finish", () => socket.setTimeout(READ_TIMEOUT_MS));
  }
}

function signInMethod(signIn: SignIn): ControlMethod {
  return async (params) => ({ token: await signIn.signIn(params.string("password")) });
}

interface Refusal {
  status: number;
  why: string;
  headers?: OutgoingHttpHeaders;
}

/** In one line, in the form of an answer of the API; what is still being sent is not read. */
function refuse(response: ServerResponse, { status, why, headers = {} }: Refusal): void {
  for (const name of response.getHeaderNames()) response.removeHeader(name);
  const code = status === 404 ? "not-found" : status >= 500 ? "unavailable" : "forbidden";
  const body = `${JSON.stringify({ error: { code, message: why, about: {} } })}\n`;
  setHeaders(response, {
    ...ANSWER_HEADERS,
    "content-type": "application/x-ndjson",
    "content-length": Buffer.byteLength(body),
    connection: "close",
    ...headers,
  });
  response.statusCode = status;
  response.end(body);
}

function setHeaders(response: ServerResponse, headers: OutgoingHttpHeaders): void {
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) response.setHeader(name, value);
  }
}
