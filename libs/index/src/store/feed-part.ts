/**
 * The feed's blobs: groups one after the other, so that a reader of one subtree skips the others.
 *   group = dir | line length | line ids | names | bytes of what follows | (length | UTF-8)*
 * All integers are LEB128.
 */
import type { DirId } from "@goliath/protocols/nouns";
import { ByteReader } from "./byte-reader.ts";
import { ByteWriter } from "./byte-writer.ts";
import type { FeedGroup } from "./index-store.ts";

/** Names in one blob: some 20 KiB, read whole for a follower of a part of it. */
const PART_NAMES_MAX = 1024;

/** A revision's groups as blobs; a large group is spread over several. */
export function* encodeFeed(groups: readonly FeedGroup[]): Generator<Uint8Array> {
  const part = new ByteWriter();
  const body = new ByteWriter();
  let room = PART_NAMES_MAX;
  for (const { dir, line, names } of groups) {
    for (let start = 0; start < names.length;) {
      const slice = names.slice(start, start + room);
      writeGroup({ dir, line, names: slice }, { part, body });
      start += slice.length;
      room -= slice.length;
      if (room > 0) continue;
      yield part.take();
      room = PART_NAMES_MAX;
    }
  }
  if (part.length > 0) yield part.take();
}

function writeGroup(
  { dir, line, names }: FeedGroup,
  { part, body }: { part: ByteWriter; body: ByteWriter },
): void {
  part.integer(dir);
  part.integer(line.length);
  for (const above of line) part.integer(above);
  part.integer(names.length);
  for (const name of names) body.text(name);
  part.integer(body.length);
  part.bytes(body.take());
}

/** The groups whose line contains `dir`; all for undefined. */
export function* decodeFeed(bytes: Uint8Array, dir: DirId | undefined): Generator<FeedGroup> {
  const reader = new ByteReader(bytes);
  while (!reader.done) {
    const changed = reader.integer() as DirId;
    const line = Array.from({ length: reader.integer() }, () => reader.integer() as DirId);
    const count = reader.integer();
    const length = reader.integer();
    if (dir !== undefined && !line.includes(dir)) reader.skip(length);
    else yield { dir: changed, line, names: Array.from({ length: count }, () => reader.text()) };
  }
}
