/** A drive beside its model, and all that is compared between them. */
import { expect } from "vitest";
import { GoliathError, hasCode, parentOf, ROOT_DIR, ROOT_PATH } from "@goliath/protocols/nouns";
import type {
  Change,
  DirId,
  DrivePath,
  Entry,
  FileBody,
  PolicyChange,
  Revision,
} from "@goliath/protocols/nouns";
import type { CommitRequest } from "@goliath/protocols/index";
import type { IndexEngine } from "../engine.ts";
import { DriveModel, type ModelTree } from "./drive-model.ts";
import { ModelKeeping } from "./model-keeping.ts";
import type { Step, Turn, When } from "./model-turns.ts";
import { readTree } from "./read-tree.ts";
import type { TestClock } from "./test-engine.ts";
import { TestFollower } from "./test-follower.ts";
import { TestWriter } from "./test-writer.ts";

export interface ModelDrive {
  /** Opens it, again after it was closed where `restarts`. */
  open: () => Promise<IndexEngine>;
  restarts: boolean;
  /** The clock it is opened with. */
  clock: TestClock;
}

/** A commit as it was sent, and the revision it made. */
interface Sent {
  request: CommitRequest;
  revision: number;
}

export async function openModelWorld(drive: ModelDrive): Promise<ModelWorld> {
  const world = new ModelWorld(drive, await drive.open());
  await world.begin();
  return world;
}

class ModelWorld implements AsyncDisposable {
  readonly #drive: ModelDrive;
  #engine: IndexEngine;
  readonly #model = new DriveModel();
  readonly #writers: TestWriter[];
  readonly #sent = new Map<TestWriter, Sent>();
  /** Contents that are committed: they can be put again without a lease. */
  readonly #bodies = new Map<number, FileBody>();
  #followers: TestFollower[] = [];
  readonly #keeping: ModelKeeping;

  constructor(drive: ModelDrive, engine: IndexEngine) {
    this.#drive = drive;
    this.#engine = engine;
    this.#keeping = new ModelKeeping(drive.clock);
    this.#writers = ["ann", "bob", "root"].map(
      (name) => new TestWriter(engine, name, { admin: name === "root" }),
    );
    this.#addFollower(ROOT_DIR);
  }

  /** The past is kept for an hour, so that some of it ends. */
  async begin(): Promise<void> {
    const root = this.#writers[2] as TestWriter;
    const policy = { retentionMs: HOUR_MS };
    await this.#make(root, [{ op: "policy", path: ROOT_PATH, policy }]);
  }

  async take({ writer: index, steps, resend, follow, catchUp, ...turn }: Turn): Promise<void> {
    const writer = this.#writers[index] as TestWriter;
    const commit = () => this.#commit(writer, { steps, resend });
    if (turn.pass > 0) await this.#pass(turn, commit);
    else await commit();
    if (turn.restart) await this.#restart();
    if (follow !== undefined) await this.#follow(follow);
    if (catchUp) for (const follower of this.#followers) await this.#compareFollower(follower);
  }

  /** All that there is, at every revision, and every follower at each it passes. */
  async compare(): Promise<void> {
    for (const [revision, tree] of this.#model.trees.entries()) {
      await this.#compareRevision(tree, revision as Revision);
    }
    await this.#compareCounters();
    await this.#comparePolicies();
    for (const follower of this.#followers) await this.#compareFollower(follower);
    await this.#keeping.checkDigests(this.#engine, this.#model.trees);
    const now = this.#model.now;
    await this.#keeping.checkEnd(this.#engine, { now, end: await this.#idsEnd() });
    const newest = (this.#model.trees.length - 1) as Revision;
    await this.#compareRevision(now, newest);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#engine[Symbol.asyncDispose]();
  }

  async #commit(writer: TestWriter, { steps, resend }: Pick<Turn, "steps" | "resend">) {
    const fresh = new Map<number, FileBody>();
    const changes: Change[] = [];
    for (const one of steps) changes.push(await this.#changeOf(one, { writer, fresh }));
    const made = await this.#make(writer, changes);
    if (!made) return;
    const { request, revision: wanted } = made;
    // Bodies of puts that stood at no revision's end may not be known: only those that stand.
    const standing = new Set([...this.#model.now.values()].map(({ body }) => JSON.stringify(body)));
    for (const [key, body] of fresh)
      if (standing.has(JSON.stringify(body))) this.#bodies.set(key, body);
    const sent = { request, revision: wanted };
    this.#sent.set(writer, sent);
    if (resend === "same") await this.#resend(writer, sent);
    if (resend === "changed") {
      const digest = request.digest.map((byte) => byte ^ 1);
      expect(await attempt(writer, { ...request, digest })).toBe("number-used");
    }
  }

  /** The commit, if it was one. */
  async #make(writer: TestWriter, changes: Change[]): Promise<Sent | undefined> {
    const request = writer.request(...changes);
    const result = await attempt(writer, request);
    // Only a copy out of the past can come too late.
    const late = changes.some(
      (change) => change.op === "copy" && !this.#keeping.mustKeep(change.at ?? Infinity),
    );
    if (result === "gone" && late) return undefined;
    const wanted = this.#model.commit(writer.who, changes);
    expect(result).toEqual(wanted);
    if (typeof wanted !== "number") return undefined;
    this.#keeping.made(wanted);
    return { request, revision: wanted };
  }

  async #pass(
    { pass, pages }: Pick<Turn, "pass" | "pages">,
    between: () => Promise<void>,
  ): Promise<void> {
    const ms = pass * (HOUR_MS / 2);
    const end = await this.#idsEnd();
    const given = await this.#keeping.pass(this.#engine, { ms, end, between, pages });
    for (const [key, { extents }] of this.#bodies) {
      if (extents.some(({ first }) => given.has(first))) this.#bodies.delete(key);
    }
    await this.#keeping.checkDigests(this.#engine, this.#model.trees);
  }

  /** Above every id that was given away so far. */
  async #idsEnd(): Promise<number> {
    const [writer] = this.#writers as [TestWriter];
    const { first } = await this.#engine.allocate(writer.peer, 1);
    return first;
  }

  async #resend(writer: TestWriter, { request, revision }: Sent): Promise<void> {
    const reply = await this.#engine.commit(writer.who, request);
    expect([reply.revision, reply.again]).toEqual([revision, true]);
  }

  async #changeOf(
    { op: kind, path, other, content, source, when, back }: Step,
    { writer, fresh }: { writer: TestWriter; fresh: Map<number, FileBody> },
  ): Promise<Change> {
    const standing = ["remove", "move", "unclaim", "policy"].includes(kind);
    const where = standing ? this.#existing(source, path) : path;
    const start = { path: where, ...this.#when(where, when) };
    if (kind === "move") return { op: kind, ...start, to: other };
    if (kind === "copy") {
      const at = back === undefined ? undefined : Math.max(0, this.#model.trees.length - 1 - back);
      return {
        op: kind,
        ...start,
        from: this.#existing(source, other),
        ...(at !== undefined && { at: at as Revision }),
      };
    }
    if (kind === "policy") return { op: kind, ...start, policy: policyOf(content, back) };
    if (kind !== "put") return { op: kind, ...start };
    const file =
      this.#bodies.get(content) ?? fresh.get(content) ?? (await makeFile(writer, content));
    fresh.set(content, file);
    return { op: kind, ...start, file };
  }

  #existing(source: number | undefined, otherwise: DrivePath): DrivePath {
    const paths = [...this.#model.now.keys()].slice(1);
    return source === undefined ? otherwise : (paths[source % paths.length] ?? otherwise);
  }

  #when(where: DrivePath, when: When): Pick<Change, "when"> {
    if (when === "none") return {};
    if (when === "absent") return { when: { absent: true } };
    const now = this.#model.now.get(where)?.revision;
    // What is absent has no current revision to name.
    if (now === undefined && when === "current") return {};
    return { when: { revision: (when === "stale" ? (now ?? 0) + 1 : now) as Revision } };
  }

  async #restart(): Promise<void> {
    if (!this.#drive.restarts) return;
    await this.#engine[Symbol.asyncDispose]();
    this.#engine = await this.#drive.open();
    for (const one of [...this.#writers, ...this.#followers]) one.engine = this.#engine;
    for (const [writer, sent] of this.#sent) await this.#resend(writer, sent);
  }

  /** Another follower, of one of the directories that are. */
  async #follow(which: number): Promise<void> {
    const at = (this.#model.trees.length - 1) as Revision;
    const dirs: DirId[] = [ROOT_DIR];
    for (const entry of (await readTree(this.#engine, { at })).values()) {
      if (entry.kind === "dir") dirs.push(entry.dir);
    }
    await this.#addFollower(dirs[which % dirs.length] as DirId, at).start();
  }

  /** Followers take their changes in pages of different lengths. */
  #addFollower(dir: DirId, from = 0 as Revision): TestFollower {
    const limit = 1 + (this.#followers.length % 5);
    const follower = new TestFollower(this.#engine, { dir, from, limit });
    this.#followers.push(follower);
    return follower;
  }

  async #compareRevision(tree: ModelTree, at: Revision): Promise<void> {
    const found = await this.#unlessGone(at, () => readTree(this.#engine, { at }));
    if (found) expect(told(found), `revision ${at}`).toEqual(expected(tree));
    const paths = [...tree.keys(), "/a/b" as DrivePath, "/none" as DrivePath];
    for (const asked of paths) {
      const reply = await this.#unlessGone(at, () => this.#engine.resolve({ paths: [asked], at }));
      if (!reply) continue;
      const [entry] = reply.entries;
      expect(entry && plain(entry)).toEqual(tree.has(asked) ? modelPlain(tree, asked) : undefined);
      if (entry?.kind !== "dir") continue;
      expect(await this.#engine.pathOf({ dir: entry.dir, at })).toBe(asked);
    }
  }

  /** What is asked of a revision, or undefined where it is gone and may be. */
  async #unlessGone<Result>(at: number, ask: () => Promise<Result>): Promise<Result | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (!hasCode(error, "gone") || this.#keeping.mustKeep(at)) throw error;
      return undefined;
    }
  }

  async #comparePolicies(): Promise<void> {
    const paths = [...this.#model.now.keys(), "/a/none" as DrivePath];
    const found = await this.#engine.policies({ paths });
    for (const [index, path] of paths.entries()) {
      expect(found[index], path).toMatchObject(this.#model.policyAt(path));
    }
  }

  async #compareCounters(): Promise<void> {
    const tree = this.#model.now;
    const paths = [...tree.keys()].filter((one) => !tree.get(one)?.body);
    const { entries } = await this.#engine.resolve({ paths });
    for (const [i, entry] of entries.entries()) {
      const bodies = [...below(tree, paths[i] as DrivePath).values()].flatMap(({ body }) =>
        body ? [body] : [],
      );
      const bytes = bodies.reduce((sum, { size }) => sum + size, 0);
      expect(entry).toMatchObject({ kind: "dir", files: bodies.length, bytes });
    }
  }

  /** A follower has every revision it passes whole, until its directory is no more. */
  async #compareFollower(follower: TestFollower): Promise<void> {
    const { dir } = follower;
    const pathAt = (at: number): Promise<DrivePath> =>
      this.#engine.pathOf({ dir, at: at as Revision });
    try {
      await follower.follow(async (revision) => {
        const path = await this.#unlessGone(revision, () => pathAt(revision));
        if (path === undefined) return;
        const tree = below(this.#model.trees[revision] as ModelTree, path);
        expect(told(follower.tree()), `followed ${dir} to ${revision}`).toEqual(expected(tree));
      });
    } catch (error) {
      // It was away for too long: what it missed is gone, and perhaps the directory with it.
      const late = hasCode(error, "reset", "gone", "not-found");
      if (!late || this.#keeping.mustKeep(follower.reached)) throw error;
      this.#followers = this.#followers.filter((one) => one !== follower);
      return;
    }
    if (follower.lost === undefined) {
      expect(follower.reached).toBe(this.#model.trees.length - 1);
      return;
    }
    const { lost } = follower;
    await this.#unlessGone(lost - 1, () => pathAt(lost - 1));
    const code = expect.stringMatching(
      this.#keeping.mustKeep(lost) ? "not-found" : "not-found|gone",
    );
    await expect(pathAt(lost)).rejects.toMatchObject({ code });
  }
}

async function makeFile(writer: TestWriter, content: number): Promise<FileBody> {
  const chunks = Array.from({ length: content }, (_, i) => `content ${content}.${i}`);
  return writer.file(chunks, { mtimeMs: content * 1000, executable: content % 2 === 1 });
}

const HOUR_MS = 3_600_000;

/** One of some changes of a policy. */
function policyOf(content: number, back = 0): PolicyChange {
  const some: PolicyChange[] = [
    { copies: content },
    { copies: null, prefer: null },
    { retentionMs: (1 + content) * HOUR_MS },
    { retentionMs: null },
    { prefer: ["region=eu"], avoid: [], copies: content },
  ];
  return some[back] ?? {};
}

async function attempt(writer: TestWriter, request: CommitRequest): Promise<number | string> {
  try {
    return (await writer.engine.commit(writer.who, request)).revision;
  } catch (error) {
    return GoliathError.from(error).code;
  }
}

function plain(entry: Entry): unknown {
  if (entry.kind === "dir") return ["dir", entry.revision];
  const { extents, size, mtimeMs, executable, root, revision } = entry;
  return [Buffer.from(root).toString("hex"), extents, size, mtimeMs, executable, revision];
}

function modelPlain(tree: ModelTree, path: DrivePath): unknown {
  const { body, revision } = tree.get(path) ?? { body: undefined, revision: -1 };
  if (!body) return ["dir", revision];
  return plain({ kind: "file", ...body, revision: revision as Revision });
}

function told(tree: Map<DrivePath, Entry>): unknown {
  return [...tree].map(([path, entry]) => [path, plain(entry)]).toSorted(byPath);
}

function expected(tree: ModelTree): unknown {
  const paths = [...tree.keys()].filter((one) => one !== parentOf(one));
  return paths.map((one) => [one, modelPlain(tree, one)]).toSorted(byPath);
}

/** What lies below a directory, by path from there. */
function below(tree: ModelTree, dir: DrivePath): ModelTree {
  const prefix = dir === "/" ? "/" : `${dir}/`;
  const inside = [...tree].filter(([path]) => path.startsWith(prefix) && path !== "/");
  return new Map(
    inside.map(([path, entry]) => [path.slice(prefix.length - 1) as DrivePath, entry]),
  );
}

function byPath(a: unknown[], b: unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}
