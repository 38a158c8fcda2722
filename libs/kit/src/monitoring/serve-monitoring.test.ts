import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { GoliathError } from "@goliath/protocols/nouns";
import { systemClock } from "../clock.ts";
import { createLog } from "../log.ts";
import { counter } from "./metric.ts";
import { serveMonitoring, type Monitoring } from "./serve-monitoring.ts";

const CONNECTIONS_MAX = 16;

let monitoring: Monitoring;
let ready: Record<string, boolean>;
let asked: number;
let fault: Error | undefined;
let logged: string;

beforeEach(async () => {
  [ready, asked, fault, logged] = [{ "store open": true }, 0, undefined, ""];
  monitoring = await serveMonitoring({
    listen: { host: "127.0.0.1", port: 0 },
    metrics: async () => {
      asked++;
      await new Promise((resolve) => setImmediate(resolve));
      if (fault) throw fault;
      return [counter("goliath_tests_total", "Tests.", asked)];
    },
    ready: async () => ready,
    clock: systemClock,
    log: createLog({ name: "test", write: (line) => (logged += line) }),
  });
});
afterEach(() => monitoring[Symbol.asyncDispose]());

const get = async (path: string, init: RequestInit = {}) => {
  const response = await fetch(`${monitoring.url}${path}`, init);
  return { status: response.status, headers: response.headers, text: await response.text() };
};

/** All that comes back for these bytes until the other side closes. */
async function raw(bytes: string): Promise<string> {
  const socket = open();
  socket.write(bytes);
  let heard = "";
  socket.on("data", (data) => (heard += String(data)));
  await once(socket, "close");
  return heard;
}

function open(): Socket {
  const { hostname, port } = new URL(monitoring.url);
  return connect({ host: hostname, port: Number(port) }).on("error", () => undefined);
}

describe("serveMonitoring", () => {
  it("serves the daemon's figures and the process' own", async () => {
    const { status, headers, text } = await get("/metrics?x=1");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect(text).toContain("# TYPE goliath_tests_total counter\ngoliath_tests_total 1\n");
    const value = (name: string) => Number(new RegExp(`^${name} (.+)$`, "mu").exec(text)?.[1]);
    expect(value("process_cpu_seconds_total")).toBeGreaterThan(0);
    expect(value("process_resident_memory_bytes")).toBeGreaterThan(2 ** 20);
    expect(value("process_start_time_seconds")).toBeGreaterThan(1e9);
    expect(value("nodejs_eventloop_lag_max_seconds")).toBeGreaterThanOrEqual(0);
  });

  it("is ready once all that is needed is there, and healthy before", async () => {
    expect(await get("/readyz")).toMatchObject({ status: 200, text: "store open: ok\n" });
    ready = { "store open": true, "index connected": false };
    expect(await get("/readyz")).toMatchObject({
      status: 503,
      text: "store open: ok\nindex connected: not yet\n",
    });
    expect(await get("/healthz")).toMatchObject({ status: 200, text: "ok\n" });
  });

  it("answers GET alone, reads no body, and knows three pages", async () => {
    expect(await get("/metrics", { method: "POST", body: "x" })).toMatchObject({ status: 405 });
    expect((await get("/healthz", { method: "DELETE" })).headers.get("allow")).toBe("GET");
    expect(await get("/")).toMatchObject({ status: 404, text: "/healthz /readyz /metrics\n" });
    const body = "GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\nxxxx";
    expect(await raw(body)).toMatch(/^HTTP\/1\.1 413 /u);
    expect(asked).toBe(0);
  });

  it("says that it failed, and the log why", async () => {
    fault = new GoliathError("internal", "the disk is gone");
    const { status, text } = await get("/metrics");
    expect([status, text]).toEqual([500, "failed: the log says why\n"]);
    expect(logged).toContain("the disk is gone");
  });

  it("asks once for those who ask at once", async () => {
    // Eight requests in one write: all are there before the first is answered.
    const last = "GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    const heard = await raw("GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n".repeat(7) + last);
    expect(heard.match(/^HTTP\/1\.1 200 /gmu)).toHaveLength(8);
    expect(heard.match(/^goliath_tests_total 1$/gmu)).toHaveLength(8);
    expect(asked).toBe(1);
  });

  it("refuses headers without end and garbage", async () => {
    const flood = `GET /healthz HTTP/1.1\r\nX: ${"x".repeat(9 * 1024)}\r\n\r\n`;
    expect(await raw(flood)).toMatch(/^HTTP\/1\.1 431 /u);
    expect(await raw("\u0000\u0001garbage\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /u);
  });

  it("keeps no more connections than its bound, and serves again once some end", async () => {
    const held = Array.from({ length: CONNECTIONS_MAX }, open);
    await Promise.all(held.map((socket) => once(socket, "connect")));
    const refused = open();
    await once(refused, "close");
    const [first] = held;
    first?.destroy();
    // The server hears of the end a moment later.
    for (let tries = 0; ; tries++) {
      const found = await get("/healthz").catch(() => undefined);
      if (found?.status === 200) break;
      expect(tries).toBeLessThan(1_000);
    }
    for (const socket of held) socket.destroy();
  });

  it("cuts off who asks nothing, in bounded time", async () => {
    const socket = open();
    const startMs = systemClock.monotonicMs();
    socket.write("GET /healthz HTTP/1.1\r\n");
    socket.resume();
    await once(socket, "close");
    expect(systemClock.monotonicMs() - startMs).toBeLessThan(20_000);
  });

  it("ends at once, whoever is connected", async () => {
    const socket = open();
    await once(socket, "connect");
    await monitoring[Symbol.asyncDispose]();
    await expect(get("/healthz")).rejects.toThrow();
    socket.destroy();
  });

  it("says where it cannot listen", async () => {
    const { port } = new URL(monitoring.url);
    const again = serveMonitoring({
      listen: { host: "127.0.0.1", port: Number(port) },
      metrics: async () => [],
      ready: async () => ({}),
      clock: systemClock,
      log: createLog({ name: "test" }),
    });
    await expect(again).rejects.toMatchObject({
      code: "unavailable",
      message: `metrics cannot be served at 127.0.0.1 port ${port}`,
    });
  });
});
