/** What the index protocol bounds, besides the counts in `service.ts`. */
import type { FrameBounds } from "../wire/exports.ts";

export const INDEX_PROTOCOL = "/goliath/index/1.0.0";

/**
 * 2 MiB each way and part: one entry of `EXTENTS_MAX` extents fits (1.9 MB), and 256 calls in
 * flight stay below what a machine has.
 */
export const INDEX_BOUNDS: FrameBounds = {
  headerBytesMax: 2 * 1024 * 1024,
  payloadBytesMax: 2 * 1024 * 1024,
};

/**
 * Where messages are cut into several: small enough for other replies on the stream not to wait
 * long, and one entry of any size more still fits the frame.
 */
export const CUT_BYTES = 512 * 1024;

/** Leases in one `renew` or `commit`. */
export const LEASES_MAX = 4096;
/** Locations in one `commit`, and peers they may name. */
export const LOCATIONS_MAX = 32_768;
export const LOCATION_PEERS_MAX = 4096;
/** Runs in one reply to `holders`; the client asks again for the rest. */
export const HOLDER_RUNS_MAX = 8192;
/** Holders told of one run: nobody fetches one chunk from more. */
export const HOLDERS_PER_RUN_MAX = 64;
/** Peers in one reply to `holders`. */
export const HOLDER_PEERS_MAX = 4096;
/** Addresses told of one peer. */
export const ADDRESSES_MAX = 16;
/** Bytes of one multiaddr, of a name, of a commit's note, of a log row's summary. */
export const ADDRESS_BYTES_MAX = 512;
export const LABEL_BYTES_MAX = 1024;
export const NOTE_BYTES_MAX = 1024;
export const SUMMARY_BYTES_MAX = 8192;
/** Rows in one reply to `peers` or `members`; the client asks again for the rest. */
export const ROWS_PER_REPLY_MAX = 4096;
/** Rows that a client takes of `peers` or `members` in all, against an index that never ends. */
export const ROWS_MAX = 1_000_000;
/** Bytes of encoded changes in one commit: 100,000 small files with their digests, twice over. */
export const COMMIT_BYTES_MAX = 64 * 1024 * 1024;
/** Bytes of a signed invite or pass. */
export const SIGNED_BYTES_MAX = 16 * 1024;
