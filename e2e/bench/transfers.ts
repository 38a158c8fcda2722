/** W1, W2, W3: from a folder on A to B's disk, by each contestant in turn. */
import { mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../world/settled.ts";
import { aria2 } from "./aria2-pair.ts";
import type { Contestant, Pair } from "./contestant.ts";
import { quantile, type Figures } from "./figures.ts";
import { goliath } from "./goliath-pair.ts";
import { cpuSeconds, watchMemory } from "./process-tree.ts";
import { rsync } from "./rsync-pair.ts";
import { countFiles, makeBigFile, makeSmallFiles, warm } from "./sources.ts";
import { syncthing } from "./syncthing-pair.ts";
import type { Workload } from "./workload.ts";

const MIB = 1024 * 1024;
/** How often it is looked whether a change has arrived. */
const LOOK_MS = 2;

export interface TransferSizes {
  bigBytes: number;
  smallFiles: number;
  changes: number;
}

interface Run {
  folder: string;
  make: (source: string) => Promise<void>;
}

export function transferWorkloads({ bigBytes, smallFiles, changes }: TransferSizes): Workload[] {
  const big = (source: string): Promise<void> => makeBigFile(source, bigBytes);
  const small = (source: string): Promise<void> =>
    makeSmallFiles(source, { count: smallFiles, bytes: 8192 });
  const few = (source: string): Promise<void> =>
    makeSmallFiles(source, { count: 100, bytes: 8192 });
  const all = [goliath, syncthing, rsync, aria2];
  const following = all.filter(({ follows }) => follows);
  const entries = (contestants: Contestant[], make: Run["make"], measure: typeof transfer) =>
    contestants.map((contestant) => ({
      name: contestant.name,
      missing: () => contestant.missing(),
      run: (folder: string) => measure(contestant, { folder, make }),
    }));
  const follow: typeof transfer = (contestant, run) => changed(contestant, { ...run, changes });
  return [
    {
      name: "W1",
      title: `one file of ${bigBytes / MIB} MiB, published on A, verified on B's disk`,
      contestants: entries(all, big, transfer),
    },
    {
      name: "W2",
      title: `${smallFiles} files of 8 KiB in folders of a hundred`,
      contestants: entries(all, small, transfer),
    },
    {
      name: "W3",
      title: "one small file added to a shared folder until it is on B's disk",
      contestants: entries(following, few, follow),
    },
  ];
}

async function transfer(contestant: Contestant, run: Run): Promise<Figures> {
  const { pair, source, target } = await prepare(contestant, run);
  await using _pair = pair;
  using memory = await watchMemory(pair.roots());
  const cpuBefore = await cpuSeconds(pair.roots());
  const startMs = performance.now();
  const gone = await pair.transfer(source);
  const wallS = (performance.now() - startMs) / 1000;
  const cpuS = (await cpuSeconds(pair.roots())) - cpuBefore + gone;
  await memory.sample();
  const [sent, arrived] = [await countFiles(source), await countFiles(target)];
  if (sent.files !== arrived.files || sent.bytes !== arrived.bytes) {
    throw new Error(`${contestant.name}: ${JSON.stringify({ sent, arrived })}`);
  }
  return { wallS, cpuS, rssMiB: memory.peakMiB };
}

async function changed(contestant: Contestant, run: Run & { changes: number }): Promise<Figures> {
  const { pair, source, target } = await prepare(contestant, run);
  await using _pair = pair;
  await pair.transfer(source);
  const cpuBefore = await cpuSeconds(pair.roots());
  const times: number[] = [];
  for (let at = 0; at < run.changes; at++) {
    const name = join("0", `change-${at}`);
    const startMs = performance.now();
    await writeFile(join(source, name), `change ${at}`);
    const there = (): Promise<number | undefined> =>
      stat(join(target, name)).then(
        ({ size }) => size,
        () => undefined,
      );
    await until(there, Boolean, { what: name, pollMs: LOOK_MS });
    times.push(performance.now() - startMs);
  }
  const cpuS = (await cpuSeconds(pair.roots())) - cpuBefore;
  return { medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95), cpuS };
}

async function prepare(
  contestant: Contestant,
  { folder, make }: Run,
): Promise<{ pair: Pair; source: string; target: string }> {
  const [source, target, own] = [
    join(folder, "a/data"),
    join(folder, "b/data"),
    join(folder, "own"),
  ];
  for (const path of [source, target, own]) await mkdir(path, { recursive: true });
  await make(source);
  await warm(source);
  return { pair: await contestant.open(own, target), source, target };
}

/** A fresh folder for a run; the block deletes it when all its runs are over. */
export function freshFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "goliath-bench-"));
}
