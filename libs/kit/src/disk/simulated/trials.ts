/**
 * The same work tried again and again on fresh disks, disturbed at its first call, its second, and
 * so on to its last: whatever moment a fault comes at, what must hold holds.
 */
import { ManualClock } from "../../manual-clock.ts";
import { callError } from "./disk-error.ts";
import { seeded } from "./seeded.ts";
import { SimulatedDisk, type DiskCall } from "./simulated-disk.ts";

/** Some day in 2023, so that times look like times. */
const NOW_MS = 1_700_000_000_000;
/** Work that disturbs nothing any more after so many calls surely goes in a circle. */
const CALLS_MAX = 5_000;

/** One disk with its disturbance. */
export interface Trial {
  disk: SimulatedDisk;
  clock: ManualClock;
  /** The same seed and call give the same trial. */
  seed: number;
  /** The call that was disturbed, counted from the beginning of the work. */
  at: number;
}

export interface Outcome extends Trial {
  /** Whether the work was cut short by a crash. */
  crashed: boolean;
  /** What the work threw. */
  error: unknown;
}

export interface TrialsInit<World extends Trial = Trial> {
  seeds: readonly number[];
  /** Only every so many-th call, another of them for each seed; every one when absent. */
  step?: number;
  /** Makes what is there before, undisturbed. */
  prepare: (trial: Trial) => Promise<World>;
  work: (world: World) => Promise<void>;
  /** Looks at what is left, undisturbed. */
  check: (world: World, outcome: Outcome) => Promise<void>;
}

/** Cuts the power before every call. Returns how many trials there were. */
export function crashAtEveryCall<World extends Trial>(init: TrialsInit<World>): Promise<number> {
  return disturbEveryCall(init, ({ disk }) => disk.crash());
}

/** Makes every call fail, each alone, as a disk does that cannot read or write one place. */
export function breakEveryCall<World extends Trial>(init: TrialsInit<World>): Promise<number> {
  return disturbEveryCall(init, (_trial, call) => {
    throw callError("EIO", call);
  });
}

/** Leaves no space from every call on. */
export function fillAtEveryCall<World extends Trial>(init: TrialsInit<World>): Promise<number> {
  return disturbEveryCall(init, ({ disk }) => disk.leave(0));
}

async function disturbEveryCall<World extends Trial>(
  init: TrialsInit<World>,
  disturb: (trial: Trial, call: DiskCall) => void,
): Promise<number> {
  let trials = 0;
  for (const seed of init.seeds) {
    const { step = 1 } = init;
    for (let at = 1 + (seed % step); await tryOnce(init, { seed, at, disturb }); at += step) {
      if (at > CALLS_MAX) throw new RangeError(`more than ${CALLS_MAX} calls`);
      trials++;
    }
  }
  return trials;
}

interface Once {
  seed: number;
  at: number;
  disturb: (trial: Trial, call: DiskCall) => void;
}

/** Returns whether the work made as many calls. */
async function tryOnce<World extends Trial>(
  { prepare, work, check }: TrialsInit<World>,
  { seed, at, disturb }: Once,
): Promise<boolean> {
  const clock = new ManualClock({ nowMs: NOW_MS });
  const disk = new SimulatedDisk({ clock, random: seeded(seed * CALLS_MAX + at) });
  const trial = { disk, clock, seed, at };
  const world = await prepare(trial);
  const start = disk.calls;
  let reached = false;
  disk.before = (call) => {
    if (call.index - start !== at) return;
    reached = true;
    disturb(trial, call);
  };
  // The first call is made, and may crash, before `work` returns.
  const { crashed } = disk;
  const ended = work(world).then(
    () => ({ crashed: false, error: undefined }),
    (error: unknown) => ({ crashed: false, error }),
  );
  const outcome = await Promise.race([
    ended,
    crashed.then(() => ({ crashed: true, error: undefined })),
  ]);
  disk.before = () => undefined;
  try {
    await check(world, { ...trial, ...outcome });
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`seed ${seed}, call ${at}: ${text}`, { cause });
  }
  return reached;
}
