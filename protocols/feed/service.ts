/**
 * `/goliath/feed/1.0.0`: what changed, in revision order, resumable. State by directory id, not a
 * list of operations: each change names a directory, a name in it, and what stands there now (or
 * nothing). Applying a change twice is harmless. A rename is a name gone in one directory and the
 * same file or directory id appearing in another; what crosses the edge of a subscription shows
 * only its inner half, so it is a create or a delete. Of a directory that comes in only what its
 * revision changed inside is told, perhaps before the directory is: a follower passes over names in
 * directories that it does not know, and lists those that came in once it has the revision whole.
 */
import type { DirId, Entry, PeerId, Revision } from "../nouns/exports.ts";

/** Subscriptions on one stream. */
export const SUBSCRIPTIONS_MAX = 256;
/** Changes in one message. A revision of more comes in several, the last of them marked. */
export const FEED_CHANGES_MAX = 1024;

export interface FollowRequest {
  /** The directory itself, not its name: the subscription survives its renames. */
  dir: DirId;
  /** The revision whose state the follower has; changes after it are sent. */
  from: Revision;
  /** The generation of the index that state came from. */
  generation: number;
  /** Whether small files bring their digests. */
  sums?: boolean;
}

export interface EntryChange {
  dir: DirId;
  name: string;
  /** Undefined: nothing stands there any more. */
  entry: Entry | undefined;
}

export type FeedEvent =
  /** Changes of `revision`; `last` ends it. Between, the follower's state is of no revision. */
  | { kind: "changes"; revision: Revision; at: number; changes: EntryChange[]; last: boolean }
  /** Nothing in the subscription changed up to `revision`. */
  | { kind: "reached"; revision: Revision }
  /** The cursor is older than what is kept, or of another generation: list anew. */
  | { kind: "reset" }
  /** The subscribed directory was removed in `revision`. Delete nothing. */
  | { kind: "lost"; revision: Revision };

/** Peers whose membership has ended; the whole list at the start, additions after. */
export interface Revocations {
  peers: PeerId[];
}

export interface FeedService {
  /** Ends with `reset` or `lost`, when aborted, or by throwing `closed`. */
  follow(request: FollowRequest, options: { signal: AbortSignal }): AsyncIterable<FeedEvent>;
  revocations(options: { signal: AbortSignal }): AsyncIterable<Revocations>;
}
