/** Compares two folders byte for byte, by the digests of all their files. */
import { folderContent } from "../world/folder-content.ts";

export interface Comparison {
  files: number;
  bytes: number;
  same: boolean;
}

export async function compareFolders(from: string, to: string): Promise<Comparison> {
  const [ours, theirs] = [await folderContent(from), await folderContent(to)];
  const files = Object.values(ours).filter((facts) => facts !== "dir");
  return {
    files: files.length,
    bytes: files.reduce((sum, facts) => sum + Number(facts.split(" ")[0]), 0),
    same: JSON.stringify(ours) === JSON.stringify(theirs),
  };
}
