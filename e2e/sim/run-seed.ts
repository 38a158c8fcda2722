/** One seed: a world, its people and its faults, then peace, and the checks of everything. */
import { BoundChecks } from "./checks/bound-checks.ts";
import { Convergence } from "./checks/convergence.ts";
import { CopyChecks } from "./checks/copy-checks.ts";
import { DiskChecks } from "./checks/disk-checks.ts";
import { DriveChecks } from "./checks/drive-checks.ts";
import { HoldingChecks } from "./checks/holding-checks.ts";
import { ServedChecks } from "./checks/served-checks.ts";
import { RevokedMember } from "./checks/revoked-member.ts";
import { Stranger } from "./checks/stranger.ts";
import { Faults } from "./faults.ts";
import { furnish, furnishKept } from "./furnish.ts";
import { Liar } from "./liar.ts";
import { LyingKeeper } from "./lying-keeper.ts";
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
  using _index = world.index;
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
  const [least, more] = world.profile.steps;
  await index.start();
  for (const peer of peers) {
    peer.prepare();
    await peer.start();
  }
  if (world.profile.isFurnished) await furnish(world);
  if (world.profile.keeping) await furnishKept(world);
  const checks = new DriveChecks(world);
  const disks = new DiskChecks(world);
  const served = new ServedChecks(world);
  const bounds = new BoundChecks(world);
  const holdings = new HoldingChecks(world);
  const copies = new CopyChecks(world);
  const look = async (): Promise<void> => {
    bounds.look();
    await disks.look();
    await holdings.look();
    copies.look();
  };
  const faults = new Faults(world, { drive: checks, disks, copies });
  const peace = new AbortController();
  const looking = everySoOften(world, { signal: peace.signal, look });
  const troubling = faults.run(peace.signal);
  const strangers = strangersOf(world);
  const knocking = strangers.map((stranger) => stranger.run(peace.signal));
  // The verdict has what they throw.
  for (const work of [looking, troubling, ...knocking]) work.catch(() => undefined);
  await new Workload(world, { checks, served }).run(least + draw.int(more));
  peace.abort();
  await Promise.all([looking, troubling, ...knocking]);
  await faults.end();
  for (const stranger of strangers) if (draw.chance(0.5)) stranger.leave?.();
  copies.calm();
  site.trace.note("world", "peace");
  await new Convergence(world, checks).wait();
  await disks.atRest();
  holdings.atRest();
  if (world.profile.keeping) await copies.comeTogether();
  for (const stranger of strangers) await stranger.finish?.();
  bounds.atRest();
}

/** Whoever is on the network and no peer of ours. */
interface Outsider {
  run(signal: AbortSignal): Promise<void>;
  /** Its machine is gone, or it goes on. */
  leave?(): void;
  /** Once all has come together. */
  finish?(): Promise<void>;
}

function strangersOf(world: World): Outsider[] {
  const { liars, revoked, keeping } = world.profile;
  const draw = world.random.fork("lying keepers");
  const lying = keeping && draw.chance(keeping.lying) ? 1 + draw.int(keeping.liarsMax) : 0;
  const named = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${name}${i}`);
  return [
    new Stranger(world),
    ...named("liar", liars).map((name) => new Liar(world, name)),
    ...named("false", lying).map((name) => new LyingKeeper(world, name)),
    ...named("out", revoked).map((name) => new RevokedMember(world, name)),
  ];
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
