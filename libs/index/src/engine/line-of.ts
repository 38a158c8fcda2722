/** The way from a directory up to the root. */
import { GoliathError, PATH_DEPTH_MAX, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, Revision } from "@goliath/protocols/nouns";
import type { DirRow, Place, StoreReader } from "../store/index-store.ts";

/** The directory, its parent … the root, removed ones included; undefined when it never was. */
export async function lineNow(reader: StoreReader, dir: DirId): Promise<DirRow[] | undefined> {
  const line: DirRow[] = [];
  return climb(dir, async (id) => {
    const [row] = await reader.dirs([id]);
    if (row) line.push(row);
    return row;
  }).then((whole) => (whole ? line : undefined));
}

/** The same as it stood in a revision; undefined when the directory was not in the drive then. */
export async function lineAt(
  reader: StoreReader,
  dir: DirId,
  at: Revision,
): Promise<Place[] | undefined> {
  const line: Place[] = [];
  return climb(dir, async (id) => {
    const [place] = await reader.places([id], at);
    if (place) line.push({ parent: place.parent, name: place.name });
    return place;
  }).then((whole) => (whole ? line : undefined));
}

async function climb(
  dir: DirId,
  read: (dir: DirId) => Promise<Place | undefined>,
): Promise<boolean> {
  for (let depth = 0; depth <= PATH_DEPTH_MAX; depth++) {
    const row = await read(dir);
    if (!row) return false;
    if (dir === ROOT_DIR) return true;
    dir = row.parent;
  }
  throw new GoliathError("internal", "a directory does not lead to the root", {
    about: { id: dir },
  });
}
