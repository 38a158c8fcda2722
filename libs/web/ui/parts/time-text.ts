/** Times as people read them: in this machine's time, short in a list and whole on demand. */

const DAY_MS = 86_400_000;
const HOUR = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const YEAR = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  year: "numeric",
});
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "medium" });

/** `Today 14:03`, `12 May 14:03`, `12 May 2023`. */
export function timeText(timeMs: number, nowMs: number): string {
  if (isSameDay(timeMs, nowMs)) return `Today ${HOUR.format(timeMs)}`;
  if (isSameDay(timeMs, nowMs - DAY_MS)) return `Yesterday ${HOUR.format(timeMs)}`;
  const sameYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear();
  return sameYear ? `${DAY.format(timeMs)} ${HOUR.format(timeMs)}` : YEAR.format(timeMs);
}

/** With the weekday and seconds, for a tooltip. */
export function wholeTimeText(timeMs: number): string {
  return WHOLE.format(timeMs);
}

function isSameDay(a: number, b: number): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

const LONG_DAY = new Intl.DateTimeFormat(undefined, {
  weekday: "long",
  day: "numeric",
  month: "long",
});
const LONG_YEAR = new Intl.DateTimeFormat(undefined, { dateStyle: "long" });

/** `Today`, `Yesterday`, `Tuesday, 12 May`, `12 May 2023`. */
export function dayText(timeMs: number, nowMs: number): string {
  if (isSameDay(timeMs, nowMs)) return "Today";
  if (isSameDay(timeMs, nowMs - DAY_MS)) return "Yesterday";
  const sameYear = new Date(timeMs).getFullYear() === new Date(nowMs).getFullYear();
  return (sameYear ? LONG_DAY : LONG_YEAR).format(timeMs);
}

/** `14:03`. */
export function clockText(timeMs: number): string {
  return HOUR.format(timeMs);
}
