/** How much may be sent and received a second, by the time of day: pure, in local times. */

/**
 * The least rate that can be set, in bytes a second: a chunk of 1 MiB then takes as long as another
 * peer waits in silence, and would be asked for again and again below it.
 */
export const BYTE_RATE_MIN = 32 * 1024;
/** Rules of one schedule: each is looked at every minute. */
export const BANDWIDTH_RULES_MAX = 64;
export const DAY_MINUTES = 24 * 60;
const WEEK_DAYS = 7;

/** From `fromMinute` to before `toMinute`, of the next day where that is not later. */
export interface DayTimes {
  fromMinute: number;
  toMinute: number;
}

/** Bytes a second; infinity where there is no limit. */
export interface ByteRates {
  up: number;
  down: number;
}

/** What holds at some hours of some days; a direction it does not name is left to the others. */
export interface BandwidthRule extends Partial<ByteRates> {
  /** The whole day when absent. */
  hours?: DayTimes;
  /** On which days the hours begin, 0 for Sunday; all when absent. */
  days?: readonly number[];
}

export interface BandwidthPlan extends Partial<ByteRates> {
  /** The first that applies and names a direction decides it. */
  schedule?: readonly BandwidthRule[];
}

/** A time as the clock on the wall shows it. */
export interface WallTime {
  /** 0 for Sunday. */
  day: number;
  minute: number;
}

/** The rates of a plan at a time. What is never named is unlimited. */
export function ratesAt({ schedule = [], up, down }: BandwidthPlan, time: WallTime): ByteRates {
  const rules = [...schedule.filter((rule) => applies(rule, time)), { up, down }];
  const first = (direction: keyof ByteRates): number =>
    rules.map((rule) => rule[direction]).find((rate) => rate !== undefined) ??
    Number.POSITIVE_INFINITY;
  return { up: first("up"), down: first("down") };
}

function applies({ hours, days }: BandwidthRule, { day, minute }: WallTime): boolean {
  const begins = (on: number): boolean => days?.includes(on) ?? true;
  if (!hours) return begins(day);
  const { fromMinute, toMinute } = hours;
  if (fromMinute < toMinute) return begins(day) && fromMinute <= minute && minute < toMinute;
  // Past midnight it is still the night that began the day before.
  const before = (day + WEEK_DAYS - 1) % WEEK_DAYS;
  return (begins(day) && minute >= fromMinute) || (begins(before) && minute < toMinute);
}

const DAY_NAMES = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/**
 * The wall's time in a zone, the machine's own when none is named. Where the clocks are set back an
 * hour comes twice and a rule of it holds twice; where they are set forward it does not come.
 */
export function wallTime(nowMs: number, timeZone?: string): WallTime {
  const format = new Intl.DateTimeFormat("en-US", {
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    ...(timeZone !== undefined && { timeZone }),
  });
  const parts = new Map(format.formatToParts(nowMs).map(({ type, value }) => [type, value]));
  return {
    day: DAY_NAMES.indexOf(parts.get("weekday") ?? ""),
    minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")),
  };
}
