/** Files whose bytes say which version of which file they are, every one of them. */
import { createHash } from "node:crypto";

export interface Version {
  /** Of the file when it was made; it may have been renamed since. */
  name: string;
  version: number;
  /** Bytes; at least those of the first line. */
  size: number;
}

const MARK = "goliath-version ";
/** A pattern that differs from page to page, so that a page out of place is seen. */
const PAGE_BYTES = 4096;

export function bytesOf(version: Version): Buffer {
  const head = Buffer.from(`${MARK}${JSON.stringify(version)}\n`);
  const bytes = Buffer.alloc(Math.max(version.size, head.length));
  bytes.fill(createHash("sha256").update(head).digest());
  for (let at = 0; at + PAGE_BYTES <= bytes.length; at += PAGE_BYTES) bytes.writeUInt32LE(at, at);
  head.copy(bytes);
  return bytes;
}

/** Which version these bytes are; undefined when they are no whole version of any file. */
export function versionOf(bytes: Buffer): Version | undefined {
  const line = bytes.subarray(0, bytes.indexOf(10)).toString();
  if (!line.startsWith(MARK)) return undefined;
  try {
    const version = JSON.parse(line.slice(MARK.length)) as Version;
    return bytesOf(version).equals(bytes) ? version : undefined;
  } catch {
    return undefined;
  }
}

/** A version in few words, for comparing. */
export function keyOf(version: Version | undefined): string {
  return version ? `${version.name}#${version.version}` : "no version";
}
