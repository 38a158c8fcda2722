/** Spans of time as people write them: `7d`, `12h`, `90m`. */
import { GoliathError } from "@goliath/protocols/nouns";

const UNITS_MS: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** Milliseconds, more than none. A unit is needed: a bare number could mean anything. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([smhdw])$/u.exec(text.trim());
  const unit = UNITS_MS[match?.[2] ?? ""];
  const ms = match && unit ? Math.round(Number(match[1]) * unit) : 0;
  if (ms <= 0 || !Number.isSafeInteger(ms)) {
    throw new GoliathError("bad-request", `"${text}" is no span of time: write 30m, 12h, 7d or 2w`);
  }
  return ms;
}
