/** A web server over a drive of a few files that a test says. */
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request, type IncomingHttpHeaders } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLog,
  systemClock,
  type Clock,
  type ControlMethod,
  type ControlStream,
} from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { serveWeb, type ServeWebInit } from "../serve-web.ts";

export const TOKEN = "the-token-of-this-test";
export const PAGE = "<!doctype html><title>page</title>";

export interface TestWebInit extends Partial<ServeWebInit> {
  /** Content by path. */
  files?: Record<string, string>;
  methods?: Record<string, ControlMethod>;
  streams?: Record<string, ControlStream>;
  clock?: Clock;
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** Whether all came that was announced. */
  complete: boolean;
}

export interface AskInit {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

export interface TestWeb extends AsyncDisposable {
  readonly origin: string;
  readonly port: number;
  /** What was logged. */
  readonly logged: string[];
  /** The folder of the page. */
  readonly ui: string;
  /** The path exactly as given: `fetch` would tidy it. */
  ask(path: string, init?: AskInit): Promise<Reply>;
  /** Calls a method with the token; the lines of its answer. */
  call(method: string, params?: object): Promise<Record<string, unknown>[]>;
  /** The address of a file. */
  ticket(path: string, params?: object): Promise<string>;
}

export const bearer = { authorization: `Bearer ${TOKEN}` };

export async function openTestWeb(init: TestWebInit = {}): Promise<TestWeb> {
  await using opening = new AsyncDisposableStack();
  const ui = await mkdtemp(join(tmpdir(), "goliath-web-"));
  opening.defer(() => rm(ui, { recursive: true, force: true }));
  await mkdir(join(ui, "assets"));
  await writeFile(join(ui, "index.html"), PAGE);
  await writeFile(join(ui, "assets", "page-1.js"), `${"// page\n".repeat(500)}`);
  const logged: string[] = [];
  const write = (line: string) => void logged.push(line);
  const clock = init.clock ?? systemClock;
  const log = createLog({ name: "web", level: "debug", format: "json", write, clock });
  const drive = driveOf(init.files ?? {});
  const control = () => ({
    methods: { ...drive.methods, ...init.methods },
    streams: { ...drive.streams, ...init.streams },
  });
  const listen = { host: "127.0.0.1", port: 0 };
  const fixed = { listen, token: TOKEN, version: "1.2.3", control, ui, clock, randomBytes, log };
  const web = opening.use(await serveWeb({ ...fixed, ...init }));
  const port = Number(new URL(web.origin).port);
  const ask = (path: string, asked: AskInit = {}) => askAt(port, { path, ...asked });
  const call = async (method: string, params: object = {}) => {
    const body = JSON.stringify(params);
    const { text } = await ask(`/api/v1/${method}`, { method: "POST", headers: bearer, body });
    return text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  const ticket = async (path: string, params: object = {}) => {
    const [line] = await call("ticket", { path, ...params });
    const { result } = line as { result: { url: string } };
    return result.url;
  };
  const closing = opening.move();
  return {
    origin: web.origin,
    port,
    logged,
    ui,
    ask,
    call,
    ticket,
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

function driveOf(files: Record<string, string>) {
  const text = (path: string): string => {
    const found = Object.hasOwn(files, path) ? files[path] : undefined;
    if (found === undefined) throw new GoliathError("not-found", "nothing is there");
    return found;
  };
  const resolve: ControlMethod = async (params) => {
    const size = Buffer.byteLength(text(params.string("path")));
    return { revision: 7, entry: { kind: "file", size, root: "ab".repeat(32) } };
  };
  return {
    methods: { resolve } as Record<string, ControlMethod>,
    streams: {
      cat: async function* (params: Parameters<ControlMethod>[0]) {
        const offset = params.integer("offset");
        const bytes = Buffer.from(text(params.string("path")));
        yield bytes.subarray(offset, offset + params.integer("length"));
      },
    },
  };
}

function askAt(port: number, init: AskInit & { path: string }): Promise<Reply> {
  const { path, method = "GET", headers = {}, body } = init;
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: "127.0.0.1", port, path, method, headers, agent: false },
      (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", () => undefined);
        response.on("close", () => {
          const { statusCode: status = 0, complete } = response;
          const text = Buffer.concat(parts).toString();
          resolve({ status, headers: response.headers, text, complete });
        });
      },
    );
    // Cut before a header came: that is no answer, and none that is complete.
    const cut = { status: 0, headers: {}, text: "", complete: false };
    asking.on("error", (error: NodeJS.ErrnoException) =>
      error.code === "ECONNRESET" ? resolve(cut) : reject(error),
    );
    asking.end(body);
  });
}
