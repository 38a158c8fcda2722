/** What happened to a path, newest first. */
import type { Client } from "../../../api/client.ts";
import type { Api } from "../../../api/methods.ts";
import { ApiError } from "../../../api/api-error.ts";

export interface PastEntry {
  revision: number;
  /** When, and who; absent where the index no longer tells. */
  timeMs?: number;
  writer?: string;
  /** In a word: its size, or how many changes. */
  size?: number;
  changes?: number;
}

export interface PastOptions {
  limit: number;
  signal: AbortSignal;
}

/** The commits that touched a folder or something below it. */
export async function pastOfFolder(
  client: Client,
  path: string,
  { limit, signal }: PastOptions,
): Promise<PastEntry[]> {
  const entries = await client.call("log", { path, limit }, { signal });
  return entries.map(({ revision, at, writer, changes }) => ({
    revision,
    timeMs: at,
    writer,
    changes,
  }));
}

/**
 * The versions of a file. The index keeps a log of folders, not of files: so this goes from each
 * version to what stood there just before it, until there was nothing, or it is no longer kept.
 */
export async function pastOfFile(
  client: Client,
  path: string,
  { limit, signal }: PastOptions,
): Promise<PastEntry[]> {
  const versions: PastEntry[] = [];
  let at: number | undefined;
  while (versions.length < limit) {
    const entry = await entryAt(client, path, { at, signal });
    if (entry?.kind !== "file") break;
    versions.push({ ...(await commitOf(client, entry.revision, signal)), size: entry.size ?? 0 });
    if (entry.revision === 0) break;
    at = entry.revision - 1;
  }
  return versions;
}

async function entryAt(
  client: Client,
  path: string,
  { at, signal }: { at: number | undefined; signal: AbortSignal },
): Promise<Api["resolve"]["result"]["entry"]> {
  try {
    return (await client.call("resolve", { path, at }, { signal })).entry;
  } catch (thrown) {
    if (ApiError.from(thrown).code === "gone") return null;
    throw thrown;
  }
}

async function commitOf(client: Client, revision: number, signal: AbortSignal): Promise<PastEntry> {
  const [entry] = await client.call("log", { before: revision + 1, limit: 1 }, { signal });
  if (entry?.revision !== revision) return { revision };
  return { revision, timeMs: entry.at, writer: entry.writer };
}
