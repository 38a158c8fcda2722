import { once } from "node:events";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { GoliathError } from "@goliath/protocols/nouns";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callControl, isNoDaemon, streamControl } from "./call-control.ts";
import { clearControlSocket, controlSocketPath } from "./control-socket.ts";
import type { ControlMethod, ControlStream } from "./answer-control.ts";
import { serveControl } from "./serve-control.ts";

let home: string;
let socket: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-control-"));
  socket = controlSocketPath(home, "peer");
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const serve = (
  methods: Record<string, ControlMethod>,
  streams: Record<string, ControlStream> = {},
) => serveControl({ socket, methods, streams });

async function text(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts).toString();
}

describe("callControl", () => {
  it("returns the result after all progress", async () => {
    await using _server = await serve({
      count: async (params, { progress }) => {
        for (let n = 1; n <= params.integer("to"); n++) await progress({ n });
        return { sum: 6 };
      },
    });
    const seen: unknown[] = [];
    const result = await callControl(
      socket,
      "count",
      { to: 3 },
      { onProgress: (value) => void seen.push(value) },
    );
    expect(result).toEqual({ sum: 6 });
    expect(seen).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it("throws what the method threw, before and after progress, with code and ids", async () => {
    await using _server = await serve({
      ls: async (params, { progress }) => {
        if (params.flag("late")) await progress({});
        throw new GoliathError("not-found", "nothing is at /ä", { about: { path: "/ä" } });
      },
    });
    const error = { code: "not-found", message: "nothing is at /ä", about: { path: "/ä" } };
    await expect(callControl(socket, "ls")).rejects.toMatchObject(error);
    await expect(callControl(socket, "ls", { late: true })).rejects.toMatchObject(error);
  });

  it("tells faults of ours apart and reports them to the daemon", async () => {
    const faults: GoliathError[] = [];
    await using _server = await serveControl({
      socket,
      methods: { break: () => Promise.reject(new TypeError("odd")) },
      onFault: (fault) => faults.push(fault),
    });
    await expect(callControl(socket, "break")).rejects.toMatchObject({ code: "internal" });
    expect(faults).toHaveLength(1);
  });

  it("refuses parameters of the wrong kind, unknown methods and too much JSON", async () => {
    await using _server = await serve({ rm: async (params) => params.string("path") });
    await expect(callControl(socket, "rm", { path: 7 })).rejects.toMatchObject({
      code: "bad-request",
    });
    await expect(callControl(socket, "rm", {})).rejects.toMatchObject({ code: "bad-request" });
    await expect(callControl(socket, "constructor")).rejects.toMatchObject({ code: "unsupported" });
    const huge = { path: "x".repeat(1024 * 1024) };
    await expect(callControl(socket, "rm", huge)).rejects.toMatchObject({ code: "too-large" });
  });

  it("says that no daemon answers, with and without a socket left behind", async () => {
    const absent = await callControl(socket, "status").catch((error: unknown) => error);
    expect(isNoDaemon(absent)).toBe(true);
    await leaveDeadSocket();
    const dead = await callControl(socket, "status").catch((error: unknown) => error);
    expect(isNoDaemon(dead)).toBe(true);
  });

  it("is not a missing daemon when the far side is unavailable", async () => {
    await using _server = await serve({
      status: () => Promise.reject(new GoliathError("unavailable", "the index is away")),
    });
    const error = await callControl(socket, "status").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "unavailable" });
    expect(isNoDaemon(error)).toBe(false);
  });

  it("aborts the method when the caller gives up", async () => {
    const begun = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<string>();
    await using _server = await serve({
      wait: async (_params, { signal }) => {
        begun.resolve();
        await once(signal, "abort");
        ended.resolve(String(signal.reason));
      },
    });
    const stop = new AbortController();
    const waiting = callControl(socket, "wait", {}, { signal: stop.signal });
    await begun.promise;
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: "aborted" });
    expect(await ended.promise).toContain("the client went away");
  });

  it("rejects with closed when the daemon dies before its answer", async () => {
    const server = createServer((_request, response) => response.socket?.destroy());
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    await expect(callControl(socket, "status")).rejects.toMatchObject({ code: "closed" });
    server.close();
  });

  it("sends a body of many chunks", async () => {
    await using _server = await serve({
      put: async (params, { body }) => {
        let bytes = 0;
        for await (const chunk of body) bytes += chunk.length;
        return { path: params.string("path"), bytes };
      },
    });
    async function* body() {
      for (let i = 0; i < 40; i++) yield Buffer.alloc(100_000, i);
    }
    const result = await callControl(socket, "put", { path: "/a b/ü" }, { body: body() });
    expect(result).toEqual({ path: "/a b/ü", bytes: 4_000_000 });
  });

  it("gets the refusal of a body that would never end", async () => {
    await using _server = await serve({
      put: () => Promise.reject(new GoliathError("forbidden", "readers cannot write")),
    });
    let drawn = 0;
    async function* body() {
      for (;;) {
        drawn++;
        yield Buffer.alloc(64 * 1024);
        await new Promise(setImmediate);
      }
    }
    const call = callControl(socket, "put", {}, { body: body() });
    await expect(call).rejects.toMatchObject({ code: "forbidden" });
    expect(drawn).toBeGreaterThan(0);
  });

  it("fails with the body's own failure, and the method sees it cut short", async () => {
    const begun = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<unknown>();
    await using _server = await serve({
      put: async (_params, { body }) => {
        begun.resolve();
        await text(body).then(seen.resolve, seen.resolve);
      },
    });
    async function* body() {
      yield Buffer.from("half");
      await begun.promise;
      throw new Error("unreadable");
    }
    await expect(callControl(socket, "put", {}, { body: body() })).rejects.toThrow("unreadable");
    expect(await seen.promise).toBeInstanceOf(Error);
  });
});

describe("streamControl", () => {
  it("gives all bytes", async () => {
    const bytes = Buffer.alloc(3_000_000, "goliath");
    await using _server = await serve(
      {},
      {
        cat: async function* () {
          for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
        },
      },
    );
    expect(await text(await streamControl(socket, "cat"))).toBe(bytes.toString());
  });

  it("gives nothing for an empty stream", async () => {
    await using _server = await serve({}, { cat: async function* () {} });
    expect(await text(await streamControl(socket, "cat"))).toBe("");
  });

  it("rejects at once for an error before the first byte", async () => {
    await using _server = await serve(
      {},
      {
        cat: async function* () {
          yield* [];
          throw new GoliathError("not-found", "nothing is there");
        },
      },
    );
    await expect(streamControl(socket, "cat")).rejects.toMatchObject({ code: "not-found" });
  });

  it("throws the error that broke the stream after the bytes before it", async () => {
    await using _server = await serve(
      {},
      {
        cat: async function* () {
          yield Buffer.from("half");
          throw new GoliathError("no-holder", "nobody holds /ü", { about: { path: "/ü" } });
        },
      },
    );
    const seen: string[] = [];
    const reading = (async () => {
      for await (const chunk of await streamControl(socket, "cat")) seen.push(String(chunk));
    })();
    await expect(reading).rejects.toMatchObject({ code: "no-holder", about: { path: "/ü" } });
    expect(seen).toEqual(["half"]);
  });

  it("waits for a slow reader and ends when it leaves", async () => {
    let drawn = 0;
    const ended = Promise.withResolvers<void>();
    await using _server = await serve(
      {},
      {
        cat: async function* () {
          try {
            for (; drawn < 1_000; drawn++) yield Buffer.alloc(1024 * 1024);
          } finally {
            ended.resolve();
          }
        },
      },
    );
    for await (const _chunk of await streamControl(socket, "cat")) break;
    await ended.promise;
    expect(drawn).toBeLessThan(100);
  });

  it("throws closed when the daemon dies amid the bytes", async () => {
    const server = createServer((_request, response) => {
      response.write("half", () => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const reading = streamControl(socket, "cat").then(text);
    await expect(reading).rejects.toMatchObject({ code: "closed" });
    server.close();
  });
});

describe("serveControl", () => {
  it("makes a socket for its user alone and takes it away", async () => {
    const server = await serve({});
    expect((await stat(socket)).mode & 0o777).toBe(0o600);
    await server[Symbol.asyncDispose]();
    await expect(stat(socket)).rejects.toThrow("ENOENT");
  });

  it("replaces a socket that a killed daemon left", async () => {
    await leaveDeadSocket();
    await using _server = await serve({ status: async () => ({ ok: true }) });
    expect(await callControl(socket, "status")).toEqual({ ok: true });
  });

  it("leaves a live socket to its daemon", async () => {
    await using _server = await serve({ status: async () => ({ first: true }) });
    await expect(serve({})).rejects.toMatchObject({ code: "locked" });
    expect(await callControl(socket, "status")).toEqual({ first: true });
  });

  it("answers the call that stops it, and aborts the others", async () => {
    const waits = Promise.withResolvers<void>();
    const server = await serve({
      stop: async () => void server[Symbol.asyncDispose](),
      wait: async (_params, { signal }) => {
        waits.resolve();
        await once(signal, "abort");
        throw signal.reason;
      },
    });
    const waiting = callControl(socket, "wait").catch((error: unknown) => error);
    await waits.promise;
    expect(await callControl(socket, "stop")).toEqual({});
    expect(await waiting).toMatchObject({ code: "closed" });
    await server[Symbol.asyncDispose]();
  });

  it("stops although a client reads nothing of its answer", async () => {
    const begun = Promise.withResolvers<void>();
    const server = await serve(
      {},
      {
        cat: async function* () {
          begun.resolve();
          for (;;) yield Buffer.alloc(1024 * 1024);
        },
      },
    );
    const client = connect(socket);
    client.pause();
    client.on("error", () => undefined);
    client.write("POST /v1/cat HTTP/1.1\r\nhost: control\r\ncontent-length: 2\r\n\r\n{}");
    await begun.promise;
    await server[Symbol.asyncDispose]();
    client.destroy();
  });
});

describe("controlSocketPath", () => {
  it("lies in the home, or under a hash of it where the name is too long", async () => {
    expect(controlSocketPath("/home/a", "index")).toBe("/home/a/index.sock");
    const deep = join(home, "d".repeat(120));
    const path = controlSocketPath(deep, "peer");
    expect(Buffer.byteLength(path)).toBeLessThanOrEqual(100);
    expect(controlSocketPath(`${deep}x`, "peer")).not.toBe(path);
    await mkdir(deep);
    await using _server = await serveControl({ socket: path, methods: { a: async () => ({}) } });
    expect(await callControl(path, "a")).toEqual({});
  });
});

describe("clearControlSocket", () => {
  it("does nothing where no socket is", async () => {
    await clearControlSocket(socket);
  });
});

/** A socket file whose process was killed. */
async function leaveDeadSocket(): Promise<void> {
  const script = `require("node:net").createServer().listen(process.argv[1], () => process.stdout.write("up"))`;
  const dying = spawn(process.execPath, ["-e", script, "--", socket]);
  await once(dying.stdout, "data");
  dying.kill("SIGKILL");
  await once(dying, "exit");
  expect((await stat(socket)).isSocket()).toBe(true);
}
