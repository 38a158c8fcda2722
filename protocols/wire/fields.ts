/** Checks of single fields, for the edge where messages become nouns. All throw `bad-request`. */
import { GoliathError } from "../nouns/exports.ts";

/** The two directions between a noun and its message. `fromWire` trusts nothing. */
export interface WireForm<Noun, Wire> {
  toWire(noun: Noun): Wire;
  fromWire(wire: Wire): Noun;
}

export interface CountBounds {
  what: string;
  min?: number;
  max?: number;
}

/** An integer from `min` (0) to `max` (2^53-1). */
export function parseCount(value: number, { what, min = 0, max }: CountBounds): number {
  const most = max ?? Number.MAX_SAFE_INTEGER;
  if (Number.isSafeInteger(value) && value >= min && value <= most) return value;
  throw new GoliathError("bad-request", `${what} is not an integer from ${min} to ${most}`);
}

/** Well-formed text of at most `bytesMax` bytes of UTF-8. */
export function parseText(
  text: string,
  { what, bytesMax }: { what: string; bytesMax: number },
): string {
  // A UTF-16 unit is at most 3 bytes: most texts need no count.
  const fits = text.length * 3 <= bytesMax || Buffer.byteLength(text) <= bytesMax;
  if (fits && text.isWellFormed()) return text;
  throw new GoliathError("bad-request", `${what} is longer than ${bytesMax} bytes or not Unicode`);
}

/** A field that the message cannot do without. */
export function required<Field>(field: Field | undefined, what: string): Field {
  if (field !== undefined) return field;
  throw new GoliathError("bad-request", `the message has no ${what}`);
}
