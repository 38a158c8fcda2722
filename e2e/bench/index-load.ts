/** The index alone: resolves and commits, by clients over real TCP. */
import { rm } from "node:fs/promises";
import type { CommitRequest } from "@goliath/protocols/index";
import { parsePath, rootOf, type Change } from "@goliath/protocols/nouns";
import { openMember, type Member } from "../world/index-client.ts";
import { openWorld, type World } from "../world/world.ts";
import { quantile, type Figures } from "./figures.ts";
import { cpuSeconds } from "./process-tree.ts";
import { ours, type Workload } from "./workload.ts";

/** Requests each client has under way. */
const IN_FLIGHT = 64;
const WRITERS = 8;
const READERS = 4;

export interface IndexSizes {
  paths: number;
  commits: number;
  resolves: number;
}

export function indexWorkloads({ paths, commits, resolves }: IndexSizes): Workload[] {
  return [
    ours("resolve", {
      title: `index: ${resolves} resolves of one path, pipelined from ${READERS} clients`,
      run: (folder) => inWorld(folder, (world) => resolveMany(world, resolves)),
    }),
    ours("commit-one", {
      title: `index: ${paths} paths in one commit`,
      run: (folder) => inWorld(folder, (world) => commitMany(world, { paths, commits: 1 })),
    }),
    ours("commit-many", {
      title: `index: ${paths} paths in ${commits} commits from ${WRITERS} writers`,
      run: (folder) => inWorld(folder, (world) => commitMany(world, { paths, commits })),
    }),
  ];
}

async function inWorld(folder: string, work: (world: World) => Promise<Figures>): Promise<Figures> {
  await rm(folder, { recursive: true });
  await using world = await openWorld("bench");
  const before = await cpuSeconds([world.index.pid ?? 0]);
  const figures = await work(world);
  const cpuS = (await cpuSeconds([world.index.pid ?? 0])) - before;
  return { ...figures, cpuS, rssMiB: await world.index.peakMiB() };
}

async function resolveMany(world: World, count: number): Promise<Figures> {
  const members = await Promise.all(
    Array.from({ length: READERS }, (_, at) => openMember(world, `reader-${at}`)),
  );
  const paths = Array.from({ length: 1000 }, (_, at) => pathOf(at));
  await members[0]?.index.commit(commitOf(1, paths.map(putAt)));
  const times: number[] = [];
  const ask = async ({ index }: Member, from: number): Promise<void> => {
    for (let at = from; at < count; at += READERS * IN_FLIGHT) {
      const startMs = performance.now();
      await index.resolve({ paths: [paths[at % paths.length] ?? pathOf(0)] });
      times.push(performance.now() - startMs);
    }
  };
  const startMs = performance.now();
  await Promise.all(
    members.flatMap((member, at) =>
      Array.from({ length: IN_FLIGHT }, (_, slot) => ask(member, slot * READERS + at)),
    ),
  );
  const seconds = (performance.now() - startMs) / 1000;
  await close(members);
  return { perSecond: times.length / seconds, p99Ms: quantile(times, 0.99) };
}

async function commitMany(
  world: World,
  { paths, commits }: { paths: number; commits: number },
): Promise<Figures> {
  const writers = Math.min(WRITERS, commits);
  const members = await Promise.all(
    Array.from({ length: writers }, (_, at) => openMember(world, `writer-${at}`)),
  );
  const each = Math.ceil(paths / commits);
  const write = async ({ index }: Member, from: number): Promise<void> => {
    for (let at = from; at < commits; at += writers) {
      const puts = Array.from({ length: each }, (_, i) => putAt(pathOf(at * each + i)));
      await index.commit(commitOf(at + 1, puts));
    }
  };
  const startMs = performance.now();
  await Promise.all(members.map(write));
  const wallS = (performance.now() - startMs) / 1000;
  await close(members);
  return { wallS };
}

const EMPTY_ROOT = rootOf(new Uint8Array());

const pathOf = (at: number) => parsePath(`/bench/${Math.floor(at / 1000)}/${at}`);

function putAt(path: ReturnType<typeof pathOf>): Change {
  const file = { size: 0, mtimeMs: 0, executable: false, extents: [], root: EMPTY_ROOT };
  return { op: "put", path, file };
}

function commitOf(number: number, changes: Change[]): CommitRequest {
  return { number, digest: new Uint8Array(), changes, leases: [], locations: [] };
}

async function close(members: readonly Member[]): Promise<void> {
  await Promise.all(members.map((member) => member[Symbol.asyncDispose]()));
}
