/** Messages of finding names: search. */
import {
  GoliathError,
  parsePath,
  parseRevision,
  PATH_BYTES_MAX,
  type DrivePath,
} from "../nouns/exports.ts";
import { countFitting } from "../wire/count-fitting.ts";
import { parseCount, parseText, type WireForm } from "../wire/fields.ts";
import { CUT_BYTES } from "./bounds.ts";
import type * as wire from "./generated/index.js";
import {
  SEARCH_ENTRIES_MAX,
  SEARCH_TEXT_BYTES_MAX,
  type FoundAt,
  type SearchReply,
  type SearchRequest,
} from "./service.ts";

/** The numbers of the kinds. Append-only: never renumber. */
const KIND_NUMBERS = { file: 1, dir: 2 } as const;
const TEXT = { what: "the text of a search", bytesMax: SEARCH_TEXT_BYTES_MAX };
const LIMIT = { what: "a limit", min: 1, max: SEARCH_ENTRIES_MAX };
/** Bytes of a row but for its path. */
const ROW_BYTES_MAX = 40;

export const searchRequest: WireForm<SearchRequest, wire.SearchRequest> = {
  toWire({ text, under, limit, kind }) {
    const message: wire.SearchRequest = { text: parseText(text, TEXT) };
    if (under !== undefined) message.under = under;
    if (limit !== undefined) message.limit = parseCount(limit, LIMIT);
    if (kind !== undefined) message.kind = KIND_NUMBERS[kind];
    return message;
  },
  fromWire({ text, under, limit, kind }) {
    const request: SearchRequest = { text: parseText(text, TEXT) };
    if (under !== undefined) request.under = parsePath(under);
    if (limit !== undefined) request.limit = parseCount(limit, LIMIT);
    if (kind !== undefined) request.kind = parseKind(kind);
    return request;
  },
};

/** Rows that do not fit are left out, and `more` says so. */
export const searchReply: WireForm<SearchReply, wire.SearchReply> = {
  toWire({ revision, complete, entries, more }) {
    const count = countFitting(entries, {
      bytesOf: ({ path }) => ROW_BYTES_MAX + Math.min(3 * path.length, PATH_BYTES_MAX),
      bytesMax: CUT_BYTES,
      countMax: SEARCH_ENTRIES_MAX,
    });
    return {
      revision: parseRevision(revision),
      complete,
      entries: entries.slice(0, count).map(foundToWire),
      more: more || count < entries.length,
    };
  },
  fromWire: ({ revision, complete, entries, more }) => ({
    revision: parseRevision(revision),
    complete,
    entries: entries.map(foundFromWire),
    more,
  }),
};

function foundToWire(found: FoundAt): wire.Found {
  const { path } = found;
  if (found.kind === "dir") return { path, directory: directoryOf(found) };
  return { path, file: fileOf(found) };
}

function foundFromWire({ path: text, file, directory }: wire.Found): FoundAt {
  const path: DrivePath = parsePath(text);
  if (file && !directory) return { path, kind: "file", ...fileOf(file) };
  if (directory && !file) return { path, kind: "dir", ...directoryOf(directory) };
  throw new GoliathError("unsupported", "an entry of a kind that this version does not know");
}

function fileOf({ size, mtimeMs }: wire.FoundFile): wire.FoundFile {
  if (!Number.isSafeInteger(mtimeMs)) {
    throw new GoliathError("bad-request", "a modification time is not in whole milliseconds");
  }
  return { size: parseCount(size, { what: "a file's size" }), mtimeMs };
}

function directoryOf({ files, bytes }: wire.FoundDirectory): wire.FoundDirectory {
  return {
    files: parseCount(files, { what: "a count of files" }),
    bytes: parseCount(bytes, { what: "a count of bytes" }),
  };
}

function parseKind(kind: number): FoundAt["kind"] {
  if (kind === KIND_NUMBERS.file) return "file";
  if (kind === KIND_NUMBERS.dir) return "dir";
  throw new GoliathError("unsupported", "a kind that this version does not know");
}
