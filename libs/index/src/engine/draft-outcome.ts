/** What a draft comes to: the rows to write, or nothing when the changes altered nothing. */
import { ROOT_DIR } from "@goliath/protocols/nouns";
import type { DirId } from "@goliath/protocols/nouns";
import type { Batch, DirRow, EntryWrite, FeedGroup, PastPlace } from "../store/index-store.ts";
import type { PolicyWrite } from "../store/upkeep-store.ts";
import type { Draft } from "./draft.ts";
import { sameContent } from "./same-content.ts";

type Outcome = Required<
  Pick<Batch, "head" | "entries" | "dirs" | "places" | "feed" | "touched" | "policies">
>;

export function outcomeOf(draft: Draft): Outcome | undefined {
  const entries: EntryWrite[] = [];
  const feed: FeedGroup[] = [];
  const touched = new Set<DirId>();
  for (const dir of draft.cells.keys()) {
    const writes = alteredIn(draft, dir);
    if (writes.length === 0) continue;
    const line = liveLine(draft, dir);
    // What was made and removed again within the commit never was.
    if (line.length === 0 && !draft.stored.has(dir)) continue;
    for (const write of writes) entries.push(write);
    for (const above of line) touched.add(above);
    feed.push({ dir, line, names: writes.map(({ name }) => name) });
  }
  const owners = [...draft.dirty].filter((row) => row.owner !== draft.stored.get(row.dir)?.owner);
  for (const { dir } of owners) for (const above of liveLine(draft, dir)) touched.add(above);
  const policies = alteredPolicies(draft, entries);
  for (const { dir } of policies) for (const above of liveLine(draft, dir)) touched.add(above);
  if (entries.length === 0 && owners.length === 0 && policies.length === 0) return undefined;
  const { revision, nextDir } = draft;
  const head = { ...draft.head, revision, nextDir };
  const dirs = [...draft.dirty];
  return { head, entries, dirs, places: pastPlaces(draft, dirs), feed, touched, policies };
}

/** Policies in directories that there are. */
function alteredPolicies(draft: Draft, entries: readonly EntryWrite[]): PolicyWrite[] {
  const replaced = new Set<string>();
  for (const { dir, name, before } of entries) if (before) replaced.add(`${dir}/${name}`);
  const writes = draft.policies.writes(({ dir, name }) => replaced.has(`${dir}/${name}`));
  return writes.filter(({ dir }) => draft.stored.has(dir) || liveLine(draft, dir).length > 0);
}

function alteredIn(draft: Draft, dir: DirId): EntryWrite[] {
  const writes: EntryWrite[] = [];
  for (const [name, { before, now }] of draft.cells.get(dir) ?? []) {
    const same = before && now ? sameContent(before.content, now.content) : !before && !now;
    if (!same) writes.push({ dir, name, before, now: now?.content });
  }
  return writes;
}

/** From the directory up to the root; empty when one of them is gone. */
function liveLine(draft: Draft, dir: DirId): DirId[] {
  const line = draft.lineOf(dir);
  return line.every(({ gone }) => gone === 0) ? line.map((row) => row.dir) : [];
}

/** Where directories stood that now stand elsewhere. */
function pastPlaces(draft: Draft, dirs: readonly DirRow[]): PastPlace[] {
  return dirs.flatMap((row) => {
    const was = draft.stored.get(row.dir);
    const stays =
      !was || row.dir === ROOT_DIR || (was.parent === row.parent && was.name === row.name);
    return stays
      ? []
      : [{ dir: row.dir, until: draft.revision, parent: was.parent, name: was.name }];
  });
}
