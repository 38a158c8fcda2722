/** Random commits on an engine and on a plain map; every kept revision must be the same in both. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { GoliathError, joinPath, parentOf, ROOT_DIR } from "@goliath/protocols/nouns";
import type { Change, DirId, DrivePath, Entry, FileBody, Revision } from "@goliath/protocols/nouns";
import type { CommitRequest } from "@goliath/protocols/index";
import type { IndexEngine } from "./engine.ts";
import { DriveModel, type ModelTree } from "./testing/drive-model.ts";
import { readTree } from "./testing/read-tree.ts";
import { TestFollower } from "./testing/test-follower.ts";
import { TestWriter } from "./testing/test-writer.ts";

/** `current` stands for the revision that the entry has when the commit is made. */
type When = "none" | "absent" | "current" | "stale";
interface Step {
  op: Change["op"];
  path: DrivePath;
  other: DrivePath;
  content: number;
  /** Which of the paths that exist to take as the source; undefined: `path`, whatever is there. */
  source: number | undefined;
  when: When;
  back: number | undefined;
}
interface Turn {
  writer: number;
  steps: Step[];
  resend: "no" | "same" | "changed";
}

const dirPath = fc
  .array(fc.constantFrom("a", "b", "c", "\u{1f600}"), { minLength: 0, maxLength: 3 })
  .map((names) => `/${names.join("/")}` as DrivePath);
/** Files mostly have names of their own, so that most changes find what they need. */
const filePath = fc
  .tuple(dirPath, fc.constantFrom("f", "g", "h"))
  .map(([dir, name]) => joinPath(dir, name));
const anyPath = fc.oneof(dirPath, filePath, filePath);
const op = fc.constantFrom<Change["op"][]>(
  "put",
  "put",
  "put",
  "mkdir",
  "remove",
  "move",
  "move",
  "copy",
  "claim",
  "unclaim",
);
const step: fc.Arbitrary<Step> = fc.record({
  op,
  path: anyPath,
  other: anyPath,
  content: fc.nat(5),
  source: fc.option(fc.nat(), { freq: 8, nil: undefined }),
  when: fc.oneof(
    { weight: 24, arbitrary: fc.constant<When>("none") },
    { weight: 6, arbitrary: fc.constant<When>("current") },
    { weight: 1, arbitrary: fc.constantFrom<When[]>("absent", "stale") },
  ),
  back: fc.option(fc.nat(4), { nil: undefined }),
});
const turn: fc.Arbitrary<Turn> = fc.record({
  // Mostly one writer, so that claims do not refuse everything.
  writer: fc.constantFrom(0, 0, 0, 0, 1, 2),
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  resend: fc.constantFrom<Turn["resend"][]>("no", "no", "no", "same", "changed"),
});

export interface ModelRun {
  open: () => Promise<IndexEngine>;
  runs: number;
  timeoutMs: number;
}

export function testAgainstModel(name: string, { open, runs, timeoutMs }: ModelRun): void {
  it(
    `${name} is at every revision what a plain map says`,
    async () => {
      const turns = fc.array(turn, { minLength: 3, maxLength: 16 });
      const property = fc.asyncProperty(turns, async (all) => {
        await using engine = await open();
        const world = new World(engine);
        for (const one of all) await world.take(one);
        await world.compare();
      });
      // A failure prints its seed and path: give them here to run it again.
      await fc.assert(property, { numRuns: runs });
    },
    timeoutMs,
  );
}

class World {
  readonly #engine: IndexEngine;
  readonly #model = new DriveModel();
  readonly #writers: TestWriter[];
  /** Contents that are committed: they can be put again without a lease. */
  readonly #bodies = new Map<number, FileBody>();
  readonly #followers: TestFollower[] = [];

  constructor(engine: IndexEngine) {
    this.#engine = engine;
    this.#writers = ["ann", "bob", "root"].map(
      (name) => new TestWriter(engine, name, { admin: name === "root" }),
    );
    this.#followers.push(new TestFollower(engine, { dir: ROOT_DIR, from: 0 as Revision }));
  }

  async take({ writer: index, steps, resend }: Turn): Promise<void> {
    const writer = this.#writers[index] as TestWriter;
    const fresh = new Map<number, FileBody>();
    const changes: Change[] = [];
    for (const one of steps) changes.push(await this.#changeOf(one, { writer, fresh }));
    const request = writer.request(...changes);
    const expected = this.#model.commit(writer.who, changes);
    const result = await attempt(writer, request);
    expect(result).toEqual(expected);
    if (typeof expected !== "number") return;
    // Bodies of puts that stood at no revision's end may not be known: only those that stand.
    const standing = new Set([...this.#model.now.values()].map(({ body }) => JSON.stringify(body)));
    for (const [key, body] of fresh)
      if (standing.has(JSON.stringify(body))) this.#bodies.set(key, body);
    await this.#resend(writer, { request, resend, revision: expected });
    await this.#follow();
  }

  async #changeOf(
    { op: kind, path, other, content, source, when, back }: Step,
    { writer, fresh }: { writer: TestWriter; fresh: Map<number, FileBody> },
  ): Promise<Change> {
    const standing = kind === "remove" || kind === "move" || kind === "unclaim";
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

  async #resend(
    writer: TestWriter,
    {
      request,
      resend,
      revision,
    }: { request: CommitRequest; resend: Turn["resend"]; revision: number },
  ): Promise<void> {
    if (resend === "same") {
      const reply = await this.#engine.commit(writer.who, request);
      expect([reply.revision, reply.again]).toEqual([revision, true]);
    }
    if (resend === "changed") {
      const digest = request.digest.map((byte) => byte ^ 1);
      expect(await attempt(writer, { ...request, digest })).toBe("number-used");
    }
  }

  /** Another follower for every third revision, in one of its directories. */
  async #follow(): Promise<void> {
    const from = (this.#model.trees.length - 1) as Revision;
    if (from % 3 !== 1) return;
    const dirs: DirId[] = [];
    for (const entry of (await readTree(this.#engine, { at: from })).values()) {
      if (entry.kind === "dir") dirs.push(entry.dir);
    }
    const dir = dirs[from % Math.max(1, dirs.length)];
    if (dir !== undefined) {
      this.#followers.push(await new TestFollower(this.#engine, { dir, from }).start());
    }
  }

  async compare(): Promise<void> {
    const { trees } = this.#model;
    for (const [revision, tree] of trees.entries()) {
      const found = await readTree(this.#engine, { at: revision as Revision });
      expect(told(found), `revision ${revision}`).toEqual(expected(tree));
      const paths = [...tree.keys(), "/a/b" as DrivePath, "/none" as DrivePath];
      const { entries } = await this.#engine.resolve({ paths, at: revision as Revision });
      for (const [i, entry] of entries.entries()) {
        const asked = paths[i] as DrivePath;
        expect(entry && plain(entry)).toEqual(
          tree.has(asked) ? modelPlain(tree, asked) : undefined,
        );
        if (entry?.kind !== "dir") continue;
        const at = revision as Revision;
        expect(await this.#engine.pathOf({ dir: entry.dir, at })).toBe(asked);
      }
    }
    await this.#compareCounters();
    for (const [i, follower] of this.#followers.entries()) await this.#compareFollower(follower, i);
  }

  async #compareCounters(): Promise<void> {
    const tree = this.#model.now;
    const paths = [...tree.keys()].filter((one) => !tree.get(one)?.body);
    const { entries } = await this.#engine.resolve({ paths });
    for (const [i, entry] of entries.entries()) {
      const prefix = paths[i] === "/" ? "/" : `${paths[i]}/`;
      const bodies = [...tree].flatMap(([one, { body }]) =>
        body && one.startsWith(prefix) ? [body] : [],
      );
      const bytes = bodies.reduce((sum, { size }) => sum + size, 0);
      expect(entry).toMatchObject({ kind: "dir", files: bodies.length, bytes });
    }
  }

  async #compareFollower(follower: TestFollower, index: number): Promise<void> {
    await follower.follow(1 + (index % 5));
    if (follower.lost !== undefined) return;
    expect(follower.reached).toBe(this.#model.trees.length - 1);
    const dir = follower.dir;
    expect(told(follower.tree())).toEqual(told(await readTree(this.#engine, { dir })));
  }
}

async function makeFile(writer: TestWriter, content: number): Promise<FileBody> {
  const chunks = Array.from({ length: content }, (_, i) => `content ${content}.${i}`);
  return writer.file(chunks, { mtimeMs: content * 1000, executable: content % 2 === 1 });
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

function byPath(a: unknown[], b: unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}
