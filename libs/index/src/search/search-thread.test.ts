import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openSqliteIndexEngine } from "../engine/open-sqlite-engine.ts";
import { expectCode } from "../engine/testing/expect-code.ts";
import { readTree } from "../engine/testing/read-tree.ts";
import { engineInit } from "../engine/testing/test-engine.ts";
import { at, mkdir, TestWriter } from "../engine/testing/test-writer.ts";

const PROCESS = fileURLToPath(new URL("../engine/testing/committing-process.ts", import.meta.url));
/** Commits that are answered before the process is killed. */
const ANSWERED = 40;

let home: string;
let file: string;
let search: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-search-"));
  file = join(home, "index.db");
  search = join(home, "search.db");
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** Lets a process commit and search, and kills it amid both. */
async function killAmid(): Promise<void> {
  const child = spawn(process.execPath, [PROCESS, file, search], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  let answered = 0;
  for await (const _ of createInterface({ input: child.stdout }))
    if (++answered === ANSWERED) child.kill("SIGKILL");
  await exited;
}

describe("openSqliteIndexEngine with a file for searches", () => {
  it("finds what was committed before the search, and refuses through the thread", async () => {
    await using engine = await openSqliteIndexEngine({
      ...engineInit(),
      file,
      search: { file: search },
    });
    const ann = new TestWriter(engine, "ann");
    for (let i = 0; i < 5; i++) {
      await ann.commit(mkdir(`/needle ${i}`));
      const { complete, entries, revision } = await engine.search({ text: `needle ${i}` });
      expect([complete, entries.length, revision]).toEqual([true, 1, i + 1]);
    }
    await expectCode(engine.search({ text: "x", under: at("/none") }), "not-found");
    await engine[Symbol.asyncDispose]();
    await expectCode(engine.search({ text: "x" }), "closed");
  });

  it("knows every name once, and no other, after kill -9", async () => {
    await killAmid();
    const before = countNames(search);
    expect(before).toBeGreaterThan(0);
    await using engine = await openSqliteIndexEngine({
      ...engineInit(),
      file,
      search: { file: search },
    });
    let complete = false;
    while (!complete) ({ complete } = await engine.search({ text: "needle" }));
    const tree = await readTree(engine, { limit: 1000 });
    expect(countNames(search)).toBe(tree.size);
    for (const name of ["ann", "bob", "eve"]) {
      const { entries } = await engine.search({ text: name, kind: "dir" });
      expect(entries).toMatchObject([{ path: `/${name}`, kind: "dir" }]);
    }
  });
});

function countNames(of: string): number {
  const database = new Database(of, { readonly: true });
  try {
    return Number(database.prepare("SELECT COUNT(*) FROM name").pluck().get());
  } finally {
    database.close();
  }
}
