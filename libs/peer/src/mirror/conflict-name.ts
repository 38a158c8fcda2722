/** The name a user's own file gets when it stands where a mirrored one must go. */
import { NAME_BYTES_MAX } from "@goliath/protocols/nouns";
import { extname } from "node:path";

/** A longer one is no extension that anybody's programs go by. */
const EXTENSION_BYTES_MAX = 32;

/** `report.pdf` → `report.conflict-20261123-101500-1.pdf`; always a name the drive can hold. */
export function conflictName(
  name: string,
  { nowMs, attempt }: { nowMs: number; attempt: number },
): string {
  const stamp = new Date(nowMs)
    .toISOString()
    .slice(0, 19)
    .replaceAll(/[-:]/gu, "")
    .replace("T", "-");
  const found = extname(name);
  const extension = Buffer.byteLength(found) > EXTENSION_BYTES_MAX ? "" : found;
  const mark = `.conflict-${stamp}${attempt > 0 ? `-${attempt}` : ""}${extension}`;
  const stem = name.slice(0, name.length - extension.length);
  return cutName(stem, NAME_BYTES_MAX - Buffer.byteLength(mark)) + mark;
}

/** The beginning of a name, in whole characters, that takes at most so many bytes. */
export function cutName(name: string, bytesMax: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > bytesMax) break;
    end += character.length;
  }
  return name.slice(0, end);
}
