/** Messages of a commit, but for its changes, and of the log. */
import {
  GoliathError,
  parseChunkId,
  parseDigest,
  parsePath,
  parsePeerId,
  parseRevision,
} from "../nouns/exports.ts";
import { countFitting } from "../wire/count-fitting.ts";
import { parseCount, parseText, type WireForm } from "../wire/fields.ts";
import {
  CUT_BYTES,
  LOCATION_PEERS_MAX,
  LOCATIONS_MAX,
  NOTE_BYTES_MAX,
  SUMMARY_BYTES_MAX,
} from "./bounds.ts";
import { parseLeases } from "./chunks-wire.ts";
import { parseCopies } from "./copies-wire.ts";
import type * as wire from "./generated/index.js";
import {
  LOG_ENTRIES_MAX,
  type CommitReply,
  type CommitRequest,
  type Location,
  type LogEntry,
  type LogRequest,
} from "./service.ts";

/** A commit without its changes, and where the parts before the last are. */
export interface CommitHeader extends Omit<CommitRequest, "changes"> {
  stage: number;
  parts: number;
}

const NOTE = { what: "a note", bytesMax: NOTE_BYTES_MAX };

export const commitHeader: WireForm<CommitHeader, wire.CommitRequest> = {
  toWire({ number, digest, leases, locations, note = "", minCopies = 0, stage, parts }) {
    return {
      number: parseCount(number, { what: "a commit's number" }),
      digest: parseDigest(digest),
      leases: parseLeases(leases),
      ...locationsToWire(locations),
      note: parseText(note, NOTE),
      stage,
      parts,
      minCopies: parseCopies(minCopies),
    };
  },
  fromWire({ number, digest, leases, peers, locations, note, stage, parts, minCopies }) {
    const header: CommitHeader = {
      number: parseCount(number, { what: "a commit's number" }),
      digest: parseDigest(digest),
      leases: parseLeases(leases),
      locations: locationsFromWire(locations, peers),
      stage: parseCount(stage, { what: "a stage's number" }),
      parts: parseCount(parts, { what: "a count of parts" }),
    };
    if (minCopies > 0) header.minCopies = parseCopies(minCopies);
    if (note !== "") header.note = parseText(note, NOTE);
    return header;
  },
};

export const commitReply: WireForm<CommitReply, wire.CommitReply> = {
  toWire: (reply) => reply,
  fromWire: ({ revision, at, again }) => ({
    revision: parseRevision(revision),
    at: parseCount(at, { what: "a time" }),
    again,
  }),
};

export const logRequest: WireForm<LogRequest, wire.LogRequest> = {
  toWire: (request) => parseLogRequest(request),
  fromWire: (message) => parseLogRequest(message),
};

/** Rows that do not fit are left out, and `more` says so. */
export const logReply: WireForm<{ entries: LogEntry[]; more: boolean }, wire.LogReply> = {
  toWire({ entries, more }) {
    const count = countFitting(entries, {
      bytesOf: ({ summary, note }) => 128 + 3 * (summary.length + note.length),
      bytesMax: CUT_BYTES,
      countMax: LOG_ENTRIES_MAX,
    });
    return { entries: entries.slice(0, count), more: more || count < entries.length };
  },
  fromWire: ({ entries, more }) => ({ entries: entries.map(logEntryFromWire), more }),
};

function locationsToWire(locations: readonly Location[]) {
  const indexes = new Map<string, number>();
  const rows = locations.map(({ first, count, peer }) => {
    const index = indexes.get(peer) ?? indexes.size;
    indexes.set(peer, index);
    return { first: parseChunkId(first), count: parseRunLength(first, count), peer: index };
  });
  if (rows.length > LOCATIONS_MAX || indexes.size > LOCATION_PEERS_MAX) {
    throw new GoliathError("too-large", `more than ${LOCATIONS_MAX} locations in one commit`);
  }
  return { locations: rows, peers: [...indexes.keys()] };
}

function locationsFromWire(locations: wire.Location[], peers: string[]): Location[] {
  const ids = peers.map(parsePeerId);
  return locations.map(({ first, count, peer }) => {
    const id = ids[peer];
    if (!id) throw new GoliathError("bad-request", "a location names no peer of the message");
    return { first: parseChunkId(first), count: parseRunLength(first, count), peer: id };
  });
}

const parseRunLength = (first: number, count: number): number =>
  parseCount(count, { what: "a run's length", min: 1, max: Number.MAX_SAFE_INTEGER - first });

function parseLogRequest({ path, before, limit }: wire.LogRequest): LogRequest {
  const request: LogRequest = {};
  if (path !== undefined) request.path = parsePath(path);
  if (before !== undefined) request.before = parseRevision(before);
  if (limit !== undefined) {
    request.limit = parseCount(limit, { what: "a limit", min: 1, max: LOG_ENTRIES_MAX });
  }
  return request;
}

function logEntryFromWire({ revision, at, writer, changes, summary, note }: wire.LogEntry) {
  return {
    revision: parseRevision(revision),
    at: parseCount(at, { what: "a time" }),
    writer: parsePeerId(writer),
    changes: parseCount(changes, { what: "a count of changes" }),
    summary: parseText(summary, { what: "a summary", bytesMax: SUMMARY_BYTES_MAX }),
    note: parseText(note, NOTE),
  };
}
