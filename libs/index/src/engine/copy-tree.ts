/** Copies: reads what stands, or stood, at a path with all below it, then writes it elsewhere. */
import { COMMIT_CHANGES_MAX, GoliathError, namesOf, ROOT_DIR } from "@goliath/protocols/nouns";
import type { Change, DirId, DrivePath, Revision } from "@goliath/protocols/nouns";
import type { Content, DirRow, FileContent } from "../store/index-store.ts";
import type { Draft, Spot } from "./draft.ts";
import { checkWholeAt } from "./kept.ts";
import { place } from "./placing.ts";
import { checkReadable } from "./readable.ts";

/** Entries asked of the store at once. */
const PAGE_ROWS = 1000;

export interface DirTree {
  kind: "dir";
  /** The directory it was read from: its bounds hold for what is copied too. */
  from: DirRow;
  children: { name: string; tree: Tree }[];
}

export type Tree = FileContent | DirTree;

export async function readTree(
  draft: Draft,
  { from, at }: Pick<Change & { op: "copy" }, "from" | "at">,
): Promise<Tree> {
  if (at !== undefined) checkReadable(draft.head, at);
  const content =
    at === undefined ? (await draft.spot(from)).now?.content : await past(draft, from, at);
  if (!content) throw new GoliathError("not-found", "nothing to copy", { about: { path: from } });
  return readBelow(draft, content, at);
}

async function past(draft: Draft, path: DrivePath, at: Revision): Promise<Content | undefined> {
  let content: Content | undefined = { kind: "dir", dir: ROOT_DIR };
  for (const name of namesOf(path)) {
    if (content?.kind !== "dir") return undefined;
    const { dir }: { dir: DirId } = content;
    const [row] = await draft.reader.entries([{ dir, name }], at);
    if (!row) await checkWholeAt(draft.reader, [dir], at);
    content = row?.content;
  }
  return content;
}

async function readBelow(draft: Draft, content: Content, at: Revision | undefined): Promise<Tree> {
  if (++draft.copied > COMMIT_CHANGES_MAX) {
    throw new GoliathError("too-large", `copies bring at most ${COMMIT_CHANGES_MAX} entries`);
  }
  if (content.kind === "file") return content;
  const { dir } = content;
  if (at !== undefined) await checkWholeAt(draft.reader, [dir], at);
  const from = draft.dirs.get(dir) ?? (await draft.reader.dirs([dir]))[0];
  if (!from) throw new GoliathError("internal", "a directory has no row", { about: { id: dir } });
  const children = [];
  for (const [name, child] of await childrenOf(draft, dir, at)) {
    children.push({ name, tree: await readBelow(draft, child, at) });
  }
  return { kind: "dir", from, children };
}

async function childrenOf(
  draft: Draft,
  dir: DirId,
  at: Revision | undefined,
): Promise<Map<string, Content>> {
  const children = new Map<string, Content>();
  let after: string | undefined;
  do {
    const page = await draft.reader.list({
      dir,
      limit: PAGE_ROWS,
      ...(after && { after }),
      ...(at !== undefined && { at }),
    });
    for (const { name, content } of page.rows) children.set(name, content);
    after = page.next;
    // A directory of a million names is refused before it is in memory.
    if (children.size > COMMIT_CHANGES_MAX) break;
  } while (after !== undefined);
  if (at !== undefined) return children;
  for (const [name, { now }] of draft.cells.get(dir) ?? []) {
    if (now) children.set(name, now.content);
    else children.delete(name);
  }
  return children;
}

export function writeTree(draft: Draft, spot: Spot, tree: Tree): void {
  if (tree.kind === "file") {
    place(draft, spot, { content: tree, since: spot.now?.since });
    return;
  }
  const dir = place(draft, spot, "directory");
  const line = draft.lineOf(dir.dir).toReversed();
  for (const { name, tree: child } of tree.children) {
    const path = `${spot.path}/${name}` as DrivePath;
    writeTree(draft, { path, line, absent: [], blocked: false, name, now: undefined }, child);
  }
}
