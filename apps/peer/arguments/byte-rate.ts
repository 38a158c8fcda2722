/** Rates as people write them: `20MB/s`, `512 KiB/s`, `unlimited`. */
import { BYTE_RATE_MIN } from "@goliath/peer/bandwidth";
import { GoliathError } from "@goliath/protocols/nouns";
import { parseByteSize } from "./byte-size.ts";

const UNLIMITED = "unlimited";

/** Bytes a second; `unlimited` is infinity. The `/s` is needed: bits and bytes are mixed up enough. */
export function parseByteRate(text: string): number {
  if (text.trim() === UNLIMITED) return Number.POSITIVE_INFINITY;
  const amount = /^(\d[\d.]*\s*[kmgt]?i?b)\/s$/iu.exec(text.trim())?.[1];
  if (amount === undefined)
    throw new GoliathError("bad-request", `"${text}" is no rate: write 20MB/s or ${UNLIMITED}`);
  const rate = parseByteSize(amount);
  if (rate >= BYTE_RATE_MIN) return rate;
  throw new GoliathError(
    "bad-request",
    `${text} is too little: at least ${BYTE_RATE_MIN / 1024}KiB/s, or others give up waiting for a chunk`,
  );
}
