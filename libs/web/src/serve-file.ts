/** A file of the drive over HTTP, by ticket: whole or a range, and never a shorter file for a whole. */
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename } from "node:path/posix";
import { ControlParams, type ControlStream } from "@goliath/kit";
import { GoliathError, type ErrorCode } from "@goliath/protocols/nouns";
import { parseRange, type ByteRange } from "./byte-range.ts";
import { disposition, shownAs } from "./media-type.ts";
import { FILE_HEADERS } from "./security-headers.ts";
import type { Ticket, Tickets } from "./tickets.ts";

export const FILES_PREFIX = "/files/";

export interface ServeFileInit {
  tickets: Tickets;
  /** The bytes of a range of one version. */
  cat: ControlStream | undefined;
}

export interface FileExchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Aborts when the client went away or the daemon stops. */
  signal: AbortSignal;
}

/** Rejects only before it has begun to answer. */
export async function serveFile(
  { tickets, cat }: ServeFileInit,
  { request, response, signal }: FileExchange,
): Promise<void> {
  const [ticketText = ""] = (request.url ?? "").slice(FILES_PREFIX.length).split(/[/?]/u, 1);
  const ticket = tickets.open(ticketText);
  if (!cat) throw new GoliathError("unavailable", "the peer has not joined a drive yet");
  setHeaders(response, ticket);
  const etag = `"${ticket.root}"`;
  if (isKnown(request, etag)) return void response.writeHead(304).end();
  const range = rangeOf(request, { size: ticket.size, etag });
  if (range === "outside") {
    response.setHeader("content-range", `bytes */${ticket.size}`);
    response.removeHeader("content-disposition");
    return void response.writeHead(416, { "content-length": 0 }).end();
  }
  const { start, end } = range ?? { start: 0, end: ticket.size };
  if (range) response.setHeader("content-range", `bytes ${start}-${end - 1}/${ticket.size}`);
  response.setHeader("content-length", end - start);
  response.statusCode = range ? 206 : 200;
  if (request.method === "HEAD" || start === end) return void response.end();
  const { path, at } = ticket;
  const params = new ControlParams({ path, at, offset: start, length: end - start });
  await send(await cat(params, { signal }), { response, signal, bytes: end - start });
}

function setHeaders(response: ServerResponse, { path, root, download }: Ticket): void {
  const name = basename(path);
  const { type, inline } = shownAs(name);
  const shown = inline && !download;
  response.setHeaders(
    new Map(
      Object.entries({
        ...FILE_HEADERS,
        "content-type": shown ? type : "application/octet-stream",
        "content-disposition": disposition(name, { inline: shown }),
        "accept-ranges": "bytes",
        etag: `"${root}"`,
      }).map(([header, value]) => [header, String(value)]),
    ),
  );
}

function isKnown({ headers }: IncomingMessage, etag: string): boolean {
  const known = headers["if-none-match"];
  return known !== undefined && known.split(",").some((one) => isMatch(one.trim(), etag));
}

/** Weak comparison, as `If-None-Match` has it. */
function isMatch(text: string, etag: string): boolean {
  return text === "*" || text.replace(/^W\//u, "") === etag;
}

/** A range of another version than this is answered with all of this one. */
function rangeOf(
  { headers }: IncomingMessage,
  { size, etag }: { size: number; etag: string },
): ByteRange | "outside" | undefined {
  const wanted = headers["if-range"];
  if (wanted !== undefined && wanted !== etag) return undefined;
  return parseRange(headers.range, size);
}

interface SendInit {
  response: ServerResponse;
  signal: AbortSignal;
  /** How many there must be. */
  bytes: number;
}

async function send(
  chunks: AsyncIterable<Uint8Array>,
  { response, signal, bytes }: SendInit,
): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    // Drawn before the status is sent: that nobody has it is known by then.
    let next = await iterator.next();
    let left = bytes;
    try {
      for (; !next.done; next = await iterator.next()) {
        left -= next.value.length;
        if (left < 0) break;
        if (!response.write(next.value)) await once(response, "drain", { signal });
      }
      if (left === 0) response.end();
    } finally {
      // The connection is cut where bytes are missing: a browser then knows that it failed.
      if (left !== 0) response.destroy();
    }
  } catch (thrown) {
    if (!response.headersSent) throw thrown;
    response.destroy();
  } finally {
    await iterator.return?.();
  }
}

/** What a failure is in HTTP. */
export function statusOf(code: ErrorCode): number {
  if (code === "forbidden") return 403;
  if (code === "not-found" || code === "is-a-directory") return 404;
  if (code === "gone") return 410;
  if (code === "internal" || code === "disk-fault") return 500;
  return 503;
}
