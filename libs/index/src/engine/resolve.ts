/** Paths to what stands there, many in few round trips. */
import {
  RESOLVE_PATHS_MAX,
  type ResolveReply,
  type ResolveRequest,
} from "@goliath/protocols/index/service";
import { GoliathError, namesOf, REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId, DrivePath, Revision } from "@goliath/protocols/nouns";
import type { Content, EntryKey, EntryRow, StoreReader } from "../store/index-store.ts";
import { entriesOf } from "./entry-of.ts";
import { checkWholeAt } from "./kept.ts";
import { checkReadable } from "./readable.ts";

/** What stands at a path: a name's row, or the root. */
type Found = Pick<EntryRow, "revision" | "content">;

const ROOT: Found = { revision: REVISION_ZERO, content: { kind: "dir", dir: ROOT_DIR } };

export async function resolve(
  reader: StoreReader,
  { paths, at, sums }: ResolveRequest,
): Promise<ResolveReply> {
  if (paths.length > RESOLVE_PATHS_MAX) {
    throw new GoliathError("too-large", `at most ${RESOLVE_PATHS_MAX} paths at once`);
  }
  const head = await reader.head();
  if (at !== undefined) checkReadable(head, at);
  const rows = await findPaths(reader, { paths, ...(at !== undefined && { at }) });
  return { revision: at ?? head.revision, entries: await entriesOf(reader, rows, { sums }) };
}

/** One way down the tree. */
interface Way {
  names: string[];
  /** What stands at the first `depth` names. */
  found: Found | undefined;
  depth: number;
}

/** Walks all paths down together: one round trip a level. Throws `gone` where it cannot tell. */
export async function findPaths(
  reader: StoreReader,
  { paths, at }: { paths: readonly DrivePath[]; at?: Revision },
): Promise<(Found | undefined)[]> {
  const ways = paths.map((path): Way => ({ names: namesOf(path), found: ROOT, depth: 0 }));
  for (;;) {
    const open = ways.filter(({ names, found, depth }) => found && depth < names.length);
    if (open.length === 0) return ways.map(({ found }) => found);
    await step(reader, open, at);
  }
}

async function step(reader: StoreReader, ways: readonly Way[], at?: Revision): Promise<void> {
  const keys = new Map<string, EntryKey>();
  for (const way of ways) {
    const key = nextKey(way);
    if (key) keys.set(textOf(key), key);
  }
  const rows = await reader.entries([...keys.values()], at);
  const found = new Map([...keys.keys()].map((text, index) => [text, rows[index]]));
  if (at !== undefined) {
    const missing = [...keys.values()].filter((_, index) => !rows[index]);
    await checkWholeAt(
      reader,
      missing.map(({ dir }) => dir),
      at,
    );
  }
  for (const way of ways) {
    const key = nextKey(way);
    way.found = key && found.get(textOf(key));
    way.depth++;
  }
}

function nextKey({ found, names, depth }: Way): EntryKey | undefined {
  const dir = dirIn(found?.content);
  return dir === undefined ? undefined : { dir, name: names[depth] as string };
}

function dirIn(content: Content | undefined): DirId | undefined {
  return content?.kind === "dir" ? content.dir : undefined;
}

function textOf({ dir, name }: EntryKey): string {
  return `${dir}/${name}`;
}
