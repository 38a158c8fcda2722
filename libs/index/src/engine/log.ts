/** The log of commits, newest first. */
import { LOG_ENTRIES_MAX, type LogEntry, type LogRequest } from "@goliath/protocols/index/service";
import { GoliathError, parentOf } from "@goliath/protocols/nouns";
import type { DirId, DrivePath } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import { findPaths } from "./resolve.ts";

/** A file's log is that of the directory it is in. */
export async function log(
  reader: StoreReader,
  { path, before, limit = LOG_ENTRIES_MAX }: LogRequest,
): Promise<LogEntry[]> {
  const rows = await reader.revisions({
    limit: Math.max(1, Math.min(limit, LOG_ENTRIES_MAX)),
    ...(path !== undefined && { dir: await dirAround(reader, path) }),
    ...(before !== undefined && { before }),
  });
  return rows.map(({ revision, atMs, peer, changes, summary, note }) => ({
    revision,
    at: atMs,
    writer: peer,
    changes,
    summary,
    note,
  }));
}

async function dirAround(reader: StoreReader, path: DrivePath): Promise<DirId> {
  const found = await findPaths(reader, { paths: [path, parentOf(path)] });
  if (!found[0]) throw new GoliathError("not-found", "nothing is there", { about: { path } });
  for (const row of found) if (row?.content.kind === "dir") return row.content.dir;
  throw new GoliathError("internal", "a file is in no directory", { about: { path } });
}
