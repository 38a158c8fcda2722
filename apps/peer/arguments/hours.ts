/** Times of day and days of the week as people write them: `23:00-07:00`, `mon-fri`, `sat, sun`. */
import { DAY_MINUTES, type DayTimes } from "@goliath/peer/bandwidth";
import { GoliathError } from "@goliath/protocols/nouns";

/** In the order of a `Date`'s days. */
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

/** From the first minute to before the last; past midnight where it ends before it begins. */
export function parseHours(text: string): DayTimes {
  const match = /^(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/u.exec(text.trim());
  const [fromMinute, toMinute] = [minuteOf(match?.[1]), minuteOf(match?.[2])];
  if (fromMinute < DAY_MINUTES && toMinute <= DAY_MINUTES && fromMinute !== toMinute)
    return { fromMinute, toMinute };
  throw new GoliathError(
    "bad-request",
    `"${text}" are no hours: write 23:00-07:00, from 00:00 to 24:00`,
  );
}

/** Numbers of the days, 0 for Sunday, each once and in order. */
export function parseDays(text: string): number[] {
  const days = text.split(",").flatMap((part) => daysOf(part.trim().toLowerCase(), text));
  return [...new Set(days)].toSorted((a, b) => a - b);
}

function daysOf(part: string, text: string): number[] {
  const [first = -1, last = first, ...more] = part
    .split("-")
    .map((name) => DAYS.findIndex((day) => day === name.trim()));
  if (first < 0 || last < 0 || more.length > 0)
    throw new GoliathError("bad-request", `"${text}" are no days: write mon-fri or sat,sun`);
  const count = ((last - first + DAYS.length) % DAYS.length) + 1;
  return Array.from({ length: count }, (_, at) => (first + at) % DAYS.length);
}

/** Minutes after midnight; not a number for what is no time. */
function minuteOf(text: string | undefined): number {
  const [hours = Number.NaN, minutes = Number.NaN] = (text ?? "").split(":").map(Number);
  return minutes < 60 ? hours * 60 + minutes : Number.NaN;
}
