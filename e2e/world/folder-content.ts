/** What is in a folder, for comparing two of them. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { mtimeMsOf } from "@goliath/chunks";
import { mapBounded } from "@goliath/kit";

/** Files read side by side. */
const READS_AT_ONCE = 16;

export interface ContentOptions {
  /** Names left out at the top: what a mirror keeps for itself. */
  without?: string[];
  /** Whether times and modes are compared too. */
  stats?: boolean;
}

/** As `folderContent` of a folder that may change under the look: undefined when it did. */
export async function steadyContent(root: string): Promise<Record<string, string> | undefined> {
  return folderContent(root).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/** Relative path → `dir`, or size, time, mode and sha256. Sorted, so that two print alike. */
export async function folderContent(
  root: string,
  { without = [".goliath"], stats = true }: ContentOptions = {},
): Promise<Record<string, string>> {
  const found: { path: string; isDirectory: boolean }[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (folder === root && without.includes(entry.name)) continue;
      if (entry.isDirectory() || entry.isFile())
        found.push({ path, isDirectory: entry.isDirectory() });
      if (entry.isDirectory()) await visit(path);
    }
  };
  await visit(root);
  const sorted = found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const facts = await mapBounded(sorted, READS_AT_ONCE, async ({ path, isDirectory }) => [
    relative(root, path),
    isDirectory ? "dir" : await describeFile(path, stats),
  ]);
  return Object.fromEntries(facts) as Record<string, string>;
}

async function describeFile(path: string, stats: boolean): Promise<string> {
  const found = await lstat(path, { bigint: true });
  const hash = createHash("sha256");
  for await (const bytes of createReadStream(path)) hash.update(bytes as Uint8Array);
  const facts = stats ? ` ${mtimeMsOf(found)} ${(found.mode & 0o100n) === 0n ? "-" : "x"}` : "";
  return `${found.size}${facts} ${hash.digest("hex")}`;
}
