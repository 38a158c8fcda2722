/** A drive in a file, its searches in this thread, and what goes through all names beside them. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SearchReply, SearchRequest } from "@goliath/protocols/index/service";
import { nameOf, type DrivePath } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../../engine/engine.ts";
import { createIndexEngine } from "../../engine/index-engine.ts";
import { LocalRunner } from "../../engine/local-runner.ts";
import { engineInit, TestClock } from "../../engine/testing/test-engine.ts";
import { TestWriter } from "../../engine/testing/test-writer.ts";
import { openSqliteIndexStore, type SqliteIndexStore } from "../../store/sqlite-index-store.ts";
import { foldName } from "../fold-name.ts";
import { NameSearch } from "../name-search.ts";
import type { SearchBounds } from "../search-bounds.ts";
import { parseQuery, tierOf } from "../search-query.ts";

export interface SearchWorld extends AsyncDisposable {
  engine: IndexEngine;
  writer: TestWriter;
  clock: TestClock;
  store: SqliteIndexStore;
  /** Where the names are kept. */
  file: string;
  faults: unknown[];
  search: NameSearch;
  /** Closes the searches and opens them again, over what is there by then. */
  reopen(between?: () => Promise<void>): Promise<void>;
  /** Takes in all there is. */
  settle(): Promise<void>;
}

export async function openSearchWorld(bounds?: SearchBounds): Promise<SearchWorld> {
  const home = await mkdtemp(join(tmpdir(), "goliath-search-"));
  const clock = new TestClock();
  const init = engineInit(clock);
  const store = await openSqliteIndexStore({ ...init, file: join(home, "index.db") });
  const engine = createIndexEngine(new LocalRunner({ ...init, store }));
  const file = join(home, "search.db");
  const faults: unknown[] = [];
  const open = (): NameSearch =>
    new NameSearch({
      store,
      file,
      clock,
      onFault: (error) => faults.push(error),
      ...(bounds && { bounds }),
    });
  const world: SearchWorld = {
    engine,
    clock,
    store,
    file,
    faults,
    writer: new TestWriter(engine, "ann"),
    search: open(),
    reopen: async (between) => {
      world.search[Symbol.dispose]();
      await between?.();
      world.search = open();
    },
    settle: async () => {
      for (let more = true; more;) more = await world.search.step();
    },
    [Symbol.asyncDispose]: async () => {
      world.search[Symbol.dispose]();
      await engine[Symbol.asyncDispose]();
      await rm(home, { recursive: true, force: true });
    },
  };
  return world;
}

export const HOUR_MS = 3_600_000;

/** Two hours pass: all that is kept for one ends, and the feed of it. */
export async function letPastEnd({ engine, clock }: SearchWorld): Promise<void> {
  clock.ran += 2 * HOUR_MS;
  await engine.tick();
  for (let pass = 0; pass < 3; pass++) {
    let { next: cursor } = await engine.retain({});
    while (cursor) ({ next: cursor } = await engine.retain({ cursor }));
  }
}

/** By what answers are put in order: those that are alike in it may come in any. */
export function ranksOf(request: SearchRequest, { entries }: SearchReply): number[][] {
  const query = parseQuery(request.text, request.kind);
  return entries.map(({ path, kind }) => {
    const name = foldName(nameOf(path));
    return [tierOf(query, name) ?? -1, name.text.length, kind === "dir" ? 0 : 1];
  });
}

export function pathsOf({ entries }: SearchReply): DrivePath[] {
  return entries.map(({ path }) => path);
}
