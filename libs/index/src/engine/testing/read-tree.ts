/** A whole tree read for comparing. */
import type { DirId, DrivePath, Entry, Revision } from "@goliath/protocols/nouns";
import { ROOT_DIR } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../engine.ts";

/** Everything below a directory in one revision, by path from there, a few names at a time. */
export async function readTree(
  engine: IndexEngine,
  { at, dir = ROOT_DIR, limit = 3 }: { at?: Revision; dir?: DirId; limit?: number } = {},
): Promise<Map<DrivePath, Entry>> {
  const tree = new Map<DrivePath, Entry>();
  const open: [string, DirId][] = [["", dir]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [path, within] = next;
    let after: string | undefined;
    do {
      const page = await engine.list({
        where: { dir: within },
        limit,
        ...(at !== undefined && { at }),
        ...(after !== undefined && { after }),
      });
      for (const { name, entry } of page.entries) {
        tree.set(`${path}/${name}` as DrivePath, entry);
        if (entry.kind === "dir") open.push([`${path}/${name}`, entry.dir]);
      }
      after = page.next;
      at ??= page.revision;
    } while (after !== undefined);
  }
  return tree;
}
