/** A page of a directory, now or at a revision. */
import {
  LIST_ENTRIES_MAX,
  type ListReply,
  type ListRequest,
} from "@goliath/protocols/index/service";
import { GoliathError, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, NamedEntry, Revision } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import { entriesOf } from "./entry-of.ts";
import { checkWholeAt } from "./kept.ts";
import { lineAt, lineNow } from "./line-of.ts";
import { checkReadable } from "./readable.ts";
import { findPaths } from "./resolve.ts";

export async function list(reader: StoreReader, request: ListRequest): Promise<ListReply> {
  const head = await reader.head();
  const { where, after, sums, limit = LIST_ENTRIES_MAX } = request;
  // What is of the newest revision stands among the live rows alone.
  const at = request.at === head.revision ? undefined : request.at;
  if (at !== undefined) checkReadable(head, at);
  const dir = await dirOf(reader, where, at);
  if (at !== undefined) await checkWholeAt(reader, [dir], at);
  const { rows, next } = await reader.list({
    dir,
    limit: Math.max(1, Math.min(limit, LIST_ENTRIES_MAX)),
    ...(at !== undefined && { at }),
    ...(after !== undefined && { after }),
  });
  const found = await entriesOf(reader, rows, { sums });
  const entries = rows.map(({ name }, index) => ({ name, entry: found[index] }) as NamedEntry);
  return { revision: at ?? head.revision, dir, entries, ...(next !== undefined && { next }) };
}

async function dirOf(
  reader: StoreReader,
  where: ListRequest["where"],
  at: Revision | undefined,
): Promise<DirId> {
  if ("dir" in where) return livingDir(reader, where.dir, at);
  const about = { path: where.path };
  const [found] = await findPaths(reader, { paths: [where.path], ...(at !== undefined && { at }) });
  if (!found) throw new GoliathError("not-found", "nothing is there", { about });
  if (found.content.kind === "dir") return found.content.dir;
  throw new GoliathError("not-a-directory", "this is a file", { about });
}

async function livingDir(
  reader: StoreReader,
  dir: DirId,
  at: Revision | undefined,
): Promise<DirId> {
  if (dir === ROOT_DIR) return dir;
  const line = at === undefined ? await lineNow(reader, dir) : await lineAt(reader, dir, at);
  const lives = line?.every((row) => !("gone" in row) || row.gone === 0);
  if (lives) return dir;
  throw new GoliathError("not-found", "no such directory then", { about: { id: dir } });
}
