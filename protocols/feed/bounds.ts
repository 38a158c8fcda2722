/** What the feed protocol bounds, besides the counts in `service.ts`. */
import type { FrameBounds } from "../wire/exports.ts";

export const FEED_PROTOCOL = "/goliath/feed/1.0.0";

/** One entry of `EXTENTS_MAX` extents fits (1.9 MB). Nothing travels as a payload. */
export const FEED_BOUNDS: FrameBounds = { headerBytesMax: 2 * 1024 * 1024, payloadBytesMax: 0 };

/**
 * Bytes of messages that may be on the way or unread, for each subscription. The sender stops when
 * it has sent this much more than the follower has taken, so that who is slow stalls only itself.
 * One message may begin while a single byte of it is left: 256 subscriptions hold 64 MiB and a
 * message each.
 */
export const FEED_WINDOW_BYTES = 256 * 1024;
/** Where changes are cut into several messages, below the window. */
export const FEED_CUT_BYTES = 128 * 1024;
/** Peers in one message of revocations. */
export const REVOKED_MAX = 1024;
