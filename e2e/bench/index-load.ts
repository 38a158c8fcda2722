/** The index alone: resolves and commits, by clients over real TCP. */
import { parsePath } from "@goliath/protocols/nouns";
import type { Member } from "../world/index-client.ts";
import type { World } from "../world/world.ts";
import { quantile, type Figures } from "./figures.ts";
import { commitOf, inWorld, openMembers, putAt, timed } from "./index-drive.ts";
import { ours, type Workload } from "./workload.ts";

/** Requests each client has under way: as many as a peer that publishes or looks through a tree. */
const IN_FLIGHT = 32;
const WRITERS = 8;
const READERS = 4;
/** Of the resolves, this part is asked before the measurement: it compiles what is hot. */
const WARM_UP = 0.25;

export interface IndexSizes {
  paths: number;
  commits: number;
  resolves: number;
}

export function indexWorkloads({ paths, commits, resolves }: IndexSizes): Workload[] {
  return [
    ours("resolve", {
      title:
        `index: ${resolves} resolves of one path from ${READERS} clients, ` +
        `${IN_FLIGHT} of each under way`,
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

async function resolveMany(world: World, count: number): Promise<Figures> {
  await using members = await openMembers(world, READERS);
  const paths = Array.from({ length: 1000 }, (_, at) => pathOf(at));
  await members.all[0]?.index.commit(commitOf(1, paths.map(putAt)));
  await resolveAll(members.all, { paths, count: Math.ceil(count * WARM_UP) });
  let times: number[] = [];
  const { wallS, ...cpu } = await timed(world, async () => {
    times = await resolveAll(members.all, { paths, count });
  });
  return { perSecond: count / wallS, p99Ms: quantile(times, 0.99), wallS, ...cpu };
}

/** Milliseconds that each took, as its caller saw it. */
async function resolveAll(
  members: readonly Member[],
  { paths, count }: { paths: ReturnType<typeof pathOf>[]; count: number },
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const ask = async ({ index }: Member): Promise<void> => {
    while (next < count) {
      const path = paths[next++ % paths.length] ?? pathOf(0);
      const startMs = performance.now();
      const { entries } = await index.resolve({ paths: [path] });
      times.push(performance.now() - startMs);
      if (entries[0]?.kind !== "file") throw new Error(`${path} was not resolved`);
    }
  };
  await Promise.all(
    members.flatMap((member) => Array.from({ length: IN_FLIGHT }, () => ask(member))),
  );
  return times;
}

async function commitMany(
  world: World,
  { paths, commits }: { paths: number; commits: number },
): Promise<Figures> {
  const writers = Math.min(WRITERS, commits);
  await using members = await openMembers(world, writers);
  const each = Math.ceil(paths / commits);
  const write = async ({ index }: Member, from: number): Promise<void> => {
    for (let at = from; at < commits; at += writers) {
      const puts = Array.from({ length: each }, (_, i) => putAt(pathOf(at * each + i)));
      await index.commit(commitOf(at + 1, puts));
    }
  };
  const figures = await timed(world, async () => {
    await Promise.all(members.all.map(write));
  });
  return figures;
}

const pathOf = (at: number) => parsePath(`/bench/${Math.floor(at / 1000)}/${at}`);
