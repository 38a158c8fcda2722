/** Sizes as people write them: `500GB`, `1.5 GiB`, `4096`. */
import { GoliathError } from "@goliath/protocols/nouns";

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  PB: 1e15,
  KIB: 2 ** 10,
  MIB: 2 ** 20,
  GIB: 2 ** 30,
  TIB: 2 ** 40,
  PIB: 2 ** 50,
};

/** Bytes. `GB` is 10^9 and `GiB` 2^30, in any case; a bare number is bytes. */
export function parseByteSize(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/iu.exec(text.trim());
  const unit = UNITS[match?.[2]?.toUpperCase() ?? "none"];
  if (!match || unit === undefined) {
    throw new GoliathError(
      "bad-request",
      `"${text}" is no size: write 500GB, 1.5GiB or a number of bytes`,
    );
  }
  const bytes = Math.round(Number(match[1]) * unit);
  if (!Number.isSafeInteger(bytes)) throw new GoliathError("bad-request", `${text} is too large`);
  return bytes;
}
