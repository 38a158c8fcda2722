/** Picks real files to share: whole folders of the one given, until a bound of bytes is reached. */
import { cp, lstat, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";

/** A file longer than this is left out of the default story. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;

export interface PickedFolder {
  files: number;
  /** A folder inside, for the peer that mirrors only a part. */
  part: string;
  /** Copies what was picked: the story renames and deletes, which a user's folder must not see. */
  copyTo(target: string): Promise<void>;
}

interface Picked {
  name: string;
  files: number;
}

export async function pickFolder(folder: string, bytesMax: number): Promise<PickedFolder> {
  const picked: Picked[] = [];
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    // Our own tools' names begin with a dot; the workspaces are links.
    if (entry.name.startsWith(".") || entry.isSymbolicLink()) continue;
    const size = await sizeOf(join(folder, entry.name));
    if (size.largest > FILE_BYTES_MAX || bytes + size.bytes > bytesMax) continue;
    bytes += size.bytes;
    picked.push({ name: entry.name, files: size.files });
  }
  const folders = picked.filter(({ files }) => files > 1).toSorted((a, b) => b.files - a.files);
  const [part] = folders;
  if (!part) throw new GoliathError("not-found", `${folder} has no folder of files to show`);
  return {
    files: picked.reduce((sum, { files }) => sum + files, 0),
    part: part.name,
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
