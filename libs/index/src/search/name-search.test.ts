import { mkdir as mkdirOnDisk, rm, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { expectCode } from "../engine/testing/expect-code.ts";
import { at, copy, mkdir, move, put, remove, setPolicy } from "../engine/testing/test-writer.ts";
import { SEARCH_BOUNDS } from "./search-bounds.ts";
import {
  HOUR_MS,
  letPastEnd,
  openSearchWorld,
  pathsOf,
  type SearchWorld,
} from "./testing/search-world.ts";

const found = async ({ search }: SearchWorld, text: string, more = {}) =>
  pathsOf(await search.search({ text, ...more }));

/** Commits empty files. */
async function putAll({ writer }: SearchWorld, ...paths: string[]): Promise<void> {
  const empty = await writer.file([]);
  await writer.commit(...paths.map((path) => put(path, empty)));
}

describe("NameSearch", () => {
  it("search finds what was committed before it, with what it is", async () => {
    await using world = await openSearchWorld();
    await world.writer.put("/data/Größe.txt", "abc");
    expect(await world.search.search({ text: "grosse" })).toEqual({
      revision: 1,
      complete: true,
      entries: [{ path: "/data/Größe.txt", kind: "file", size: 3, mtimeMs: 1000 }],
      more: false,
    });
    expect((await world.search.search({ text: "DATA" })).entries).toEqual([
      { path: "/data", kind: "dir", files: 1, bytes: 3 },
    ]);
  });

  it("search puts the name itself first, then beginnings, then words, the shorter first", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/x-file", "/fileserver", "/profile", "/file", "/a/myOldFile", "/files");
    await world.writer.commit(mkdir("/fileS/b"));
    expect(await found(world, "file")).toEqual([
      ...["/file", "/fileS", "/files", "/fileserver"],
      ...["/x-file", "/a/myOldFile", "/profile"],
    ]);
  });

  it("search wants every word, in any order, and short ones where a word begins", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/annual report 2024.pdf", "/report 2023.pdf", "/reports/annual.txt");
    expect(await found(world, "24 report")).toEqual([]);
    expect(await found(world, "2024 repo")).toEqual(["/annual report 2024.pdf"]);
    expect(await found(world, "rep 20")).toEqual(["/report 2023.pdf", "/annual report 2024.pdf"]);
    expect(await found(world, "p")).toEqual(["/report 2023.pdf", "/annual report 2024.pdf"]);
    expect(await found(world, "o")).toEqual([]);
    expect(await found(world, " ")).toEqual([]);
  });

  it("search matches the directories with what stands before a slash", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/genomes/hg38/chr1.fa", "/genomes/hg19/chr1.fa", "/other/chr1.fa");
    expect(await found(world, "HG38/chr")).toEqual(["/genomes/hg38/chr1.fa"]);
    expect(await found(world, "/genomes/ chr1 fa")).toHaveLength(2);
    expect(await found(world, "genomes/hg/chr1")).toEqual([]);
    expect(await found(world, "genomes/hg38/")).toEqual(["/genomes/hg38"]);
    expect(await found(world, "/")).toEqual([]);
    expect(await found(world, "chr1", { under: "/genomes/hg19" })).toEqual([
      "/genomes/hg19/chr1.fa",
    ]);
  });

  it("search takes nothing in a text for syntax", async () => {
    await using world = await openSearchWorld();
    await putAll(world, '/a "quoted" OR b', "/star*t", "/NEAR(a b)", "/col:umn", "/-minus");
    for (const text of ['"quoted" OR', "star*t", "NEAR(a", "b)", "col:umn", "-minus", "^a", "*"])
      expect((await found(world, text)).length, text).toBe(text === "^a" || text === "*" ? 0 : 1);
    for (const text of ['"', "a AND", "(", "{term} : x", "rowid", "'; DROP TABLE name", "\0\ud800"])
      await found(world, text);
    expect(world.faults).toEqual([]);
  });

  it("search finds of each kind alone, and no more than asked for", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/abc/abcd", "/abc/abce", "/abcf/x");
    expect(await found(world, "abc", { kind: "dir" })).toEqual(["/abc", "/abcf"]);
    expect(await found(world, "abc", { kind: "file" })).toEqual(["/abc/abcd", "/abc/abce"]);
    const some = await world.search.search({ text: "abc", limit: 3 });
    expect([some.entries.length, some.more]).toEqual([3, true]);
    expect((await world.search.search({ text: "abc", limit: 4 })).more).toBe(false);
    await expectCode(world.search.search({ text: "abc", limit: 0 }), "bad-request");
    await expectCode(world.search.search({ text: "a".repeat(1025) }), "bad-request");
    await expectCode(world.search.search({ text: "a", under: at("/none") }), "not-found");
    await expectCode(world.search.search({ text: "a", under: at("/abcf/x") }), "not-a-directory");
  });

  it("search tells where what was moved is now, and nothing of what was removed", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/a/b/needle", "/a/needle two");
    await world.settle();
    await world.writer.commit(move("/a", "/moved"), mkdir("/needle"));
    expect(await found(world, "needle")).toEqual([
      "/needle",
      "/moved/b/needle",
      "/moved/needle two",
    ]);
    await world.writer.commit(move("/moved/b", "/kept"), remove("/moved"));
    expect(await found(world, "needle")).toEqual(["/needle", "/kept/needle"]);
    await world.writer.commit(copy("/back", "/moved", 2), remove("/needle"));
    expect(await found(world, "needle", { under: "/back" })).toEqual([
      "/back/b/needle",
      "/back/needle two",
    ]);
    expect(await found(world, "needle", { kind: "dir" })).toEqual([]);
  });

  it("search says that it is incomplete while names are still being read", async () => {
    await using world = await openSearchWorld({ ...SEARCH_BOUNDS, stepNamesMax: 1 });
    await putAll(world, "/one abc", "/two abc", "/three abc");
    await world.search.step();
    const { clock } = world;
    // Each look at the clock is a minute later: a search waits for no more than one step.
    clock.monotonicMs = () => (clock.ran += 60_000);
    const early = await world.search.search({ text: "abc" });
    expect([early.complete, early.entries.length]).toEqual([false, 2]);
    await world.settle();
    const late = await world.search.search({ text: "abc" });
    expect([late.complete, late.entries.length]).toEqual([true, 3]);
  });

  it("search makes its file anew when it is deleted, damaged or of another history", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/needle");
    await world.settle();
    const spoil = [
      () => rm(world.file),
      () =>
        writeFile(world.file, "no database at all, and long enough to be taken for one".repeat(99)),
    ];
    for (const between of spoil) {
      await world.reopen(between);
      expect(await found(world, "needle")).toEqual(["/needle"]);
    }
    expect(world.faults).toEqual([]);
  });

  it("search is refused after a fault, and works again a while later", async () => {
    await using world = await openSearchWorld();
    await putAll(world, "/needle");
    await world.settle();
    await world.reopen(() => replaceByFolder(world.file));
    await expectCode(world.search.search({ text: "needle" }), "busy");
    await rm(world.file, { recursive: true });
    await expectCode(world.search.search({ text: "needle" }), "busy");
    expect(world.faults).toHaveLength(1);
    world.clock.ran += 10_000;
    expect(await found(world, "needle")).toEqual(["/needle"]);
    expect(world.faults).toHaveLength(1);
  });

  it("search goes on from where it was after a restart, and begins anew after a restore", async () => {
    await using world = await openSearchWorld({ ...SEARCH_BOUNDS, stepNamesMax: 1 });
    await putAll(world, "/needle 1", "/needle 2", "/needle 3");
    await world.search.step();
    await world.search.step();
    await world.reopen();
    let steps = 0;
    while (await world.search.step()) steps++;
    expect(steps).toBe(2);
    await world.store.write([
      async (store) => {
        const head = await store.head();
        await store.apply({ head: { ...head, generation: head.generation + 1 } });
      },
    ]);
    let again = 0;
    while (await world.search.step()) again++;
    // Four for the three names: the last page is empty.
    expect(again).toBe(4);
    expect(await found(world, "needle")).toHaveLength(3);
  });

  it("search begins anew where the feed has forgotten what it lacks", async () => {
    await using world = await openSearchWorld();
    await world.writer.commit(setPolicy("/", { retentionMs: HOUR_MS }));
    await putAll(world, "/needle 1", "/old/needle");
    await world.settle();
    await world.writer.commit(remove("/old"), move("/needle 1", "/needle 2"));
    await putAll(world, "/other");
    await letPastEnd(world);
    const { oldest, revision } = await world.engine.drive();
    expect(oldest).toBe(revision);
    expect(await found(world, "needle")).toEqual(["/needle 2"]);
  });
});

async function replaceByFolder(file: string): Promise<void> {
  await rm(file);
  await mkdirOnDisk(file);
}
