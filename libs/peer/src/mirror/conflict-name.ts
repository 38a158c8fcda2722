/** The name a user's own file gets when it stands where a mirrored one must go. */
import { NAME_BYTES_MAX } from "@goliath/protocols/nouns";
import { extname } from "node:path";

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
  const extension = extname(name);
  const mark = `.conflict-${stamp}${attempt > 0 ? `-${attempt}` : ""}${extension}`;
  let stem = name.slice(0, name.length - extension.length);
  while (Buffer.byteLength(stem + mark) > NAME_BYTES_MAX) stem = [...stem].slice(0, -1).join("");
  return stem + mark;
}
