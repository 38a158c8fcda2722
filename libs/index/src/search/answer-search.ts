/** What a search asks and answers, whatever finds the names. */
import {
  SEARCH_ENTRIES_DEFAULT,
  SEARCH_ENTRIES_MAX,
  type FoundAt,
  type SearchRequest,
} from "@goliath/protocols/index/service";
import { GoliathError } from "@goliath/protocols/nouns";
import type { DirId, DrivePath, Entry } from "@goliath/protocols/nouns";
import { findPaths } from "../engine/resolve.ts";
import type { StoreReader } from "../store/index-store.ts";

export function limitOf({ limit = SEARCH_ENTRIES_DEFAULT }: SearchRequest): number {
  if (Number.isSafeInteger(limit) && limit >= 1) return Math.min(limit, SEARCH_ENTRIES_MAX);
  throw new GoliathError("bad-request", "a limit is a number from 1");
}

/** The directory to search below. Throws `not-found`, `not-a-directory`. */
export async function underDir(
  reader: StoreReader,
  { under }: SearchRequest,
): Promise<DirId | undefined> {
  if (under === undefined) return undefined;
  const about = { path: under };
  const [found] = await findPaths(reader, { paths: [under] });
  if (!found) throw new GoliathError("not-found", "nothing is there", { about });
  if (found.content.kind === "dir") return found.content.dir;
  throw new GoliathError("not-a-directory", "this is a file", { about });
}

export function foundAt(path: DrivePath, entry: Entry): FoundAt {
  if (entry.kind === "dir") return { path, kind: "dir", files: entry.files, bytes: entry.bytes };
  return { path, kind: "file", size: entry.size, mtimeMs: entry.mtimeMs };
}
