/** Numbers on the command line. */
import { GoliathError } from "@goliath/protocols/nouns";

/** A whole number from 1 to 2^53-1, in decimal digits only. */
export function parseCount(text: string): number {
  const value = parseWholeNumber(text);
  if (value === 0) throw new GoliathError("bad-request", "it must be at least 1");
  return value;
}

/** A whole number from 0 to 2^53-1, in decimal digits only. */
export function parseWholeNumber(text: string): number {
  const value = /^\d+$/u.test(text) ? Number(text) : Number.NaN;
  if (!Number.isSafeInteger(value))
    throw new GoliathError("bad-request", `"${text}" is no whole number`);
  return value;
}
