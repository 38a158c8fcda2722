/** Whether folders lie in one another: two of a peer's roots never may. */
import type { DiskStats } from "@goliath/kit";
import { dirname, join, sep } from "node:path";

/** Whether an absolute path is the folder or lies in it. */
export function isInFolder(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** By their paths alone, links resolved. */
export function foldersOverlap(a: string, b: string): boolean {
  return isInFolder(a, b) || isInFolder(b, a);
}

/** Looks at a path; undefined when nothing is there. */
type Look = (path: string) => Promise<DiskStats | undefined>;

/**
 * The first of `others` that lies in `folder` or around it: also where one folder has two paths, by
 * a bind mount or on a disk that folds case. A bind mount of something below another folder is not
 * seen: only walking all of it would tell.
 */
export async function findOverlap(
  folder: string,
  { others, look }: { others: readonly string[]; look: Look },
): Promise<string | undefined> {
  const around = await identitiesAround(folder, look);
  for (const other of others) {
    if (foldersOverlap(folder, other)) return other;
    const aroundOther = await identitiesAround(other, look);
    const [self, itself] = [around[0], aroundOther[0]];
    if (itself !== undefined && around.includes(itself)) return other;
    if (self !== undefined && aroundOther.includes(self)) return other;
  }
  return undefined;
}

/** Device and inode of a folder and of all above it; of those that are there. */
async function identitiesAround(folder: string, look: Look): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = [];
  for (let at = folder; ; at = dirname(at)) {
    const stats = await look(at).catch(() => undefined);
    found.push(stats && `${stats.dev}:${stats.ino}`);
    if (at === dirname(at)) return found;
  }
}

/** An absolute path without links, also where its end is not there yet. */
export async function realPathOf(
  path: string,
  realpath: (path: string) => Promise<string>,
): Promise<string> {
  for (let at = path, rest = ""; ;) {
    const real = await realpath(at).catch(() => undefined);
    if (real !== undefined) return rest === "" ? real : join(real, rest);
    if (at === dirname(at)) return path;
    rest = join(at.slice(dirname(at).length).replace(sep, ""), rest);
    at = dirname(at);
  }
}
