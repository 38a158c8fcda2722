/** Where the past is whole. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";

/** Whether each directory's past is whole at a revision: else a name that is not found may be forgotten. */
export async function isWholeAt(
  reader: StoreReader,
  dirs: Iterable<DirId>,
  at: Revision,
): Promise<boolean> {
  const rows = await reader.dirs([...new Set(dirs)]);
  return rows.every((row) => row !== undefined && row.kept <= at);
}

/** Throws `gone` unless the past of these directories is whole at a revision. */
export async function checkWholeAt(
  reader: StoreReader,
  dirs: Iterable<DirId>,
  at: Revision,
): Promise<void> {
  if (await isWholeAt(reader, dirs, at)) return;
  throw new GoliathError("gone", `revision ${at} is no longer kept there`, { about: { id: at } });
}
