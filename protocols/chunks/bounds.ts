/** Every bound of `/goliath/chunks/1.0.0`. */
import { CHUNK_BYTES_MAX, DIGEST_BYTES, PAGE_CHUNKS } from "../nouns/exports.ts";
import { RUN_BYTES_MAX, type FrameBounds } from "../wire/exports.ts";

export const CHUNKS_PROTOCOL = "/goliath/chunks/1.0.0";

/** Runs in one `has`: a request fits in 16 KiB. */
export const HAS_RUNS_MAX = 1024;
/** Runs in the answer to a `has`: holdings in pieces make more runs than were asked about. */
export const HAS_REPLY_RUNS_MAX = 4096;
/** Bytes of one page of digests: 32 KiB. */
export const PAGE_BYTES_MAX = PAGE_CHUNKS * DIGEST_BYTES;
/** Bytes of the leaves of one manifest: with a page they fill a frame; 127 Mi chunks. */
export const LEAVES_BYTES_MAX = CHUNK_BYTES_MAX - PAGE_BYTES_MAX;
/** Chunks in one `readSmall`. */
export const READ_SMALL_MAX = 128;
/** Bytes of a chunk that is given with others. */
export const SMALL_CHUNK_BYTES_MAX = 64 * 1024;
/** Bytes of all that one `readSmall` gives: what comes after is not given. */
export const SMALL_REPLY_BYTES_MAX = 1024 * 1024;
/** Requests of one stream that are worked on at once: bounds the bytes read and not yet sent. */
export const SERVED_AT_ONCE_MAX = 8;

/** Beside the runs in a header: numbers, a status with its path. */
const HEADER_REST_BYTES_MAX = 4096;

export const CHUNKS_BOUNDS: FrameBounds = {
  headerBytesMax: HAS_REPLY_RUNS_MAX * RUN_BYTES_MAX + HEADER_REST_BYTES_MAX,
  payloadBytesMax: CHUNK_BYTES_MAX,
};
