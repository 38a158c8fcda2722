/** Every bound of `/goliath/holdings/1.0.0` beside those of its service. */
import { DIGEST_BYTES } from "../nouns/exports.ts";
import { RUN_BYTES_MAX, type FrameBounds } from "../wire/exports.ts";
import { PROVE_DIGESTS_MAX, REPORT_RUNS_MAX } from "./service.ts";

export const HOLDINGS_PROTOCOL = "/goliath/holdings/1.0.0";

/** Calls of one side unanswered by the other: reports go one by one, proofs several at a time. */
export const HOLDINGS_CALLS_MAX = 32;
/** Characters of a session's name: a UUID has 36. */
export const SESSION_CHARACTERS_MAX = 64;
/** Addresses in one heartbeat: a machine's interfaces and a relay or two; `holdings.proto` too. */
export const ADDRESSES_MAX = 32;
/** Bytes of one address. */
export const ADDRESS_BYTES_MAX = 256;
/** Leases in one `prove`: those of one commit; `holdings.proto` too. */
export const PROVE_LEASES_MAX = 256;

/** Beside the runs in a header: the addresses of a heartbeat, or leases, or a status. */
const HEADER_REST_BYTES_MAX = 16 * 1024;

export const HOLDINGS_BOUNDS: FrameBounds = {
  headerBytesMax: REPORT_RUNS_MAX * RUN_BYTES_MAX + HEADER_REST_BYTES_MAX,
  payloadBytesMax: PROVE_DIGESTS_MAX * DIGEST_BYTES,
};
