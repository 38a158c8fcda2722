/** Random histories, searched by way of the table and by going through all names. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { SearchRequest } from "@goliath/protocols/index/service";
import { GoliathError, ROOT_PATH, type Change, type DrivePath } from "@goliath/protocols/nouns";
import { readTree } from "../engine/testing/read-tree.ts";
import { at, copy, mkdir, move, put, remove, setPolicy } from "../engine/testing/test-writer.ts";
import type { SearchBounds } from "./search-bounds.ts";
import {
  HOUR_MS,
  letPastEnd,
  openSearchWorld,
  pathsOf,
  ranksOf,
  type SearchWorld,
} from "./testing/search-world.ts";

/** So small that every way of finding and following is gone. */
const SMALL: SearchBounds = {
  allMax: 4,
  walkMax: 5,
  examinedMax: 10_000,
  page: 2,
  stepNamesMax: 2,
  stepPartsMax: 2,
};
const RUNS = 15;
const TIMEOUT_MS = 60_000;
/** So that what was found is told, however long it takes to make it small. */
const TOLD_AFTER_MS = 40_000;

const piece = fc.constantFrom(
  ...["a", "ab", "Abc", "abcd", "bcd", "É", "eab", "ß", "東京", "\u{1f600}", "2", "24", '"a*'],
);
const separator = fc.constantFrom("", "", " ", "-", ".", "_");
const name = fc
  .tuple(piece, separator, fc.option(piece, { nil: "" }), fc.option(piece, { nil: "" }))
  .map((parts) => parts.join("").trim());
const path = fc
  .array(name, { minLength: 1, maxLength: 3 })
  .map((names) => `/${names.join("/")}` as DrivePath);

interface Step {
  op: "put" | "put" | "mkdir" | "remove" | "move" | "copy" | "swap";
  path: DrivePath;
  /** Which of what stands is moved, copied, removed. */
  which: number;
  back: number;
}

interface Turn {
  steps: Step[];
  /** How much is taken in after the commit. */
  taken: number;
  next: "nothing" | "restart" | "search" | "pass";
}

const turn: fc.Arbitrary<Turn> = fc.record({
  steps: fc.array(
    fc.record({
      op: fc.constantFrom<Step["op"][]>(
        "put",
        "put",
        "put",
        "mkdir",
        "remove",
        "move",
        "copy",
        "swap",
      ),
      path,
      which: fc.nat(),
      back: fc.nat(3),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  taken: fc.constantFrom(0, 1, 2, 5, 1000),
  next: fc.constantFrom("nothing", "nothing", "nothing", "restart", "search", "pass"),
});

const text = fc
  .array(
    fc.oneof(
      piece,
      name,
      fc.tuple(piece, piece).map((both) => both.join("")),
      fc.constantFrom("a", "b", "bc", "/a", "ab/", "É/b", "a/b/c", "/"),
    ),
    { minLength: 1, maxLength: 2 },
  )
  .map((words) => words.join(" "));

it(
  "search answers as going through all names does, whatever was committed and taken in",
  async () => {
    const property = fc.asyncProperty(
      fc.array(turn, { minLength: 1, maxLength: 12 }),
      fc.array(text, { minLength: 8, maxLength: 8 }),
      async (turns, texts) => {
        await using world = await openSearchWorld(SMALL);
        await world.writer.commit(setPolicy(ROOT_PATH, { retentionMs: HOUR_MS }));
        for (const one of turns) await take(world, { turn: one, texts });
        await world.settle();
        for (const one of texts) await compare(world, one);
        await expectNoMore(world);
        expect(world.faults).toEqual([]);
      },
    );
    // A failure prints its seed and path: give them here to run it again.
    await fc.assert(property, { numRuns: RUNS, interruptAfterTimeLimit: TOLD_AFTER_MS });
  },
  TIMEOUT_MS,
);

async function take(
  world: SearchWorld,
  { turn: { steps, taken, next }, texts }: { turn: Turn; texts: string[] },
): Promise<void> {
  const empty = await world.writer.file([]);
  const standing = [...(await readTree(world.engine, { limit: 1000 })).keys()];
  const { revision } = await world.engine.drive();
  for (const step of steps) {
    const { path: to, which, back } = step;
    const some = standing[which % standing.length] ?? to;
    const changes: Record<Step["op"], () => Change[]> = {
      put: () => [put(to, empty)],
      mkdir: () => [mkdir(to)],
      remove: () => [remove(some)],
      move: () => [move(some, to)],
      copy: () => [copy(to, some, back === 0 ? undefined : Math.max(0, revision - back))],
      swap: () => [remove(some), mkdir(some), put(`${some}/${which % 3}`, empty)],
    };
    // What cannot be (a directory into itself) is refused, and changes nothing.
    await world.writer.commit(...changes[step.op]()).catch(GoliathError.from);
  }
  for (let i = 0; i < taken && (await world.search.step());) i++;
  if (next === "restart") await world.reopen();
  if (next === "search") for (const one of texts.slice(0, 2)) await expectSound(world, one);
  if (next === "pass") await letPastEnd(world);
}

/** What is answered stands, whether or not all was taken in. */
async function expectSound(world: SearchWorld, words: string): Promise<void> {
  const request = { text: words, limit: 200 };
  const all = new Set(pathsOf(await world.engine.search(request)));
  const reply = await world.search.search(request);
  for (const one of pathsOf(reply)) expect(all, words).toContain(one);
  if (reply.complete) expect(reply.entries.length).toBe(all.size);
}

async function compare(world: SearchWorld, words: string): Promise<void> {
  const dirs: DrivePath[] = [ROOT_PATH];
  for (const [one, { kind }] of await readTree(world.engine, { limit: 1000 }))
    if (kind === "dir") dirs.push(one);
  for (const limit of [1, 3, 200]) {
    for (const kind of [undefined, "file", "dir"] as const) {
      for (const under of [undefined, ...dirs.slice(0, 4)]) {
        const options = { ...(kind && { kind }), ...(under !== undefined && { under: at(under) }) };
        await compareOne(world, { text: words, limit, ...options });
      }
    }
  }
}

async function compareOne(world: SearchWorld, request: SearchRequest): Promise<void> {
  const told = JSON.stringify(request);
  const wanted = await world.engine.search(request);
  const found = await world.search.search(request);
  expect(found.complete).toBe(true);
  expect(ranksOf(request, found), told).toEqual(ranksOf(request, wanted));
  expect(found.more, told).toBe(wanted.more);
  // Those that are alike in rank may come in any order, and be cut off anywhere.
  if (found.more) return;
  const byPath = (reply: typeof found) =>
    reply.entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  expect(byPath(found), told).toEqual(byPath(wanted));
}

/** Nothing of what was removed is left: as many names as the drive has. */
async function expectNoMore(world: SearchWorld): Promise<void> {
  const { default: Database } = await import("better-sqlite3");
  using database = disposable(new Database(world.file, { readonly: true }));
  const count = database.it.prepare("SELECT COUNT(*) FROM name").pluck().get();
  expect(count).toBe((await readTree(world.engine, { limit: 1000 })).size);
}

function disposable<It extends { close(): unknown }>(it: It): { it: It } & Disposable {
  return { it, [Symbol.dispose]: () => void it.close() };
}
