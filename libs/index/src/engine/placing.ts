/** Puts things under names and takes them away, keeping the counters of the directories above. */
import { GoliathError, namesOf, PATH_BYTES_MAX, PATH_DEPTH_MAX } from "@goliath/protocols/nouns";
import type { DrivePath } from "@goliath/protocols/nouns";
import type { Content, DirRow } from "../store/index-store.ts";
import type { Draft, Spot, Standing } from "./draft.ts";

/** What an entry adds to the directories above it. */
interface Weight {
  files: number;
  bytes: number;
  claims: number;
}

function weightOf(draft: Draft, content: Content): Weight {
  if (content.kind === "dir") return draft.row(content.dir);
  return { files: 1, bytes: content.size, claims: 0 };
}

function weigh(
  draft: Draft,
  line: readonly DirRow[],
  { weight, sign }: { weight: Weight; sign: 1 | -1 },
): void {
  const { files, bytes, claims } = weight;
  for (const row of line) {
    row.files += sign * files;
    row.bytes += sign * bytes;
    row.claims += sign * claims;
    draft.dirty.add(row);
  }
}

/** Throws `invalid-path` when what lies below `dir` could become too deep or too long at `path`. */
export function checkFits(path: DrivePath, dir: Pick<DirRow, "height" | "reach">): void {
  const depth = namesOf(path).length + dir.height;
  const bytes = Buffer.byteLength(path) + dir.reach;
  if (depth > PATH_DEPTH_MAX || bytes > PATH_BYTES_MAX) {
    throw new GoliathError("invalid-path", "paths below would become too long", {
      about: { path },
    });
  }
}

/** Puts `what`, or a new directory, at the spot, making the directories above. Returns where in. */
export function place(draft: Draft, spot: Spot, what: Standing): DirRow;
export function place(draft: Draft, spot: Spot, what: "directory"): DirRow;
export function place(draft: Draft, spot: Spot, what: Standing | "directory"): DirRow {
  const line = makeParents(draft, spot);
  const parent = line.at(-1) as DirRow;
  if (what === "directory") return makeChild(draft, line, spot);
  const { content } = what;
  if (spot.now) weigh(draft, line, { weight: weightOf(draft, spot.now.content), sign: -1 });
  weigh(draft, line, { weight: weightOf(draft, content), sign: 1 });
  draft.set({ dir: parent.dir, name: spot.name }, what);
  if (content.kind === "dir") settle(draft, draft.row(content.dir), { parent, name: spot.name });
  else grow(draft, line, { name: spot.name, height: 0, reach: 0 });
  return parent;
}

/** Takes away what stands at the spot. */
export function removeAt(draft: Draft, { line, name, now }: Spot): void {
  const parent = line.at(-1);
  if (!parent || !now) throw new GoliathError("internal", "nothing to take away");
  weigh(draft, line, { weight: weightOf(draft, now.content), sign: -1 });
  draft.set({ dir: parent.dir, name }, undefined);
  if (now.content.kind !== "dir") return;
  draft.dirty.add(draft.row(now.content.dir));
  draft.forgetLines();
}

function makeParents(draft: Draft, { line, absent }: Spot): DirRow[] {
  const whole = [...line];
  for (const name of absent) whole.push(makeChild(draft, whole, { name, now: undefined }));
  return whole;
}

function makeChild(
  draft: Draft,
  line: DirRow[],
  { name, now }: Pick<Spot, "name" | "now">,
): DirRow {
  const parent = line.at(-1) as DirRow;
  if (now) weigh(draft, line, { weight: weightOf(draft, now.content), sign: -1 });
  const row = draft.make(parent.dir, name);
  draft.set(
    { dir: parent.dir, name },
    { content: { kind: "dir", dir: row.dir }, since: now?.since },
  );
  grow(draft, line, { name, height: 0, reach: 0 });
  return row;
}

function settle(
  draft: Draft,
  dir: DirRow,
  { parent, name }: { parent: DirRow; name: string },
): void {
  dir.parent = parent.dir;
  dir.name = name;
  draft.dirty.add(dir);
  draft.forgetLines();
  grow(draft, draft.lineOf(parent.dir).toReversed(), dir);
}

/** Raises the bounds of the directories above to what now lies below them. */
function grow(
  draft: Draft,
  line: readonly DirRow[],
  below: Pick<DirRow, "name" | "height" | "reach">,
): void {
  let { name, height, reach } = below;
  for (const row of line.toReversed()) {
    height += 1;
    reach += 1 + Buffer.byteLength(name);
    if (row.height >= height && row.reach >= reach) return;
    row.height = Math.max(row.height, height);
    row.reach = Math.max(row.reach, reach);
    draft.dirty.add(row);
    ({ name } = row);
  }
}
