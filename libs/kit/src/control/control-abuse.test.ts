/** What anything on this machine may do to a control socket: the daemon stays, and answers others. */
import { once } from "node:events";
import { chmod, mkdtemp, rm, stat } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { callControl, isNoDaemon } from "./call-control.ts";
import { decodeEnd, decodeLines, fromControlError } from "./control-message.ts";
import { controlSocketPath } from "./control-socket.ts";
import { serveControl, type ControlServer } from "./serve-control.ts";

/** Nobody's user id on every Linux. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

let home: string;
let socket: string;
let server: ControlServer;
let faults: GoliathError[];
let begun: number;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-abuse-"));
  socket = controlSocketPath(home, "peer");
  faults = [];
  begun = 0;
  server = await serveControl({
    socket,
    methods: {
      echo: async (params) => {
        begun++;
        return { text: params.optionalString("text") ?? "" };
      },
      put: async (_params, { body }) => {
        let bytes = 0;
        for await (const part of body) bytes += part.length;
        return { bytes };
      },
    },
    onFault: (fault) => faults.push(fault),
  });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

function open(): Socket {
  const client = connect(socket);
  client.on("error", () => undefined);
  return client;
}

/** Sends bytes, ends our half, and returns what came until the daemon ended its own. */
async function said(...parts: (string | Uint8Array)[]): Promise<string> {
  const client = open();
  const heard: Uint8Array[] = [];
  client.on("data", (bytes) => heard.push(bytes));
  const closed = new Promise((resolve) => client.once("close", resolve));
  for (const part of parts) client.write(part);
  client.end();
  await closed;
  return Buffer.concat(heard).toString("latin1");
}

const post = (path: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const isWell = async (): Promise<void> => {
  expect(await callControl(socket, "echo", { text: "well" })).toEqual({ text: "well" });
};

describe("a control socket", () => {
  it.each([
    ["noise", "\u0000\u0001\u0002 no http at all \r\n\r\n"],
    ["half a line", "POST /v1/ec"],
    ["half a body", post("/v1/echo", "{}").replace("length: 2", "length: 200")],
    ["another protocol's hello", "\u0013/multistream/1.0.0\n"],
    ["headers without end", `POST /v1/echo HTTP/1.1\r\nx: ${"y".repeat(200_000)}`],
    ["thousands of headers", `POST /v1/echo HTTP/1.1\r\n${"a: b\r\n".repeat(20_000)}\r\n`],
    ["two lengths", "POST /v1/echo HTTP/1.1\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}"],
    [
      "a chunk longer than any",
      "POST /v1/echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
    ],
  ])("survives %s", async (_, text) => {
    await said(Buffer.from(text, "latin1"));
    await isWell();
    expect(faults).toEqual([]);
  });

  it.each([
    ["a path that is no URL", post("//", "{}"), "bad-request"],
    ["escapes that are no UTF-8", post("/v1/%ff%fe", "{}"), "bad-request"],
    ["another verb", "GET /v1/echo HTTP/1.1\r\nhost: x\r\n\r\n", "bad-request"],
    ["a list for parameters", post("/v1/echo", "[]"), "bad-request"],
    ["JSON as deep as it is long", post("/v1/echo", "[".repeat(1024 * 1024)), "bad-request"],
    ["objects as deep", post("/v1/echo", '{"a":'.repeat(200_000)), "bad-request"],
    ["a name of the language's own", post("/v1/__proto__", "{}"), "unsupported"],
    ["parameters in place of a prototype", post("/v1/echo", '{"__proto__":{"text":7}}'), "text"],
  ])("answers %s with a code and no fault", async (_, request, code) => {
    expect(await said(request)).toContain(`"${code}"`);
    await isWell();
    expect(faults).toEqual([]);
  });

  it("reads no more of endless parameters than it may", async () => {
    const client = open();
    client.write("POST /v1/echo HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    const answered = once(client, "data");
    const piece = `10000\r\n${" ".repeat(65_536)}\r\n`;
    let sent = 0;
    let done = false;
    void answered.then(() => (done = true));
    for (; !done && sent < 1000; sent++) {
      if (!client.write(piece)) await Promise.race([once(client, "drain"), answered]);
    }
    expect(String((await answered)[0])).toContain("too-large");
    client.destroy();
    await isWell();
  });

  it("answers thousands of requests sent at once on one connection, or hangs up", async () => {
    const heard = await said(post("/v1/echo", "{}").repeat(5000));
    expect(heard).toContain("result");
    await isWell();
    expect(faults).toEqual([]);
  });

  it("serves again once connections by the hundred have gone", async () => {
    const clients = Array.from({ length: 400 }, open);
    // What is beyond the bound is closed by the daemon.
    await Promise.race(clients.map((client) => once(client, "close")));
    const over = await callControl(socket, "echo", {}).catch((error: unknown) => error);
    expect(over === undefined || !isNoDaemon(over)).toBe(true);
    for (const client of clients) client.destroy();
    let last: unknown;
    for (let tries = 0; tries < 200; tries++) {
      last = await callControl(socket, "echo", {}).catch((error: unknown) => error);
      if (!(last instanceof Error)) break;
    }
    expect(last).toEqual({ text: "" });
  });

  it("sees a body that is cut, and goes on", async () => {
    const client = open();
    client.write("POST /v1/put?params=%7B%7D HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n");
    await new Promise<void>((resolve) => client.write(Buffer.alloc(500), () => resolve()));
    client.destroy();
    await isWell();
  });

  it("answers whatever bytes there are, or hangs up", async () => {
    const valid = fc.constantFrom(
      Buffer.from(post("/v1/echo", '{"text":"a"}')),
      Buffer.from(post('/v1/put?params={"a":1}', "bytes")),
    );
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 });
    const damaged = fc.tuple(valid, edits).map(([bytes, changes]) => {
      const copy = Buffer.from(bytes);
      for (const [at, byte] of changes) copy[at % copy.length] = byte;
      return copy;
    });
    const bytes = fc.oneof(damaged, fc.uint8Array({ maxLength: 300 }));
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => void (await said(sent))),
      { numRuns: 150 },
    );
    await isWell();
    expect(faults).toEqual([]);
  });

  it.skipIf(!isRoot)(
    "(needs root, to be another user) is closed to other users, even in an open folder",
    async () => {
      await chmod(home, 0o755);
      expect((await stat(socket)).mode & 0o777).toBe(0o600);
      // The call to the system is made at once; only its outcome comes later.
      process.seteuid?.(NOBODY);
      const client = connect(socket);
      process.seteuid?.(0);
      const [error] = (await once(client, "error")) as [NodeJS.ErrnoException];
      expect(error.code).toBe("EACCES");
      expect(begun).toBe(0);
    },
  );
});

describe("the client's end of a control socket", () => {
  it("throws nothing but ours for whatever a daemon answers", async () => {
    const any = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.constant('{"error":null}'));
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const source = (async function* () {
          yield Buffer.from(`${text}\n`);
        })();
        const work = [
          async () => fromControlError((await Array.fromAsync(decodeLines(source)))[0]?.["error"]),
          async () => decodeEnd(text),
          async () => decodeEnd(Buffer.from(text).toString("base64url")),
        ];
        for (const one of work) {
          await one().catch((error: unknown) => expect(error).toBeInstanceOf(GoliathError));
        }
      }),
    );
  });

  it("takes no line longer than its bound", async () => {
    const endless = (async function* () {
      for (;;) yield Buffer.alloc(1024 * 1024, " ");
    })();
    await expect(Array.fromAsync(decodeLines(endless))).rejects.toMatchObject({
      code: "too-large",
    });
  });
});
