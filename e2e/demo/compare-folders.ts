/** Compares two folders byte for byte, by the digests of all their files. */
import { folderContent } from "../world/folder-content.ts";

export interface Comparison {
  files: number;
  bytes: number;
  same: boolean;
  seconds: number;
}

export async function compareFolders(from: string, to: string): Promise<Comparison> {
  const startMs = performance.now();
  const [ours, theirs] = [await folderContent(from), await folderContent(to)];
  const files = Object.values(ours).filter((facts) => facts !== "dir");
  return {
    files: files.length,
    bytes: files.reduce((sum, facts) => sum + Number(facts.split(" ")[0]), 0),
    same: JSON.stringify(ours) === JSON.stringify(theirs),
    seconds: (performance.now() - startMs) / 1000,
  };
}
