/** Search as you type over the names of a very large drive, as a client of its index sees it. */
import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { SearchRequest } from "@goliath/protocols/index";
import { parsePath } from "@goliath/protocols/nouns";
import { openMember, type Member } from "../world/index-client.ts";
import { until } from "../world/settled.ts";
import type { World } from "../world/world.ts";
import { median, type Figures } from "./figures.ts";
import { cpuSeconds } from "./process-tree.ts";

/** How often each text is searched for; the middle one counts. */
const TIMES = 51;
const BUILT_WITHIN_MS = 10 * 60_000;

const HUGE = parsePath("/huge");
const FEW = parsePath("/few");

/**
 * What somebody types, and the worst there is: a character that all names begin with, a trigram
 * that is in all of them, two that are in half of them each and in none together.
 */
const SEARCHES: Record<string, SearchRequest> = {
  letterMs: { text: "f" },
  noLetterMs: { text: "q" },
  twoMs: { text: "fi" },
  allMs: { text: "ile" },
  nearlyAllMs: { text: "file" },
  manyWordsMs: { text: "file scan even txt" },
  disjointMs: { text: "even odd" },
  longMs: { text: "file-even-scan-of-the-nothing" },
  oneMs: { text: "123456" },
  wordsMs: { text: "12345 even" },
  noneMs: { text: "genome" },
  dirsMs: { text: "f", kind: "dir" },
  underMs: { text: "ile", under: HUGE },
  elsewhereMs: { text: "ile", under: FEW },
};

/** Names as files have them: words, a number, an ending. */
export function searchedName(at: number): string {
  return `file-${at % 2 === 0 ? "even" : "odd"}-scan ${at}.txt`;
}

/** Takes in all names from nothing, then measures every kind of search. */
export async function timeSearches(world: World, names: number): Promise<Figures> {
  await world.index.stop();
  const file = join(world.index.home, "search.db");
  for (const ending of ["", "-wal", "-shm"]) await rm(file + ending, { force: true });
  await world.index.start();
  await using member = await openMember(world, "searcher");
  const { index } = member;
  const figures = await build(world, index);
  const { size } = await stat(file);
  figures["searchBytesPerName"] = size / names;
  let worstCpuMs = 0;
  for (const [name, request] of Object.entries(SEARCHES)) {
    const beforeMs = (await cpuSeconds([world.index.pid ?? 0])) * 1000;
    const times: number[] = [];
    for (let i = 0; i < TIMES; i++) times.push(await timeOne(index, request));
    figures[name] = median(times);
    const cpuMs = (await cpuSeconds([world.index.pid ?? 0])) * 1000;
    worstCpuMs = Math.max(worstCpuMs, (cpuMs - beforeMs) / TIMES);
  }
  return { ...figures, searchWorstCpuMs: worstCpuMs };
}

async function build(world: World, index: Member["index"]): Promise<Figures> {
  const startMs = performance.now();
  const cpuBeforeS = await cpuSeconds([world.index.pid ?? 0]);
  await until(
    () => index.search({ text: "f", limit: 1 }),
    ({ complete }) => complete,
    { what: "having taken in all names", timeoutMs: BUILT_WITHIN_MS, pollMs: 500 },
  );
  return {
    searchBuiltS: (performance.now() - startMs) / 1000,
    searchBuiltCpuS: (await cpuSeconds([world.index.pid ?? 0])) - cpuBeforeS,
  };
}

async function timeOne(index: Member["index"], request: SearchRequest): Promise<number> {
  const startMs = performance.now();
  const { complete } = await index.search(request);
  if (!complete) throw new Error("names are missing from the search");
  return performance.now() - startMs;
}
