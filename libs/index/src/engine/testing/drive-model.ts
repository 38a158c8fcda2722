/**
 * The drive as plainly as it can be said: a map from path to what stands there, copied for every
 * revision. What the engine does is compared with it.
 */
import { DEFAULT_POLICY, GoliathError, isWithin, nameOf, parentOf } from "@goliath/protocols/nouns";
import type {
  Change,
  DrivePath,
  EffectivePolicy,
  ErrorCode,
  FileBody,
  Policy,
  PolicyChange,
} from "@goliath/protocols/nouns";
import type { Committer } from "../engine.ts";

export interface ModelEntry {
  /** Who it is, through moves. Files are their bodies. */
  id: number;
  body: FileBody | undefined;
  revision: number;
  owner: string | undefined;
  /** What is set at this name. */
  policy: Policy;
}

export type ModelTree = Map<DrivePath, ModelEntry>;

export class DriveModel {
  /** By revision. */
  readonly trees: ModelTree[] = [
    new Map([
      ["/" as DrivePath, { id: 0, body: undefined, revision: 0, owner: undefined, policy: {} }],
    ]),
  ];
  #nextId = 1;
  #who: Committer = { peer: "" as Committer["peer"], admin: false };
  #tree: ModelTree = new Map();
  /** The revision each entry had before the commit under way; -1 for what it made. */
  #since = new Map<DrivePath, number>();

  get now(): ModelTree {
    return this.trees.at(-1) as ModelTree;
  }

  /** The revision that comes of it, or the code of the refusal. */
  commit(who: Committer, changes: readonly Change[]): number | ErrorCode {
    this.#who = who;
    this.#tree = new Map([...this.now].map(([path, entry]) => [path, { ...entry }]));
    this.#since = new Map([...this.now].map(([path, { revision }]) => [path, revision]));
    try {
      for (const change of changes) this.#apply(change);
    } catch (error) {
      return GoliathError.from(error).code;
    }
    return this.#finish();
  }

  #apply(change: Change): void {
    const { path, when } = change;
    const entry = this.#tree.get(path);
    if (when && "absent" in when && entry) throw fail("exists");
    if (when && "revision" in when && (!entry || this.#since.get(path) !== when.revision)) {
      throw fail("conflict");
    }
    switch (change.op) {
      case "put":
        this.#checkTarget(path);
        return this.#set(path, { body: change.file });
      case "mkdir":
        return this.#mkdir(path);
      case "remove":
        return this.#remove(path);
      case "move":
        return this.#move(path, change.to);
      case "copy":
        return this.#copy(path, change);
      case "claim":
        return this.#claim(path);
      case "unclaim":
        return this.#unclaim(path);
      case "policy":
        return this.#policy(path, change.policy);
    }
  }

  #below(path: DrivePath): [DrivePath, ModelEntry][] {
    return [...this.#tree].filter(([other]) => isWithin(other, path));
  }

  #checkOwned(path: DrivePath): void {
    for (let dir = path; dir !== "/";) {
      dir = parentOf(dir);
      const owner = this.#tree.get(dir)?.owner;
      if (owner !== undefined && owner !== this.#who.peer) throw fail("owned");
    }
  }

  #checkClaims(path: DrivePath): void {
    for (const [, { owner }] of this.#below(path)) {
      if (owner !== undefined && owner !== this.#who.peer) throw fail("owned");
    }
  }

  #checkTarget(path: DrivePath): void {
    this.#checkParents(path);
    if (this.#tree.has(path) && !this.#tree.get(path)?.body) throw fail("is-a-directory");
    this.#checkOwned(path);
  }

  #checkParents(path: DrivePath): void {
    for (let dir = path; dir !== "/";) {
      dir = parentOf(dir);
      if (this.#tree.get(dir)?.body) throw fail("not-a-directory");
    }
  }

  #set(
    path: DrivePath,
    { body, id = this.#nextId++ }: { body: FileBody | undefined; id?: number },
  ): void {
    for (let dir = parentOf(path); !this.#tree.has(dir); dir = parentOf(dir)) {
      const made = { body: undefined, revision: -1, owner: undefined, policy: {} };
      this.#tree.set(dir, { id: this.#nextId++, ...made });
      this.#since.set(dir, -1);
    }
    if (!this.#tree.has(path)) this.#since.set(path, -1);
    const policy = this.#tree.get(path)?.policy ?? {};
    this.#tree.set(path, { id, body, revision: -1, owner: undefined, policy });
  }

  #mkdir(path: DrivePath): void {
    const entry = this.#tree.get(path);
    if (entry?.body) throw fail("not-a-directory");
    if (entry) return;
    this.#checkParents(path);
    this.#checkOwned(path);
    this.#set(path, { body: undefined });
  }

  #remove(path: DrivePath): void {
    if (!this.#tree.has(path)) throw fail("not-found");
    if (path === "/") throw fail("bad-request");
    this.#checkOwned(path);
    this.#checkClaims(path);
    for (const [other] of this.#below(path)) this.#tree.delete(other);
  }

  #move(path: DrivePath, to: DrivePath): void {
    const entry = this.#tree.get(path);
    if (!entry) throw fail("not-found");
    if (path === "/") throw fail("bad-request");
    this.#checkOwned(path);
    if (path === to) return;
    if (!entry.body && isWithin(to, path)) throw fail("bad-request");
    this.#checkTarget(to);
    this.#checkClaims(path);
    const moved = this.#below(path).map(([other, below]) => ({
      place: `${to}${other.slice(path.length)}` as DrivePath,
      below,
      since: this.#since.get(other) as number,
      other,
    }));
    for (const { other } of moved) this.#tree.delete(other);
    const replaced = this.#tree.get(to)?.policy ?? {};
    if (Object.keys(entry.policy).length === 0) entry.policy = replaced;
    this.#set(to, entry);
    for (const { place, below, since } of moved) {
      this.#tree.set(place, below);
      this.#since.set(place, since);
    }
  }

  #copy(path: DrivePath, { from, at }: Change & { op: "copy" }): void {
    this.#checkTarget(path);
    if (at !== undefined && at >= this.trees.length) throw fail("bad-request");
    const source = at === undefined ? this.#tree : (this.trees[at] as ModelTree);
    if (!source.has(from)) throw fail("not-found");
    const copied = [...source].filter(([other]) => isWithin(other, from));
    for (const [other, { body }] of copied.toSorted(([a], [b]) => a.length - b.length)) {
      const below = from === "/" ? (other === "/" ? "" : other) : other.slice(from.length);
      this.#set(`${path}${below}` as DrivePath, { body });
    }
  }

  #claim(path: DrivePath): void {
    this.#checkOwned(path);
    this.#mkdir(path);
    const entry = this.#tree.get(path) as ModelEntry;
    this.#checkClaims(path);
    entry.owner = this.#who.peer;
  }

  #unclaim(path: DrivePath): void {
    const entry = this.#tree.get(path);
    if (!entry) throw fail("not-found");
    if (entry.body) throw fail("not-a-directory");
    if (entry.owner === undefined) return;
    if (entry.owner !== this.#who.peer && !this.#who.admin) throw fail("owned");
    entry.owner = undefined;
  }

  #policy(path: DrivePath, change: PolicyChange): void {
    const entry = this.#tree.get(path);
    if (!entry) throw fail("not-found");
    if (!this.#who.admin) {
      this.#checkOwned(path);
      if (entry.owner !== undefined && entry.owner !== this.#who.peer) throw fail("owned");
    }
    const fields = Object.entries({ ...entry.policy, ...change });
    entry.policy = Object.fromEntries(fields.filter(([, value]) => value !== null)) as Policy;
  }

  /** What holds at a path now. */
  policyAt(path: DrivePath): EffectivePolicy {
    const above = path === "/" ? DEFAULT_POLICY : this.policyAt(parentOf(path));
    return { ...above, ...this.now.get(path)?.policy };
  }

  /** What stands under the same name of the same directory as before keeps its revision. */
  #finish(): number {
    const before = byKey(this.now);
    const after = byKey(this.#tree);
    const revision = this.trees.length;
    let altered = before.size !== after.size;
    for (const [key, entry] of after) {
      const was = before.get(key);
      if (was && same(was, entry)) entry.revision = was.revision;
      else entry.revision = revision;
      altered ||= !was || !same(was, entry) || was.owner !== entry.owner;
      altered ||= !samePolicy(was?.policy, entry.policy);
    }
    if (!altered) return revision - 1;
    this.trees.push(this.#tree);
    return revision;
  }
}

function fail(code: ErrorCode): GoliathError {
  return new GoliathError(code, code);
}

function samePolicy(a: Policy = {}, b: Policy = {}): boolean {
  const text = (policy: Policy): string => JSON.stringify(Object.entries(policy).toSorted());
  return text(a) === text(b);
}

function byKey(tree: ModelTree): Map<string, ModelEntry> {
  return new Map(
    [...tree].map(([path, entry]) => [`${tree.get(parentOf(path))?.id}/${nameOf(path)}`, entry]),
  );
}

function same(a: ModelEntry, b: ModelEntry): boolean {
  if (!a.body || !b.body) return !a.body && !b.body && a.id === b.id;
  return JSON.stringify(a.body) === JSON.stringify(b.body);
}
