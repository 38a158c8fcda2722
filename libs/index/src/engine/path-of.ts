/** The path of a directory id. */
import { GoliathError } from "@goliath/protocols/nouns";
import type { DirId, DrivePath, Revision } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import { lineAt, lineNow } from "./line-of.ts";
import { checkReadable } from "./readable.ts";

export async function pathOf(
  reader: StoreReader,
  { dir, at }: { dir: DirId; at?: Revision },
): Promise<DrivePath> {
  if (at !== undefined) checkReadable(await reader.head(), at);
  const line = at === undefined ? await lineNow(reader, dir) : await lineAt(reader, dir, at);
  if (!line) throw new GoliathError("not-found", "no such directory", { about: { id: dir } });
  // The root comes last and has no name.
  const names = line.slice(0, -1).map(({ name }) => name);
  return `/${names.toReversed().join("/")}` as DrivePath;
}
