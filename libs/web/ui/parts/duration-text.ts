/** Spans of time as people say them: `about 3 min`, `30 days`. */
import { plural } from "./byte-text.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Below this in the smaller unit: `90 min` says more than `2 hours`. */
const UNITS_MAX = 2;

const UNITS: readonly (readonly [number, string])[] = [
  [DAY_MS, "day"],
  [HOUR_MS, "hour"],
  [MINUTE_MS, "minute"],
  [SECOND_MS, "second"],
];

/** In the largest unit of which there are two or more: `47 hours`, `3 days`. */
export function durationText(ms: number): string {
  const [unitMs, name] = UNITS.find(([unitMs]) => ms >= unitMs * UNITS_MAX) ?? [
    SECOND_MS,
    "second",
  ];
  return plural(Math.max(1, Math.round(ms / unitMs)), name);
}

/** What a rate leaves to wait for; undefined while nothing moves. */
export function leftText(bytes: number, bytesPerSecond: number): string | undefined {
  if (bytes <= 0 || bytesPerSecond < 1) return undefined;
  return `about ${durationText((bytes / bytesPerSecond) * SECOND_MS)} left`;
}
