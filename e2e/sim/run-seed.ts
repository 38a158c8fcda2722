/** One seed: a world, its people and its faults, then peace, and the checks of everything. */
import { BoundChecks } from "./checks/bound-checks.ts";
import { Convergence } from "./checks/convergence.ts";
import { DiskChecks } from "./checks/disk-checks.ts";
import { DriveChecks } from "./checks/drive-checks.ts";
import { Stranger } from "./checks/stranger.ts";
import { Faults } from "./faults.ts";
import { createWorld, runScript, type World } from "./world.ts";
import { Workload } from "./workload.ts";

/** Milliseconds of simulated time between two looks at all disks. */
const LOOK_MS = 2_000;

export interface SeedResult {
  seed: string;
  /** Equal for equal histories. */
  digest: string;
  /** What was broken; undefined when every promise was kept. */
  failure: Error | undefined;
  /** Things that happened, revisions made, and seconds of simulated time. */
  events: number;
  revisions: number;
  seconds: number;
  /** The newest lines of what happened. */
  trace: string[];
}

export interface RunSeedOptions {
  /** Lines of the trace given back. */
  traceLines?: number;
}

export async function runSeed(
  seed: string,
  { traceLines = 200 }: RunSeedOptions = {},
): Promise<SeedResult> {
  const world = createWorld(seed);
  let failure: Error | undefined;
  try {
    await runScript(world, () => live(world));
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
  }
  const { trace, clock } = world.site;
  return {
    seed,
    digest: trace.digest(),
    failure,
    events: trace.count,
    revisions: world.record.revision,
    seconds: clock.monotonicMs() / 1000,
    trace: trace.last(traceLines),
  };
}

async function live(world: World): Promise<void> {
  const { site, index, peers, random } = world;
  const draw = random.fork("script");
  await index.start();
  for (const peer of peers) {
    peer.prepare();
    await peer.start();
  }
  const checks = new DriveChecks(world);
  const disks = new DiskChecks(world);
  const bounds = new BoundChecks(world);
  const look = async (): Promise<void> => {
    bounds.look();
    await disks.look();
  };
  const faults = new Faults(world, checks);
  const peace = new AbortController();
  const looking = everySoOften(world, { signal: peace.signal, look });
  const troubling = faults.run(peace.signal);
  const knocking = new Stranger(world).run(peace.signal);
  // The verdict has what they throw.
  for (const work of [looking, troubling, knocking]) work.catch(() => undefined);
  await new Workload(world, checks).run(20 + draw.int(60));
  peace.abort();
  await Promise.all([looking, troubling, knocking]);
  await faults.end();
  site.trace.note("world", "peace");
  await new Convergence(world, checks).wait();
  await disks.look();
  bounds.atRest();
}

async function everySoOften(
  { site }: World,
  { signal, look }: { signal: AbortSignal; look: () => Promise<void> },
): Promise<void> {
  while (!signal.aborted) {
    await site.clock.sleep(LOOK_MS, signal).catch(() => undefined);
    await look();
  }
}
