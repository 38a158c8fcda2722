/**
 * Figures of the whole system on this machine, beside what a user would pick instead:
 *
 *   npm run bench [-- --quick] [--only W1,W2] [--blocks 3] [--json]
 *
 * Real processes over loopback. In each block every contestant runs in turn, in fresh folders that
 * are deleted after the block: files made soon after many were deleted cost more. Machines differ
 * and drift: compare figures of one run only.
 */
import { rm } from "node:fs/promises";
import { parseArgs } from "node:util";
import { copiesWorkload } from "./copies-load.ts";
import { addRun, toJson, toTable, type Results } from "./figures.ts";
import { firstByte } from "./first-byte.ts";
import { growthWorkload } from "./index-growth.ts";
import { indexWorkloads } from "./index-load.ts";
import { millionWorkload } from "./index-million.ts";
import { freshFolder, transferWorkloads } from "./transfers.ts";
import { webWorkload } from "./web-million.ts";
import type { Workload } from "./workload.ts";

const MIB = 1024 * 1024;
const BLOCKS_DEFAULT = 3;

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    only: { type: "string" },
    blocks: { type: "string" },
  },
});

function workloads(): Workload[] {
  const { quick } = options;
  const all = [
    ...transferWorkloads({
      bigBytes: quick ? 128 * MIB : 1024 * MIB,
      smallFiles: quick ? 1000 : 10_000,
      changes: quick ? 5 : 30,
    }),
    firstByte({ bytes: quick ? 512 * MIB : 10 * 1024 * MIB, ranges: quick ? 10 : 50 }),
    ...indexWorkloads({
      paths: quick ? 10_000 : 100_000,
      commits: quick ? 100 : 1000,
      resolves: quick ? 40_000 : 200_000,
    }),
    millionWorkload(quick ? 100_000 : 1_000_000),
    webWorkload(quick ? 100_000 : 1_000_000),
    growthWorkload(quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000]),
    copiesWorkload({
      chunks: 10_000,
      scrubBytes: quick ? 128 * MIB : 1024 * MIB,
      leftOut: quick ? "takes minutes: run without --quick" : undefined,
    }),
  ];
  const only = options.only?.split(",");
  const unknown = only?.filter((name) => !all.some((workload) => workload.name === name)) ?? [];
  if (unknown.length === 0) return only ? all.filter(({ name }) => only.includes(name)) : all;
  const names = all.map(({ name }) => name).join(", ");
  throw new Error(`no workload is called ${unknown.join(", ")}: there are ${names}`);
}

async function runBlock(all: readonly Workload[], results: Results): Promise<void> {
  const used: string[] = [];
  try {
    for (const { name, contestants } of all) {
      for (const contestant of contestants) {
        const missing = await contestant.missing();
        if (missing !== undefined) {
          addRun(results, [name, contestant.name], missing);
          continue;
        }
        process.stderr.write(`${name}: ${contestant.name}\n`);
        const folder = await freshFolder();
        used.push(folder);
        addRun(results, [name, contestant.name], await contestant.run(folder));
      }
    }
  } finally {
    for (const folder of used) await rm(folder, { recursive: true, force: true });
  }
}

const all = workloads();
const results: Results = new Map();
const blocks = Number(options.blocks ?? (options.quick ? 1 : BLOCKS_DEFAULT));
for (let block = 0; block < blocks; block++) await runBlock(all, results);
const titles = new Map(all.map(({ name, title }) => [name, title]));
process.stdout.write(options.json ? `${toJson(results)}\n` : toTable(results, titles));
