/** The engine's bounds. */
import { ALLOCATE_MAX } from "@goliath/protocols/index/service";
import { COMMIT_CHANGES_MAX } from "@goliath/protocols/nouns";

/** How long an untouched lease lives: long enough to reconnect through a restart of either side. */
export const LEASE_MS_DEFAULT = 10 * 60_000;
/** Leases one peer may hold: a writer needs one a commit, and commits are few at a time. */
export const LEASES_PER_PEER_MAX = 1024;
/** Ids one peer may hold under lease: 16 TiB of 1 MiB chunks under way. */
export const LEASED_IDS_PER_PEER_MAX = 16 * ALLOCATE_MAX;
/** Expired leases cleared by one `allocate`: more than it makes, so that none pile up. */
export const EXPIRED_LEASES_CLEARED = 16;

/** How long a commit's number is remembered at least, in milliseconds: a week without a network. */
export const COMMIT_RECORD_MS = 7 * 24 * 3600_000;
/** Chunks the puts of one commit may name, old and new: 64 MiB of digests in memory. */
export const COMMIT_CHUNKS_MAX = 2 * 1024 * 1024;
/** Names one commit may change: parents made, both ends of moves, and what copies bring. */
export const COMMIT_NAMES_MAX = 4 * COMMIT_CHANGES_MAX;
/** Bytes of a commit's note. */
export const NOTE_BYTES_MAX = 1024;
/** Characters of the summary kept for the log. */
export const SUMMARY_CHARACTERS_MAX = 200;
/** Claims in one drive: all are looked through when a directory that contains some is removed. */
export const CLAIMS_MAX = 10_000;
/** Names with a retention of their own: all are looked through before a removed directory goes. */
export const RETENTIONS_MAX = 10_000;

/** Rows one page of `usage` reads: some milliseconds in which no other read gets its turn. */
export const USAGE_ROWS_MAX = 2048;
/** Parts of the feed read at once, of up to 1,024 names each: a small commit is one part. */
export const FEED_PARTS_AT_ONCE = 4;

/** Rows one call of `retain` reads or deletes: some tens of milliseconds in which commits wait. */
export const RETAIN_ROWS_MAX = 512;
/** What the visit of one directory counts for besides its rows. */
export const DIR_VISIT_ROWS = 4;
/** Places of one directory that are read to see whether a name of the past leads to it. */
export const PLACES_READ_MAX = 64;

/** Ids one call of `collect` gives up: 2 MiB of digests. */
export const COLLECT_IDS_MAX = 64 * 1024;
/** Segments of digests it reads: one transaction of some tens of milliseconds. */
export const COLLECT_SEGMENTS_MAX = 1024;
/** Leases it looks through. */
export const COLLECT_LEASES_MAX = 1024;
/** Names changed since, by which it brings its caller's knowledge up to date. */
export const COLLECT_NAMES_MAX = 16 * 1024;
/** Segments of digests told of at once: a million ids, or a hundred thousand. */
export const DIGEST_RUNS_PER_PAGE = 1024;
/** Leases read at once to tell what is leased. */
export const LEASES_PER_PAGE = 1024;

/** Bytes of one record of the layer above, and of its key. */
export const RECORD_BYTES_MAX = 64 * 1024;
export const RECORD_KEY_BYTES_MAX = 512;
/** Records returned for one prefix. */
export const RECORDS_MAX = 100_000;
