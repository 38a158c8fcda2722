/** Messages of the feed. */
import { entryBytesMax, entryWire } from "../entry/entry-wire.ts";
import {
  GoliathError,
  nameProblem,
  parseDirId,
  parsePeerId,
  parseRevision,
} from "../nouns/exports.ts";
import { countFitting } from "../wire/count-fitting.ts";
import { parseCount, type WireForm } from "../wire/fields.ts";
import { FEED_CUT_BYTES, REVOKED_MAX } from "./bounds.ts";
import type * as wire from "./generated/feed.js";
import {
  FEED_CHANGES_MAX,
  type EntryChange,
  type FeedEvent,
  type FollowRequest,
  type Revocations,
} from "./service.ts";

/** A message without the number of its subscription. */
export type FeedMessageBody = Partial<Omit<wire.FeedMessage, "subscription">>;

type ChangesEvent = Extract<FeedEvent, { kind: "changes" }>;

const CUT = {
  bytesOf: ({ name, entry }: EntryChange) => 24 + 3 * name.length + entryBytesMax(entry),
  bytesMax: FEED_CUT_BYTES,
  countMax: FEED_CHANGES_MAX,
};

export const followRequest: WireForm<FollowRequest, wire.Follow> = {
  toWire: ({ dir, from, generation, sums = false }) => checkFollow({ dir, from, generation, sums }),
  fromWire: (message) => checkFollow(message),
};

/** One event in as many messages as it takes. */
export function* eventToWire(event: FeedEvent): Generator<FeedMessageBody> {
  switch (event.kind) {
    case "changes":
      yield* changesToWire(event);
      return;
    case "reached":
      yield { reached: { revision: parseRevision(event.revision) } };
      return;
    case "reset":
      yield { reset: {} };
      return;
    case "lost":
      yield { lost: { revision: parseRevision(event.revision) } };
  }
}

/** Throws `unsupported` for an event that this version does not know: it cannot be skipped. */
export function eventFromWire({ changes, reached, reset, lost }: FeedMessageBody): FeedEvent {
  if (changes) return changesFromWire(changes);
  if (reached) return { kind: "reached", revision: parseRevision(reached.revision) };
  if (reset) return { kind: "reset" };
  if (lost) return { kind: "lost", revision: parseRevision(lost.revision) };
  throw new GoliathError("unsupported", "an event that this version does not know");
}

/** One list of revoked peers in as many messages as it takes. */
export function* revocationsToWire({ peers }: Revocations): Generator<FeedMessageBody> {
  for (let done = 0; done === 0 || done < peers.length; done += REVOKED_MAX) {
    yield { revoked: { peers: peers.slice(done, done + REVOKED_MAX) } };
  }
}

export function revocationsFromWire({ revoked }: FeedMessageBody): Revocations {
  if (revoked) return { peers: revoked.peers.map(parsePeerId) };
  throw new GoliathError("unsupported", "an event that this version does not know");
}

function* changesToWire({ changes, revision, at, last }: ChangesEvent): Generator<FeedMessageBody> {
  let rest = changes;
  do {
    const count = countFitting(rest, CUT);
    const part = rest.slice(0, count).map(changeToWire);
    rest = rest.slice(count);
    const ends = last && rest.length === 0;
    yield { changes: { revision: parseRevision(revision), at, changes: part, last: ends } };
  } while (rest.length > 0);
}

function changesFromWire({ revision, at, changes, last }: wire.Changes): ChangesEvent {
  return {
    kind: "changes",
    revision: parseRevision(revision),
    at: parseCount(at, { what: "a time" }),
    changes: changes.map(changeFromWire),
    last,
  };
}

function changeToWire({ dir, name, entry }: EntryChange): wire.EntryChange {
  const change = { dir: parseDirId(dir), name };
  return entry ? { ...change, entry: entryWire.toWire(entry) } : change;
}

function changeFromWire({ dir, name, entry }: wire.EntryChange): EntryChange {
  const problem = nameProblem(name);
  if (problem) throw new GoliathError("invalid-path", problem);
  return { dir: parseDirId(dir), name, entry: entry && entryWire.fromWire(entry) };
}

function checkFollow({ dir, from, generation, sums }: wire.Follow) {
  return {
    dir: parseDirId(dir),
    from: parseRevision(from),
    generation: parseCount(generation, { what: "a generation" }),
    sums,
  };
}
