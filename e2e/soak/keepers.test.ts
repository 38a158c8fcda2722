/**
 * Writers that put, append, move and remove with copies, while keepers die for good and new ones
 * come, are drained and taken away, killed and frozen, and the index is killed too. In the end the
 * writers are gone as well: all is read from the keepers and compared, and memory has stayed flat.
 * GOLIATH_SOAK_MINUTES sets how long (20), GOLIATH_SEED repeats the choices.
 */
import { rm } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { openCopiesWorld, type CopiesWorld, type Put } from "../world/copies-world.ts";
import type { Daemon } from "../world/daemon.ts";
import { MemoryTable } from "../world/memory-table.ts";
import { openChoices, type SeededChoices } from "../world/seeded-choices.ts";
import { WriterLoad } from "../world/writer-load.ts";

const MINUTES = Number(process.env["GOLIATH_SOAK_MINUTES"] ?? 20);
const RUN_MS = MINUTES * 60_000;
const TIMEOUT_MS = RUN_MS + 20 * 60_000;
/** Until all has its copies again: everything of a keeper is copied, on a machine that is busy. */
const WHOLE_MS = 6 * 60_000;
/** Between two writes of one writer: what is kept for 30 days must fit on the machine's disk. */
const STEP_PAUSE_MS = 500;
/** Between two faults. */
const CALM_MS_MAX = 5_000;
/** Frozen for so long: beyond the 20 s after which it is noticed. */
const FROZEN_MS_MAX = 25_000;

/** All writes are at two keepers when they are acknowledged; repair sees to the third. */
const WISH = { copies: 3, minCopies: 2 };
const KEEPERS = 5;
/** How often a new keeper tries to join. */
const JOINS_MAX = 5;
/** Keepers that are never taken away: whose memory is watched. */
const STEADY = 2;
const WRITERS = ["alice", "bob"];
/** Put once in the beginning, and not touched until the end. */
const ARCHIVED = 8;

interface Stage {
  world: CopiesWorld;
  daemons: Map<string, Daemon>;
  writers: WriterLoad[];
  archive: Put[];
  random: SeededChoices;
  /** Keepers that came, dead ones too. */
  born: number;
  faults: Record<string, number>;
}

async function openStage(world: CopiesWorld): Promise<Stage> {
  const archive: Put[] = [];
  const wish = ["--copies", `${WISH.copies}`, "--min-copies", `${WISH.minCopies}`];
  while (archive.length < ARCHIVED) archive.push(await world.putWhole(...wish));
  const steady = world.keepers.slice(0, STEADY).map((keeper, at) => [`k${at}`, keeper] as const);
  const daemons = new Map<string, Daemon>([["index", world.index], ...steady]);
  for (const name of WRITERS) daemons.set(name, await world.world.join(name));
  const random = openChoices();
  return { world, daemons, archive, random, writers: [], born: KEEPERS, faults: {} };
}

async function openWriters(stage: Stage, signal: AbortSignal): Promise<void> {
  const { random, daemons } = stage;
  for (const name of WRITERS) {
    const init = { peer: daemons.get(name) as Daemon, path: `/${name}`, signal, wish: WISH };
    const writer = new WriterLoad({ ...init, random: random.fork() });
    await writer.open();
    stage.writers.push(writer);
  }
}

/** A new keeper; on a machine that is busy the index may not answer its first words in time. */
async function joinAtLast(stage: Stage): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await stage.world.join(`keeper-${++stage.born}`);
      return;
    } catch (error) {
      if (attempt === JOINS_MAX) throw error;
    }
  }
}

/** A keeper that may be taken away leaves the world, and with it its home. */
async function takeAway(stage: Stage, leave: (keeper: Daemon) => Promise<unknown>): Promise<void> {
  const { world, random } = stage;
  const at = random.between(STEADY, KEEPERS - 1);
  const keeper = world.keeper(at);
  await leave(keeper);
  world.keepers.splice(at, 1);
  await rm(keeper.home, { recursive: true });
  await joinAtLast(stage);
  // Nothing else goes for good before what it had is elsewhere again.
  await world.whole("/", { copies: WISH.copies, timeoutMs: WHOLE_MS });
}

/** One fault, and its end. */
async function disturb(stage: Stage): Promise<string> {
  const { world, daemons, random } = stage;
  const dice = random.below(10);
  if (dice < 4) {
    await takeAway(stage, (keeper) => keeper.kill());
    return "died for good";
  }
  if (dice < 5) {
    await takeAway(stage, async (keeper) => {
      await keeper.call("drain", {}, AbortSignal.timeout(WHOLE_MS));
      return keeper.stop();
    });
    return "drained";
  }
  const victim = random.pick([...world.keepers, ...daemons.values()]);
  if (dice < 8) {
    await victim.kill();
    await victim.start();
    return "killed";
  }
  victim.freeze();
  await sleep(random.between(500, FROZEN_MS_MAX));
  victim.thaw();
  return "frozen";
}

async function workAndDisturb(stage: Stage, stop: AbortController): Promise<void> {
  const { signal } = stop;
  const { writers, faults, random } = stage;
  const work = writers.map(async (writer) => {
    while (!signal.aborted) {
      await writer.step();
      await sleep(STEP_PAUSE_MS);
    }
  });
  const ended = Promise.all(work).catch((error: unknown) => {
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
  });
  const endMs = performance.now() + RUN_MS;
  const disturbing = (async () => {
    while (performance.now() < endMs) {
      await sleep(random.below(CALM_MS_MAX));
      const startMs = performance.now();
      const fault = await disturb(stage);
      faults[fault] = (faults[fault] ?? 0) + 1;
      process.stdout.write(`${fault}: ${Math.round(performance.now() - startMs)} ms\n`);
    }
  })();
  try {
    await Promise.race([disturbing, ended]);
  } finally {
    stop.abort();
    await ended;
  }
}

/** By somebody new, from the keepers alone. */
async function readAll({ world, writers, archive, daemons }: Stage): Promise<void> {
  const reader = await world.world.join("reader", { role: "reader" });
  await world.whole("/", { copies: WISH.copies, peer: reader, timeoutMs: WHOLE_MS });
  for (const name of WRITERS) await daemons.get(name)?.stop();
  await world.writer.stop();
  for (const put of archive) await world.expectWhole(reader, put);
  for (const writer of writers) await writer.compare(reader);
}

it(
  `keepers die and come for ${MINUTES} minutes, and nothing is lost`,
  async () => {
    const names = Array.from({ length: KEEPERS }, (_, at) => `keeper-${at + 1}`);
    await using world = await openCopiesWorld({ name: "keepers-soak", keepers: names, chunks: 4 });
    const stage = await openStage(world);
    const stop = new AbortController();
    const memory = new MemoryTable(stage.daemons);
    const sampling = memory.sample(stop.signal);
    const settling = new AbortController();
    await openWriters(stage, settling.signal);
    await workAndDisturb(stage, stop);
    await sampling;
    for (const writer of stage.writers) await writer.settle();
    const { writers, faults } = stage;
    const counts = writers.map((writer) => writer.counts);
    const lines = [JSON.stringify({ faults, counts }), "RSS by quarter, MiB:", ...memory.lines()];
    process.stdout.write(`${lines.join("\n")}\n`);
    await readAll(stage);
    // None of them lied: whoever dies, or is slow, is not taken for a liar.
    expect((await world.figures()).get("goliath_index_copies_caught_total")).toBe(0);
    expect(memory.grown()).toEqual([]);
  },
  TIMEOUT_MS,
);
