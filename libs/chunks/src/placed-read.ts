/** Reading a chunk from a file that belongs to somebody else. */
import { dirname } from "node:path";
import { runSteps, type Disk, type DiskFile, type DiskStats } from "@goliath/kit";
import { digestOf, equalBytes } from "@goliath/protocols/nouns";
import type { FileHandles } from "./file-handles.ts";
import { isSameContent, isSameStamp, OPEN_IN_PLACE, stampOf } from "./file-stamp.ts";
import { readFully } from "./hash-file.ts";
import type { ChunkPlace } from "./piece-table.ts";
import type { FileRecord } from "./placed-catalogue.ts";
import type { FileStamp } from "./placed-file.ts";

/**
 * - `good`: the chunk, and the stamp the file has now.
 * - `changed`: another file, or written to.
 * - `rotten`: nothing happened to the file, yet its bytes are wrong.
 * - `unreadable`: the disk fails.
 * - `gone`: its directory is there, the file is not.
 * - `unknown`: the directory is not there either (a disk that is not mounted?), or the system
 *   refuses: that says nothing about the file.
 */
export type PlacedRead =
  | { verdict: "good"; bytes: Uint8Array; stamp: FileStamp }
  | { verdict: "changed" | "rotten" | "gone" }
  | { verdict: "unknown" | "unreadable"; cause: unknown };

export interface PlacedReadInit {
  disk: Disk;
  handles: FileHandles;
  record: FileRecord;
  place: ChunkPlace;
}

export async function readPlaced(init: PlacedReadInit): Promise<PlacedRead> {
  const { disk, handles, record } = init;
  try {
    return await handles.use({ key: record.file, path: record.path }, (handle) =>
      readFrom(handle, init),
    );
  } catch (thrown) {
    return verdictOn(thrown, { disk, path: record.path });
  }
}

/**
 * A chunk of a file nothing happened to, in one go; undefined for any other, and for whatever is
 * wrong with it: `readPlaced` tells that.
 */
export async function readUntouched({
  disk,
  record: { path, stamp },
  place: { offset, length, digest },
}: Omit<PlacedReadInit, "handles">): Promise<Uint8Array | undefined> {
  const { results, failed } = await runSteps(disk, [
    { do: "open", path, flags: OPEN_IN_PLACE },
    { do: "stat" },
    { do: "read", length, position: offset },
    { do: "check", digest },
    { do: "stat" },
  ]);
  if (failed) return undefined;
  const [, before, bytes, , after] = results as [
    undefined,
    DiskStats,
    Uint8Array,
    undefined,
    DiskStats,
  ];
  const isUntouched = [before, after].every(
    (stats) => stats.isFile() && isSameStamp(stamp, stampOf(stats)),
  );
  return isUntouched ? bytes : undefined;
}

async function readFrom(
  handle: DiskFile,
  { disk, record, place }: PlacedReadInit,
): Promise<PlacedRead> {
  const before = await handle.stat({ bigint: true });
  if (!before.isFile() || !isSameContent(record.stamp, stampOf(before))) {
    return { verdict: "changed" };
  }
  const buffer = Buffer.allocUnsafeSlow(place.length);
  const bytes = await readFully(handle, buffer, place.offset);
  const stamp = stampOf(await handle.stat({ bigint: true }));
  if (!bytes || !isSameContent(record.stamp, stamp)) return { verdict: "changed" };
  const untouched = isSameStamp(record.stamp, stamp);
  if (!untouched && !(await isAt(record, { disk, stamp }))) return { verdict: "changed" };
  if (equalBytes(digestOf(bytes), place.digest)) return { verdict: "good", bytes, stamp };
  return { verdict: untouched ? "rotten" : "changed" };
}

/** The open file may have been renamed away or replaced: then it is no longer the user's file. */
async function isAt(
  { path }: FileRecord,
  { disk, stamp }: { disk: Disk; stamp: FileStamp },
): Promise<boolean> {
  const stats = await disk.lstat(path, { bigint: true });
  return stats.isFile() && stats.ino === stamp.inode;
}

async function verdictOn(
  thrown: unknown,
  { disk, path }: { disk: Disk; path: string },
): Promise<PlacedRead> {
  const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
  if (code === "ELOOP" || code === "ENXIO") return { verdict: "changed" };
  if (code === "EIO") return { verdict: "unreadable", cause: thrown };
  if (code !== "ENOENT") return { verdict: "unknown", cause: thrown };
  const hasParent = await disk.lstat(dirname(path), { bigint: true }).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  return hasParent ? { verdict: "gone" } : { verdict: "unknown", cause: thrown };
}
