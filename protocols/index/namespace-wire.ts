/** Messages of reading the namespace: drive, resolve, list, pathOf. */
import { entryBytesMax, entryWire } from "../entry/entry-wire.ts";
import {
  CHUNK_BYTES_MAX,
  CHUNK_BYTES_MIN,
  GoliathError,
  nameProblem,
  parseDirId,
  parseDriveId,
  parsePath,
  parseRevision,
  type DirId,
  type DrivePath,
  type NamedEntry,
  type Revision,
} from "../nouns/exports.ts";
import { countFitting } from "../wire/count-fitting.ts";
import { parseCount, required, type WireForm } from "../wire/fields.ts";
import { CUT_BYTES } from "./bounds.ts";
import type * as wire from "./generated/index.js";
import {
  LIST_ENTRIES_MAX,
  RESOLVE_PATHS_MAX,
  type DriveInfo,
  type ListReply,
  type ListRequest,
  type ResolveReply,
  type ResolveRequest,
} from "./service.ts";

/** Bytes of a slot or a named entry but for the entry and the name. */
const ROW_BYTES_MAX = 16;

export const driveReply: WireForm<DriveInfo, wire.DriveReply> = {
  toWire: (info) => info,
  fromWire: ({ drive, generation, chunkBytes, revision, oldest, leaseMs }) => ({
    drive: parseDriveId(drive),
    generation: parseCount(generation, { what: "a generation" }),
    chunkBytes: parseCount(chunkBytes, {
      what: "a chunk size",
      min: CHUNK_BYTES_MIN,
      max: CHUNK_BYTES_MAX,
    }),
    revision: parseRevision(revision),
    oldest: parseRevision(oldest),
    leaseMs: parseCount(leaseMs, { what: "a lease's life" }),
  }),
};

export const resolveRequest: WireForm<ResolveRequest, wire.ResolveRequest> = {
  toWire: ({ paths, at, sums = false }) => ({ paths, sums, ...revisionToWire(at) }),
  fromWire: ({ paths, at, sums }) => {
    if (paths.length > RESOLVE_PATHS_MAX) throw tooLong();
    return { paths: paths.map(parsePath), sums, ...revisionFromWire(at) };
  },
};

/** A reply may answer only the first of the paths: those that fit. */
export const resolveReply: WireForm<ResolveReply, wire.ResolveReply> = {
  toWire({ revision, entries }) {
    const count = countFitting(entries, {
      bytesOf: (entry) => ROW_BYTES_MAX + entryBytesMax(entry),
      bytesMax: CUT_BYTES,
      countMax: RESOLVE_PATHS_MAX,
    });
    const slots = entries.slice(0, count).map((entry) => {
      return entry ? { entry: entryWire.toWire(entry) } : {};
    });
    return { revision: parseRevision(revision), slots };
  },
  fromWire: ({ revision, slots }) => ({
    revision: parseRevision(revision),
    entries: slots.map(({ entry }) => entry && entryWire.fromWire(entry)),
  }),
};

/** How many of these paths go into one request. */
export function countPaths(paths: readonly DrivePath[]): number {
  return countFitting(paths, {
    bytesOf: (path) => ROW_BYTES_MAX + 3 * path.length,
    bytesMax: CUT_BYTES,
    countMax: RESOLVE_PATHS_MAX,
  });
}

export const listRequest: WireForm<ListRequest, wire.ListRequest> = {
  toWire({ where, at, after, limit, sums = false }) {
    const message: wire.ListRequest = { ...where, sums, ...revisionToWire(at) };
    if (after !== undefined) message.after = after;
    if (limit !== undefined) message.limit = parseLimit(limit);
    return message;
  },
  fromWire({ path, dir, at, after, limit, sums }) {
    const request: ListRequest = { where: whereFromWire(path, dir), sums, ...revisionFromWire(at) };
    if (after !== undefined) request.after = parseName(after);
    if (limit !== undefined) request.limit = parseLimit(limit);
    return request;
  },
};

/** A page that does not fit is cut, and goes on after its last name. */
export const listReply: WireForm<ListReply, wire.ListReply> = {
  toWire({ revision, dir, entries, next }) {
    const count = countFitting(entries, {
      bytesOf: namedBytesMax,
      bytesMax: CUT_BYTES,
      countMax: LIST_ENTRIES_MAX,
    });
    const message: wire.ListReply = {
      revision: parseRevision(revision),
      dir: parseDirId(dir),
      entries: entries
        .slice(0, count)
        .map(({ name, entry }) => ({ name, entry: entryWire.toWire(entry) })),
    };
    const after = count < entries.length ? entries[count - 1]?.name : next;
    if (after !== undefined) message.next = after;
    return message;
  },
  fromWire({ revision, dir, entries, next }) {
    const reply: ListReply = {
      revision: parseRevision(revision),
      dir: parseDirId(dir),
      entries: entries.map(({ name, entry }) => ({
        name: parseName(name),
        entry: entryWire.fromWire(required(entry, "entry")),
      })),
    };
    if (next !== undefined) reply.next = parseName(next);
    return reply;
  },
};

export const pathOfRequest: WireForm<{ dir: DirId; at?: Revision }, wire.PathOfRequest> = {
  toWire: ({ dir, at }) => ({ dir: parseDirId(dir), ...revisionToWire(at) }),
  fromWire: ({ dir, at }) => ({ dir: parseDirId(dir), ...revisionFromWire(at) }),
};

export const pathOfReply: WireForm<DrivePath, wire.PathOfReply> = {
  toWire: (path) => ({ path }),
  fromWire: ({ path }) => parsePath(path),
};

function whereFromWire(path: string | undefined, dir: number | undefined): ListRequest["where"] {
  if (path !== undefined && dir === undefined) return { path: parsePath(path) };
  if (dir !== undefined && path === undefined) return { dir: parseDirId(dir) };
  throw new GoliathError("bad-request", "a listing is of a path or of a directory id");
}

function parseName(name: string): string {
  const problem = nameProblem(name);
  if (problem) throw new GoliathError("invalid-path", problem);
  return name;
}

const parseLimit = (limit: number): number =>
  parseCount(limit, { what: "a limit", min: 1, max: LIST_ENTRIES_MAX });

const revisionToWire = (at: Revision | undefined): { at?: number } =>
  at === undefined ? {} : { at: parseRevision(at) };

const revisionFromWire = (at: number | undefined): { at?: Revision } =>
  at === undefined ? {} : { at: parseRevision(at) };

const namedBytesMax = ({ name, entry }: NamedEntry): number =>
  ROW_BYTES_MAX + 3 * name.length + entryBytesMax(entry);

const tooLong = (): GoliathError =>
  new GoliathError("too-large", `more than ${RESOLVE_PATHS_MAX} paths in one request`);
