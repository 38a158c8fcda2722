/** Messages of the chunks protocol between bytes and nouns. Decoding trusts nothing. */
import {
  CHUNK_BYTES_MAX,
  GoliathError,
  parseChunkId,
  parseDigest,
  type ChunkId,
  type ChunkRun,
  type Digest,
} from "../nouns/exports.ts";
import {
  decodeHeader,
  decodeRuns,
  encodeRuns,
  type Numbered,
  type WireStatus,
} from "../wire/exports.ts";
import { parseCount } from "../wire/fields.ts";
import { HAS_REPLY_RUNS_MAX, HAS_RUNS_MAX, LEAVES_BYTES_MAX, READ_SMALL_MAX } from "./bounds.ts";
import {
  ChunksReply as ReplyMessage,
  ChunksRequest as RequestMessage,
} from "./generated/chunks.js";
import type { ChunkWant } from "./service.ts";

export type ChunksRequest =
  | { ask: "read"; want: ChunkWant }
  | { ask: "readSmall"; runs: ChunkRun[] }
  | { ask: "has"; runs: ChunkRun[] }
  | { ask: "page"; root: Digest; pageIndex: number }
  | { ask: "push"; id: ChunkId; digest: Digest }
  | { ask: "cancel" };

export interface ChunksReply {
  runs: ChunkRun[];
  leavesBytes: number;
  /** Of what was asked for together: undefined for a chunk that is not given. */
  lengths: (number | undefined)[];
}

export const EMPTY_REPLY: ChunksReply = { runs: [], leavesBytes: 0, lengths: [] };

export function encodeRequest(request: ChunksRequest & Numbered): Uint8Array {
  const { call } = request;
  switch (request.ask) {
    case "read":
      return RequestMessage.encode({ call, read: request.want });
    case "readSmall":
      return RequestMessage.encode({
        call,
        readSmall: { runs: encodeRuns(request.runs, READ_SMALL_MAX) },
      });
    case "has":
      return RequestMessage.encode({ call, has: { runs: encodeRuns(request.runs, HAS_RUNS_MAX) } });
    case "page":
      return RequestMessage.encode({
        call,
        page: { root: request.root, pageIndex: request.pageIndex },
      });
    case "push":
      return RequestMessage.encode({ call, push: { id: request.id, digest: request.digest } });
    case "cancel":
      return RequestMessage.encode({ call, cancel: {} });
  }
}

/** Throws `bad-request` or `too-large` for bytes that are no request. */
export function decodeRequest(header: Uint8Array): ChunksRequest & Numbered {
  const message = decodeHeader(RequestMessage, header);
  return { call: parseCount(message.call, { what: "call", min: 1 }), ...decodeAsk(message) };
}

function decodeAsk({ read, readSmall, has, page, push, cancel }: RequestMessage): ChunksRequest {
  if (read) return { ask: "read", want: decodeWant(read) };
  if (readSmall) return { ask: "readSmall", runs: decodeSmall(readSmall.runs) };
  if (has) return { ask: "has", runs: decodeRuns(has.runs, HAS_RUNS_MAX) };
  if (page) return { ask: "page", root: parseDigest(page.root), pageIndex: page.pageIndex };
  if (push) return { ask: "push", id: parseChunkId(push.id), digest: parseDigest(push.digest) };
  if (cancel) return { ask: "cancel" };
  throw new GoliathError("bad-request", "an unknown request");
}

function decodeSmall(bytes: Uint8Array): ChunkRun[] {
  const runs = decodeRuns(bytes, READ_SMALL_MAX);
  const count = runs.reduce((sum, run) => sum + run.count, 0);
  if (count <= READ_SMALL_MAX) return runs;
  throw new GoliathError("too-large", `more than ${READ_SMALL_MAX} chunks in one request`);
}

function decodeWant({ id, offset, length }: NonNullable<RequestMessage["read"]>): ChunkWant {
  const want: ChunkWant = { id: parseChunkId(id) };
  const max = CHUNK_BYTES_MAX;
  if (offset !== undefined) want.offset = parseCount(offset, { what: "offset", max });
  if (length !== undefined) want.length = parseCount(length, { what: "length", min: 1, max });
  return want;
}

export function encodeReply({
  call,
  status,
  about,
  runs,
  leavesBytes,
  lengths,
}: ChunksReply & Numbered & WireStatus): Uint8Array {
  return ReplyMessage.encode({
    ...{ call, status, about, leavesBytes },
    runs: encodeRuns(runs, HAS_REPLY_RUNS_MAX),
    lengths: lengths.map((length) => (length === undefined ? 0 : length + 1)),
  });
}

/** Throws `bad-request` or `too-large` for bytes that are no reply. */
export function decodeReply(header: Uint8Array): ChunksReply & Numbered & WireStatus {
  const { call, status, about, runs, leavesBytes, lengths } = decodeHeader(ReplyMessage, header);
  if (lengths.length > READ_SMALL_MAX) throw new GoliathError("too-large", "too many lengths");
  return {
    call: parseCount(call, { what: "call", min: 1 }),
    status,
    about,
    runs: decodeRuns(runs, HAS_REPLY_RUNS_MAX),
    leavesBytes: parseCount(leavesBytes, { what: "leaves", max: LEAVES_BYTES_MAX }),
    lengths: lengths.map((length) => (length === 0 ? undefined : length - 1)),
  };
}
