/** What each change does to a draft. Whatever throws here refuses the whole commit. */
import { checkPolicy, GoliathError, isWithin, ROOT_DIR, ROOT_PATH } from "@goliath/protocols/nouns";
import type { Change, PolicyChange, Precondition } from "@goliath/protocols/nouns";
import type { DirRow, EntryKey, FileContent } from "../store/index-store.ts";
import { CLAIMS_MAX, RETENTIONS_MAX } from "./bounds.ts";
import { readTree, writeTree } from "./copy-tree.ts";
import type { Draft, Spot, Standing } from "./draft.ts";
import { checkBelow, checkLine, owned } from "./ownership.ts";
import { checkFits, place, removeAt } from "./placing.ts";
import { sameContent } from "./same-content.ts";

export interface ApplyOptions {
  admin: boolean;
}

export async function applyChange(
  draft: Draft,
  change: Change,
  { admin }: ApplyOptions,
): Promise<void> {
  const found = draft.look(change.path);
  const spot = "path" in found ? found : await draft.spot(change.path);
  checkPrecondition(spot, change.when);
  switch (change.op) {
    case "put":
      return put(draft, spot, change);
    case "mkdir":
      return void makeDir(draft, spot);
    case "remove":
      return remove(draft, spot);
    case "move":
      return move(draft, spot, await draft.spot(change.to));
    case "copy":
      return copy(draft, spot, change);
    case "claim":
      return claim(draft, spot);
    case "unclaim":
      return unclaim(draft, spot, { admin });
    case "policy":
      return setPolicy(draft, spot, { ...change, admin });
  }
}

function checkPrecondition({ path, now }: Spot, when: Precondition | undefined): void {
  if (!when) return;
  const about = { path };
  if ("absent" in when) {
    if (now) throw new GoliathError("exists", "something is there already", { about });
  } else if (now?.since !== when.revision) {
    throw new GoliathError("conflict", "it changed meanwhile", { about });
  }
}

/** Throws unless a file or directory may come to stand at the spot, replacing a file at most. */
function checkTarget(draft: Draft, spot: Spot): void {
  const about = { path: spot.path };
  if (spot.blocked) throw new GoliathError("not-a-directory", "a file is in the way", { about });
  if (spot.now?.content.kind === "dir") {
    throw new GoliathError("is-a-directory", "a directory stands there", { about });
  }
  checkLine(spot, draft.peer);
}

function present({ path, now }: Spot): Standing {
  if (!now) throw new GoliathError("not-found", "nothing is there", { about: { path } });
  return now;
}

function put(draft: Draft, spot: Spot, { file }: Change & { op: "put" }): void {
  checkTarget(draft, spot);
  const { root, extents, size, mtimeMs, executable } = file;
  const content: FileContent = { kind: "file", root, extents, size, mtimeMs, executable };
  if (spot.now && sameContent(spot.now.content, content)) return;
  place(draft, spot, { content, since: spot.now?.since });
}

/** The directory at the spot, made when absent. */
function makeDir(draft: Draft, spot: Spot): DirRow {
  if (spot.now?.content.kind === "dir") return draft.row(spot.now.content.dir);
  if (spot.now || spot.blocked) {
    throw new GoliathError("not-a-directory", "a file is in the way", {
      about: { path: spot.path },
    });
  }
  checkLine(spot, draft.peer);
  return place(draft, spot, "directory");
}

async function remove(draft: Draft, spot: Spot): Promise<void> {
  const { content } = present(spot);
  const { path } = spot;
  if (path === ROOT_PATH) throw new GoliathError("bad-request", "the root cannot be removed");
  checkLine(spot, draft.peer);
  if (content.kind === "dir") {
    const dir = draft.row(content.dir);
    await checkBelow(draft, { dir, path });
    for (const claimed of await draft.claimsWithin(dir)) {
      claimed.owner = undefined;
      draft.dirty.add(claimed);
    }
    dir.gone = draft.revision;
  }
  removeAt(draft, spot);
  await draft.policies.end(keyOf(spot));
}

async function move(draft: Draft, from: Spot, to: Spot): Promise<void> {
  const standing = present(from);
  if (from.path === ROOT_PATH) throw new GoliathError("bad-request", "the root cannot be moved");
  checkLine(from, draft.peer);
  if (from.path === to.path) return;
  if (standing.content.kind === "dir") {
    const dir = draft.row(standing.content.dir);
    if (isWithin(to.path, from.path)) {
      throw new GoliathError("bad-request", "a directory cannot be moved into itself");
    }
    checkTarget(draft, to);
    await checkBelow(draft, { dir, path: from.path });
    checkFits(to.path, dir);
  } else {
    checkTarget(draft, to);
  }
  removeAt(draft, from);
  const policy = await draft.policies.end(keyOf(from));
  const { dir } = place(draft, to, standing);
  await draft.policies.bring({ dir, name: to.name }, policy);
}

async function copy(draft: Draft, spot: Spot, change: Change & { op: "copy" }): Promise<void> {
  checkTarget(draft, spot);
  const tree = await readTree(draft, change);
  if (tree.kind === "dir") checkFits(spot.path, tree.from);
  else if (spot.now && sameContent(spot.now.content, tree)) return;
  writeTree(draft, spot, tree);
}

async function claim(draft: Draft, spot: Spot): Promise<void> {
  checkLine(spot, draft.peer);
  const dir = makeDir(draft, spot);
  if (dir.owner === draft.peer) return;
  await checkBelow(draft, { dir, path: spot.path });
  const line = draft.lineOf(dir.dir);
  const count = line.at(-1)?.claims ?? 0;
  if (count >= CLAIMS_MAX) throw new GoliathError("too-large", `at most ${CLAIMS_MAX} claims`);
  own(draft, { dir, line, owner: draft.peer });
}

function unclaim(draft: Draft, spot: Spot, { admin }: ApplyOptions): void {
  const { content } = present(spot);
  const { path } = spot;
  if (content.kind !== "dir") {
    throw new GoliathError("not-a-directory", "a file stands there", { about: { path } });
  }
  const dir = draft.row(content.dir);
  if (dir.owner === undefined) return;
  if (dir.owner !== draft.peer && !admin) throw owned(path);
  own(draft, { dir, line: draft.lineOf(dir.dir), owner: undefined });
}

interface PolicyInit extends ApplyOptions {
  policy: PolicyChange;
}

/** The policy of a claimed directory, and of all inside, is its owner's or an admin's to set. */
async function setPolicy(draft: Draft, spot: Spot, { policy, admin }: PolicyInit): Promise<void> {
  checkPolicy(policy);
  const { content } = present(spot);
  if (!admin) {
    checkLine(spot, draft.peer);
    const owner = content.kind === "dir" ? draft.row(content.dir).owner : undefined;
    if (owner !== undefined && owner !== draft.peer) throw owned(spot.path);
  }
  if (typeof policy.retentionMs === "number") {
    const set = await draft.reader.retentions(RETENTIONS_MAX);
    if (set.length >= RETENTIONS_MAX) {
      throw new GoliathError(
        "too-large",
        `at most ${RETENTIONS_MAX} paths with their own retention`,
      );
    }
  }
  await draft.policies.set(keyOf(spot), policy);
}

/** The name a spot stands for, where something stands. */
function keyOf({ line, name }: Spot): EntryKey {
  return { dir: line.at(-1)?.dir ?? ROOT_DIR, name };
}

function own(
  draft: Draft,
  { dir, line, owner }: Pick<DirRow, "owner"> & { dir: DirRow; line: DirRow[] },
): void {
  dir.owner = owner;
  for (const row of line) {
    row.claims += owner === undefined ? -1 : 1;
    draft.dirty.add(row);
  }
}
