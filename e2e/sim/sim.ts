/**
 * `npm run sim -- [--seeds N] [--from S] [--profile P] [--seed S] [--lines N]`: many seeds, of all
 * profiles in turn or of one, or one seed again.
 */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { mapBounded } from "@goliath/kit";
import { PROFILES, seedOf, type ProfileName } from "./profile.ts";
import { runSeed, type SeedResult } from "./run-seed.ts";

/** Seeds of one process: more would take gigabytes. */
const BATCH_SEEDS = 25;
/** Begins the line that names seeds which failed. */
const FAILED = "failed: ";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "100" },
    from: { type: "string", default: "1" },
    profile: { type: "string" },
    seed: { type: "string" },
    lines: { type: "string", default: "60" },
  },
});

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const { profile } = values;
if (profile !== undefined && !(profile in PROFILES)) throw new Error(`no profile ${profile}`);
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, i) =>
        seedOf(Number(values.from) + i, profile as ProfileName | undefined),
      )
    : [values.seed];
const failed = seeds.length > BATCH_SEEDS ? await inBatches() : await here();
write(`${seeds.length - failed.length} of ${seeds.length} seeds kept every promise`);
if (failed.length > 0) {
  write(`${FAILED}${failed.join(" ")}`);
  process.exitCode = 1;
}

/** One after the other, in this process. */
async function here(): Promise<string[]> {
  let current = "";
  const broken = new Set<string>();
  process.on("unhandledRejection", (error) => {
    write(
      `seed ${current}: nobody handles ${error instanceof Error ? error.stack : String(error)}`,
    );
    broken.add(current);
  });
  for (const seed of seeds) {
    current = seed;
    const result = await runSeed(seed, { traceLines: Number(values.lines) });
    if (result.failure) broken.add(seed);
    report(result);
  }
  return [...broken];
}

/** In processes of their own: programs that were killed leave some megabytes a seed behind. */
async function inBatches(): Promise<string[]> {
  const count = Math.ceil(seeds.length / BATCH_SEEDS);
  const batches = Array.from({ length: count }, (_, i) => i * BATCH_SEEDS);
  const { signal } = new AbortController();
  const found = await mapBounded(batches, availableParallelism(), (at) => batch(at), { signal });
  return found.flat();
}

/** Those of a batch that failed; all of it when its process ended early. */
async function batch(at: number): Promise<string[]> {
  const of = seeds.slice(at, at + BATCH_SEEDS);
  const args = ["--from", String(Number(values.from) + at), "--seeds", String(of.length)];
  if (profile !== undefined) args.push("--profile", profile);
  const child = spawn(process.execPath, [import.meta.filename, ...args, "--lines", values.lines], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const told: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) told.push(line);
  const end = told.findLastIndex((line) => line.endsWith("seeds kept every promise"));
  for (const line of told.slice(0, end < 0 ? undefined : end)) write(line);
  if (end < 0) write(`seeds ${of[0]} to ${of.at(-1)}: their process ended early`);
  if (end < 0) return of;
  const last = told.at(-1) ?? "";
  return last.startsWith(FAILED) ? last.slice(FAILED.length).split(" ") : [];
}

function report({ seed, failure, digest, events, revisions, seconds, trace }: SeedResult): void {
  if (!failure && values.seed === undefined) return;
  for (const line of trace) write(line);
  const outcome = failure ? (failure.stack ?? failure.message) : "kept every promise";
  write(
    `seed ${seed}: ${outcome}\n  ${events} events, ${revisions} revisions, ` +
      `${Math.round(seconds)} s simulated, history ${digest.slice(0, 16)}`,
  );
}
