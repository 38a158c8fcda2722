/** How a file is opened, as text and as the system's bits. */
import { constants } from "node:fs";

const { O_RDONLY, O_RDWR, O_WRONLY, O_CREAT, O_EXCL, O_TRUNC, O_APPEND } = constants;

const TEXTS: Record<string, number> = {
  r: O_RDONLY,
  "r+": O_RDWR,
  w: O_WRONLY | O_CREAT | O_TRUNC,
  wx: O_WRONLY | O_CREAT | O_TRUNC | O_EXCL,
  "w+": O_RDWR | O_CREAT | O_TRUNC,
  "wx+": O_RDWR | O_CREAT | O_TRUNC | O_EXCL,
  a: O_WRONLY | O_CREAT | O_APPEND,
  ax: O_WRONLY | O_CREAT | O_APPEND | O_EXCL,
};

export function parseFlags(flags: string | number): number {
  if (typeof flags === "number") return flags;
  const bits = TEXTS[flags];
  if (bits === undefined) throw new TypeError(`unknown flags: ${flags}`);
  return bits;
}
