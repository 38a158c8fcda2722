/** Numbers and times: for reading on a terminal, exact for whatever reads a pipe. */

export interface Show {
  bytes(count: number): string;
  count(count: number): string;
  time(ms: number): string;
}

const BYTE_UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** `1.2 GiB`; never more than four digits. */
export function formatBytes(count: number): string {
  let value = count;
  let unit = 0;
  while (value >= 1023.5 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit > 0 && value < 99.95 ? 1 : 0;
  return `${value.toFixed(digits)} ${BYTE_UNITS[unit]}`;
}

/** `1,204`. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/gu, ",");
}

/** `1 file`, `2 files`. */
export function formatMany(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** Local time, `2026-11-23 09:12`; `never` for 0. */
export function formatTime(ms: number): string {
  if (ms === 0) return "never";
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return "unknown";
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** `42s`, `3m 05s`, `2h 10m`, `4d 3h`: two units at most. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days}d ${hours}h`;
  if (hours > 0) return `${hours}h ${String(minutes).padStart(2, "0")}m`;
  if (minutes > 0) return `${minutes}m ${String(seconds % 60).padStart(2, "0")}s`;
  return `${seconds}s`;
}

const humanShow: Show = { bytes: formatBytes, count: formatCount, time: formatTime };

const plainShow: Show = {
  bytes: String,
  count: String,
  time: (ms) => {
    const date = new Date(ms);
    return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
  },
};

export function showFor({ human }: { human: boolean }): Show {
  return human ? humanShow : plainShow;
}
