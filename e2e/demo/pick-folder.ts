/** Picks real files to share: whole folders of the one given, until a bound of bytes is reached. */
import { cp, lstat, mkdir, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";

export interface PickedFolder {
  files: number;
  /** A folder inside, for the peer that mirrors only a part. */
  part: string;
  /** A file outside that folder, to be edited; relative. */
  edited: string;
  /** A third folder, to be deleted. */
  gone: string | undefined;
  /** Copies what was picked: the story renames and deletes, which a user's folder must not see. */
  copyTo(target: string): Promise<void>;
}

interface Picked {
  name: string;
  isFolder: boolean;
  files: number;
}

export interface PickOptions {
  /** What does not fit any more is left out. */
  bytesMax: number;
  /** Something with a longer file than this is left out. */
  fileBytesMax: number;
  /** Names to leave out. */
  without?: RegExp;
}

export async function pickFolder(
  folder: string,
  { bytesMax, fileBytesMax, without }: PickOptions,
): Promise<PickedFolder> {
  const picked: Picked[] = [];
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (without?.test(entry.name) || entry.isSymbolicLink()) continue;
    const size = await sizeOf(join(folder, entry.name));
    if (size.largest > fileBytesMax || bytes + size.bytes > bytesMax) continue;
    bytes += size.bytes;
    const isFolder = entry.isDirectory() && size.files > 0;
    picked.push({ name: entry.name, isFolder, files: size.files });
  }
  const folders = picked.filter(({ isFolder }) => isFolder).toSorted((a, b) => b.files - a.files);
  const [part, edited, gone] = folders;
  if (!part) throw new GoliathError("not-found", `${folder} has no folder of files to show`);
  return {
    files: picked.reduce((sum, { files }) => sum + files, 0),
    part: part.name,
    edited: edited ? relative(folder, await firstFileIn(join(folder, edited.name))) : "NOTES.txt",
    gone: gone?.name,
    copyTo: async (target) => {
      await mkdir(target, { recursive: true });
      const filter = async (path: string): Promise<boolean> =>
        !(await lstat(path)).isSymbolicLink();
      for (const { name } of picked) {
        await cp(join(folder, name), join(target, name), {
          recursive: true,
          preserveTimestamps: true,
          filter,
        });
      }
    },
  };
}

async function firstFileIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const file = entries.find((entry) => entry.isFile());
  if (file) return join(folder, file.name);
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const found = await firstFileIn(join(folder, entry.name));
    if (found !== "") return found;
  }
  return "";
}

async function sizeOf(path: string): Promise<{ files: number; bytes: number; largest: number }> {
  const stats = await lstat(path);
  if (stats.isFile()) return { files: 1, bytes: stats.size, largest: stats.size };
  const total = { files: 0, bytes: 0, largest: 0 };
  if (!stats.isDirectory()) return total;
  for (const name of await readdir(path)) {
    const { files, bytes, largest } = await sizeOf(join(path, name));
    total.files += files;
    total.bytes += bytes;
    total.largest = Math.max(total.largest, largest);
  }
  return total;
}
