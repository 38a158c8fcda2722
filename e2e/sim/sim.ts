/**
 * `npm run sim -- [--seeds N] [--from S] [--profile P] [--seed S] [--lines N]`: many seeds, of all
 * profiles in turn or of one, or one seed again.
 */
import { parseArgs } from "node:util";
import { PROFILES, seedOf, type ProfileName } from "./profile.ts";
import { runSeed, type SeedResult } from "./run-seed.ts";

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
let current = "";
process.on("unhandledRejection", (error) => {
  write(`seed ${current}: nobody handles ${error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 1;
});
const failed: string[] = [];
for (const seed of seeds) {
  current = seed;
  const result = await runSeed(seed, { traceLines: Number(values.lines) });
  if (result.failure) failed.push(seed);
  report(result);
}
write(`${seeds.length - failed.length} of ${seeds.length} seeds kept every promise`);
if (failed.length > 0) {
  write(`failed: ${failed.join(" ")}`);
  process.exitCode = 1;
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
