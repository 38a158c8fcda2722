/** How much there is to publish, for the progress of a first publication. */
import { join } from "node:path";
import type { NameFilter } from "./name-filter.ts";
import { decodeName, type ShareDisk } from "./share-disk.ts";

export interface FolderTotals {
  files: number;
  bytes: number;
}

export interface CountFolderOptions {
  disk: ShareDisk;
  filter: NameFilter;
  signal: AbortSignal;
}

/** Adds up into `totals` as it goes; what cannot be read is not counted. */
export async function countFolder(
  folder: string,
  totals: FolderTotals,
  options: CountFolderOptions,
): Promise<void> {
  const { disk, filter, signal } = options;
  const walk = async (names: string[]): Promise<void> => {
    for (const raw of await disk.names(join(folder, ...names)).catch(() => [])) {
      if (signal.aborted) return;
      const name = decodeName(raw);
      const below = [...names, name ?? ""];
      const stats = name && (await disk.stat(join(folder, ...below)).catch(() => undefined));
      if (!stats || filter.ignores(below, { dir: stats.isDirectory() })) continue;
      if (stats.isDirectory()) await walk(below);
      else if (stats.isFile()) {
        totals.files++;
        totals.bytes += Number(stats.size);
      }
    }
  };
  await walk([]);
}
