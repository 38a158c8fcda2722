/**
 * `/metrics`, `/healthz` and `/readyz` of a daemon over HTTP, for those who watch it. It answers
 * GET alone, reads no body, and is bounded in connections, bytes and time: whoever reaches it can
 * learn the figures, and do nothing.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { GoliathError } from "@goliath/protocols/nouns";
import type { Clock } from "../clock.ts";
import { withDeadline } from "../deadline.ts";
import type { Log } from "../log.ts";
import { formatMetrics, type Metric } from "./metric.ts";
import { openProcessMetrics } from "./process-metrics.ts";

/** Far more than watch one daemon; beyond it connections are refused. */
const CONNECTIONS_MAX = 16;
/** What clients send of themselves is less than a tenth of it. */
const HEADER_BYTES_MAX = 8 * 1024;
/** A client that has not asked by then, or does not read its answer, is cut off. */
const CLIENT_TIMEOUT_MS = 5_000;
/** Half of what Prometheus waits by default. */
const ANSWER_TIMEOUT_MS = 5_000;
const EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";
const PLAIN = "text/plain; charset=utf-8";

export interface MonitoringInit {
  /** A numeric address, and a port; 0 is any that is free. */
  listen: { host: string; port: number };
  /** The daemon's own; the process' are added. */
  metrics: (signal: AbortSignal) => Promise<Metric[]>;
  /** What it needs to be of use, by name, and whether it has it. */
  ready: (signal: AbortSignal) => Promise<Record<string, boolean>>;
  clock: Clock;
  log: Log;
}

export interface Monitoring extends AsyncDisposable {
  /** `http://127.0.0.1:9464` */
  readonly url: string;
}

interface Answer {
  status: number;
  type?: string;
  body: string;
  headers?: Record<string, string>;
}

/** Throws `unavailable` when it cannot listen there. */
export async function serveMonitoring(init: MonitoringInit): Promise<Monitoring> {
  using opening = new DisposableStack();
  const ours = opening.use(openProcessMetrics({ startedAtMs: init.clock.nowMs() }));
  const pages = pagesOf(init, () => ours.metrics());
  const options = {
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: CLIENT_TIMEOUT_MS,
    requestTimeout: CLIENT_TIMEOUT_MS,
    keepAliveTimeout: CLIENT_TIMEOUT_MS,
    connectionsCheckingInterval: CLIENT_TIMEOUT_MS / 2,
  };
  const server = createServer(options, (request, response) => {
    void answer(request, pages).then((found) => send(response, found));
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.timeout = CLIENT_TIMEOUT_MS + ANSWER_TIMEOUT_MS;
  const url = await listen(server, init.listen);
  const running = opening.move();
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      running.dispose();
    },
  };
}

type Pages = ReadonlyMap<string, () => Promise<Answer>>;

function pagesOf({ metrics, ready, clock, log }: MonitoringInit, ours: () => Metric[]): Pages {
  const inTime = <Result>(work: (signal: AbortSignal) => Promise<Result>) =>
    withDeadline({ clock, timeoutMs: ANSWER_TIMEOUT_MS }, work);
  const guarded = (page: () => Promise<Answer>) => async (): Promise<Answer> =>
    page().catch((error: unknown) => {
      log.warn("could not tell how the daemon is", { error });
      return { status: 500, body: "failed: the log says why\n" };
    });
  return new Map([
    ["/healthz", async () => ({ status: 200, body: "ok\n" })],
    ["/readyz", guarded(async () => readiness(await inTime(ready)))],
    [
      "/metrics",
      // One at a time: those who ask meanwhile get the same answer.
      shared(
        guarded(async () => {
          const all = [...(await inTime(metrics)), ...ours()];
          return { status: 200, type: EXPOSITION, body: formatMetrics(all) };
        }),
      ),
    ],
  ]);
}

function readiness(found: Record<string, boolean>): Answer {
  const lines = Object.entries(found).map(([what, is]) => `${what}: ${is ? "ok" : "not yet"}\n`);
  const isReady = Object.values(found).every(Boolean);
  return { status: isReady ? 200 : 503, body: lines.join("") };
}

function shared<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

async function answer(
  { method, url = "", headers }: IncomingMessage,
  pages: Pages,
): Promise<Answer> {
  if (method !== "GET")
    return { status: 405, body: "GET only\n", headers: { allow: "GET", connection: "close" } };
  const hasBody =
    headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
  if (hasBody) return { status: 413, body: "no body\n", headers: { connection: "close" } };
  const page = pages.get(url.split("?")[0] ?? "");
  if (page) return page();
  return { status: 404, body: `${[...pages.keys()].join(" ")}\n` };
}

function send(response: ServerResponse, { status, type = PLAIN, body, headers }: Answer): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    ...headers,
  });
  response.end(body);
}

async function listen(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const message = `metrics cannot be served at ${host} port ${port}`;
      reject(new GoliathError("unavailable", message, { cause, about: { listen: host } }));
    });
    server.listen({ host, port }, resolve);
  });
  const address = server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return `http://${host.includes(":") ? `[${host}]` : host}:${bound}`;
}
