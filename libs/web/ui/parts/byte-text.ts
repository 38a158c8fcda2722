/** Bytes, counts and times as people read them. */

const UNITS = ["B", "KB", "MB", "GB", "TB", "PB"] as const;
const STEP = 1000;

/** Three digits that matter, as file managers show them: `1.23 GB`. */
export function byteText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
    value /= STEP;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}

export function rateText(bytesPerSecond: number): string {
  return `${byteText(bytesPerSecond)}/s`;
}

const WHOLE = new Intl.NumberFormat("en");

/** `12,345`. */
export function countText(count: number): string {
  return WHOLE.format(count);
}

/** `1 file`, `12,345 files`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
