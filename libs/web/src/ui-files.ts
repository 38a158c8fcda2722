/**
 * The built UI. Its few files are held in memory, found by their exact names: no path leads
 * anywhere else, and a build that is made anew under a running daemon takes nothing away amid an
 * answer.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { GoliathError } from "@goliath/protocols/nouns";
import { UI_HEADERS } from "./security-headers.ts";

/** Where the build puts it. */
export const UI_FOLDER = join(import.meta.dirname, "..", "dist");
/** Twenty times what it has. */
const FILES_MAX = 1_000;
/** What is smaller is not worth packing. */
const PACK_BYTES_MIN = 1_024;
const PAGE = "/index.html";
/** Named by what is in them, so that they never change. */
const ASSETS = "/assets/";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".map": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};
const PACKED = new Set([".css", ".html", ".js", ".json", ".svg", ".webmanifest"]);

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Goliath</title>
<h1>The page is not built</h1>
<p>This Goliath serves its API, but the page itself is missing. In its folder run:</p>
<pre>npm run build</pre>
<p>and load this again.</p>
`;

interface UiFile {
  bytes: Buffer;
  packed?: Buffer;
  type: string;
  etag: string;
}

interface Loaded {
  /** Of the page, which each build writes. */
  mtimeMs: number;
  files: ReadonlyMap<string, UiFile>;
}

export class UiFiles {
  readonly #folder: string;
  #loaded: Promise<Loaded> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Answers GET and HEAD. What is no file is a place within the page, but for assets. */
  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "/").split("?", 1)[0] ?? "/";
    const files = await this.#files();
    const isAsset = path.startsWith(ASSETS);
    const file = files?.get(path) ?? (isAsset ? undefined : files?.get(PAGE));
    response.setHeaders(
      new Map(Object.entries(UI_HEADERS).map(([name, of]) => [name, String(of)])),
    );
    response.setHeader(
      "cache-control",
      isAsset ? "public, max-age=31536000, immutable" : "no-store",
    );
    if (!files) return answer(response, { status: 503, type: TYPES[".html"], text: NOT_BUILT });
    if (!file) {
      response.setHeader("cache-control", "no-store");
      return answer(response, { status: 404, type: TYPES[".txt"], text: "no such file\n" });
    }
    send(file, { request, response });
  }

  /** Undefined while it is not built. */
  async #files(): Promise<ReadonlyMap<string, UiFile> | undefined> {
    const page = await stat(join(this.#folder, PAGE)).catch(() => undefined);
    const loaded = await this.#loaded?.catch(() => undefined);
    // A build empties the folder first: until the page is there again, what was loaded is served.
    if (!page) return loaded?.files;
    if (loaded?.mtimeMs === page.mtimeMs) return loaded.files;
    this.#loaded = load(this.#folder, page.mtimeMs);
    return (await this.#loaded).files;
  }
}

async function load(folder: string, mtimeMs: number): Promise<Loaded> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  if (names.length > FILES_MAX) throw new GoliathError("too-large", `${folder} is no built page`);
  const files = await Promise.all(
    names.map(async (name): Promise<[string, UiFile]> => {
      const path = `/${relative(folder, name).split(sep).join("/")}`;
      return [path, await readUiFile(name)];
    }),
  );
  return { mtimeMs, files: new Map(files) };
}

async function readUiFile(file: string): Promise<UiFile> {
  const bytes = await readFile(file);
  const extension = extname(file);
  const isPacked = PACKED.has(extension) && bytes.length >= PACK_BYTES_MIN;
  return {
    bytes,
    ...(isPacked && { packed: await promisify(gzip)(bytes) }),
    type: TYPES[extension] ?? "application/octet-stream",
    etag: `"${createHash("sha256").update(bytes).digest("base64url")}"`,
  };
}

function send(
  { bytes, packed, type, etag }: UiFile,
  { request, response }: { request: IncomingMessage; response: ServerResponse },
): void {
  const { headers, method } = request;
  response.setHeader("etag", etag);
  if (headers["if-none-match"] === etag) return void response.writeHead(304).end();
  response.setHeader("content-type", type);
  let body = bytes;
  if (packed) {
    response.setHeader("vary", "accept-encoding");
    if (/\bgzip\b/u.test(String(headers["accept-encoding"]))) {
      response.setHeader("content-encoding", "gzip");
      body = packed;
    }
  }
  response.setHeader("content-length", body.length);
  response.end(method === "HEAD" ? undefined : body);
}

function answer(
  response: ServerResponse,
  { status, type = "", text }: { status: number; type: string | undefined; text: string },
): void {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text) });
  response.end(text);
}
