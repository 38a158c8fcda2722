/** The `Range` of a request (RFC 9110, section 14). */

/** From `start` to before `end`. */
export interface ByteRange {
  start: number;
  end: number;
}

const ONE_RANGE = /^bytes=[ \t]*(?<first>\d*)-(?<last>\d*)[ \t]*$/iu;

/**
 * The one range that is asked for; undefined for the whole, as for several ranges and for what is
 * malformed, both of which a server may ignore; "outside" where the file has no such bytes.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | "outside" | undefined {
  const { first = "", last = "" } = ONE_RANGE.exec(header ?? "")?.groups ?? {};
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const count = Number(last);
    return count === 0 || size === 0 ? "outside" : { start: Math.max(0, size - count), end: size };
  }
  const start = Number(first);
  if (last !== "" && Number(last) < start) return undefined;
  if (start >= size) return "outside";
  return { start, end: last === "" ? size : Math.min(size, Number(last) + 1) };
}
