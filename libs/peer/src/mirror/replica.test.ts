import Database from "better-sqlite3";
import { beforeEach, describe, expect, it } from "vitest";
import { digestOf, type DirId, type FileEntry, type Revision } from "@goliath/protocols/nouns";
import { Replica } from "./replica.ts";
import { createReplicaTables } from "./replica-tables.ts";

const ROOT = 7 as DirId;
const START = { dir: 0, name: "" };

let replica: Replica;

beforeEach(() => {
  const database = new Database(":memory:");
  createReplicaTables(database);
  database.exec(`INSERT INTO mirror (id, dir, path, local, generation, cursor, complete, root_inode)
    VALUES (1, ${ROOT}, '/data', '/tmp/data', 0, -1, -1, '1:1')`);
  database.exec(`INSERT INTO mirror_dir (mirror, dir, parent, name, disk_parent, disk_name, listed, dirty)
    VALUES (1, ${ROOT}, 0, '', 0, '', 0, 0)`);
  replica = new Replica(database, 1);
});

function file(content: string, revision: number): FileEntry {
  const root = digestOf(Buffer.from(content));
  const at = revision as Revision;
  return { kind: "file", revision: at, size: 1, mtimeMs: 1, executable: false, root, extents: [] };
}

/** Lists the directories one after the other, as the index shows them. */
function list(
  dirs: Record<number, Record<string, FileEntry | number>>,
  { revision, generation }: { revision: number; generation: number },
): void {
  replica.beginListing();
  for (let [dir] = replica.unlisted(1); dir !== undefined; [dir] = replica.unlisted(1)) {
    const content = dirs[dir];
    if (!content) throw new Error(`the index does not know directory ${dir}`);
    const entries = Object.entries(content).map(([name, entry]) => ({
      name,
      entry:
        typeof entry === "number"
          ? {
              kind: "dir" as const,
              dir: entry as DirId,
              revision: 1 as Revision,
              files: 0,
              bytes: 0,
            }
          : entry,
    }));
    replica.takePage(dir, { entries, last: true });
  }
  replica.finishRevision(revision as Revision, generation);
}

/** As if all that is wanted were written, and all that is not removed. */
function obey(): void {
  for (const { dir, parent, name } of replica.dirtyDirs(100)) {
    replica.setDirOnDisk(dir, parent === null ? undefined : { dir: parent, name });
  }
  for (const wanted of [true, false]) {
    replica.setFilesOnDisk(replica.dirtyFiles({ after: START, wanted, limit: 100 }));
  }
  expect(replica.isClean()).toBe(true);
}

const names = (wanted: boolean): string[] =>
  replica.dirtyFiles({ after: START, wanted, limit: 100 }).map(({ name }) => name);

describe("Replica", () => {
  it("lists anew without asking for what is gone with the directory above it", () => {
    list({ 7: { a: 8 }, 8: { b: 9 }, 9: { f: file("f", 1) } }, { revision: 1, generation: 0 });
    obey();
    list({ 7: { other: 10 }, 10: {} }, { revision: 5, generation: 0 });
    expect(names(false)).toEqual(["f"]);
  });

  it("shows nothing to be done while it is listed anew", () => {
    list({ 7: { f: file("f", 1), g: file("g", 1) } }, { revision: 1, generation: 0 });
    obey();
    replica.beginListing();
    replica.takePage(ROOT, { entries: [{ name: "g", entry: file("g2", 2) }], last: true });
    expect([names(true), names(false)]).toEqual([[], []]);
    expect(replica.isClean()).toBe(false);
    replica.finishRevision(2 as Revision, 0);
    expect([names(true), names(false)]).toEqual([["g"], ["f"]]);
  });

  it("removes and replaces nothing on the word of a restored index", () => {
    const old = { 7: { edited: file("one", 1), steady: file("same", 1) } };
    list(old, { revision: 1, generation: 0 });
    obey();
    const later = { edited: file("two", 2), steady: file("same", 1), made: file("new", 3), dir: 8 };
    list({ 7: later, 8: { below: file("below", 3) } }, { revision: 3, generation: 0 });
    obey();
    list(old, { revision: 1, generation: 1 });
    expect([names(true), names(false)]).toEqual([[], []]);
    expect(replica.heldBack(10)).toEqual([{ name: "edited" }]);
    // Nor when its disk comes back under another number and is compared anew.
    replica.recompare("2:2");
    expect(names(true)).toEqual(["steady"]);
    expect(replica.wanted({ dir: ROOT, name: "steady" })?.diskRoot).toEqual(file("same", 1).root);
    obey();
    expect(replica.heldBack(10)).toEqual([{ name: "edited" }]);
    // What is written after the restore counts, whatever number its revision has.
    replica.takeChanges([{ dir: ROOT, name: "edited", entry: file("three", 2) }]);
    replica.finishRevision(2 as Revision, 1);
    expect(names(true)).toEqual(["edited"]);
    expect(replica.heldBack(10)).toEqual([]);
  });
});
