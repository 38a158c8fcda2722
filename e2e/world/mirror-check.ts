/** What must hold of a mirror at any moment, whatever was killed: each file is some whole version. */
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { versionOf } from "./versioned-file.ts";

export interface MirrorCheck {
  /** Files that are a version. */
  files: number;
  /** Files under their final names that are none: there must not be any. */
  wrong: string[];
}

export interface MirrorCheckOptions {
  /** Names, from the root, of files that are no versions by right: journals, the user's own. */
  except?: (path: string) => boolean;
}

export async function checkMirror(
  root: string,
  { except = () => false }: MirrorCheckOptions = {},
): Promise<MirrorCheck> {
  const found: MirrorCheck = { files: 0, wrong: [] };
  for (const path of await filesBelow(root)) {
    const name = relative(root, path);
    if (name.startsWith(".goliath") || except(name)) continue;
    // Replaced or removed between the listing and the look: as good as absent.
    const bytes = await readFile(path).catch(() => undefined);
    if (!bytes) continue;
    if (versionOf(bytes)) found.files++;
    else found.wrong.push(name);
  }
  return found;
}

/** Unfinished files that a mirror left behind. */
export async function leftovers(root: string): Promise<string[]> {
  const all = await filesBelow(root);
  return all
    .map((path) => relative(root, path))
    .filter((name) => /\.part$|goliath-(get|moving)/u.test(name));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const below = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return below.flat();
}
