/**
 * An index and five peers under mixed load, killed, frozen and parted at random; in the end all there
 * is is compared and memory has stayed flat. GOLIATH_SOAK_MINUTES sets how long (20), GOLIATH_SEED
 * repeats the choices.
 */
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import type { Daemon } from "../world/daemon.ts";
import { folderContent, steadyContent } from "../world/folder-content.ts";
import { FolderLoad } from "../world/folder-load.ts";
import { MemoryTable } from "../world/memory-table.ts";
import { checkMirror, leftovers } from "../world/mirror-check.ts";
import { noNamespaces, openNamespaces, type Namespaces } from "../world/namespaces.ts";
import { openChoices, type SeededChoices } from "../world/seeded-choices.ts";
import { until } from "../world/settled.ts";
import { keyOf, versionOf } from "../world/versioned-file.ts";
import { openWorld, type World } from "../world/world.ts";
import { WriterLoad } from "../world/writer-load.ts";

const MINUTES = Number(process.env["GOLIATH_SOAK_MINUTES"] ?? 20);
const RUN_MS = MINUTES * 60_000;
const SETTLE_MS = 4 * 60_000;
const TIMEOUT_MS = RUN_MS + 10 * 60_000;
/** Between two things that users or programs do, per load. */
const STEP_PAUSE_MS = 150;
/** Between two faults. */
const CALM_MS_MIN = 2_000;
const CALM_MS_MAX = 8_000;
/** A process is frozen, or two parted, for so long: beyond the 20 s after which it is noticed. */
const FROZEN_MS_MAX = 25_000;

const PEERS = ["alice", "bob", "carol", "dave", "erin"] as const;
const SHARED = { alice: "/share-a", bob: "/share-b" } as const;
const MIRRORED = { carol: "/", dave: "/share-a", erin: "/" } as const;

interface Stage {
  world: World;
  daemons: Map<string, Daemon>;
  writers: WriterLoad[];
  random: SeededChoices;
  net: Namespaces | undefined;
}

const reason = await noNamespaces();
process.stdout.write(reason ? `no partitions: ${reason}\n` : "");

function openMachines(net: Namespaces | undefined): Promise<World> {
  if (!net) return openWorld("mixed");
  return openWorld("mixed", (name) => ({
    args: ["--listen", `/ip4/${net.address(name)}/tcp/4600`, "--no-mdns"],
    through: net.through(name),
  }));
}

async function openStage(world: World, net: Namespaces | undefined): Promise<Stage> {
  const daemons = new Map<string, Daemon>([["index", world.index]]);
  for (const name of PEERS) daemons.set(name, await world.join(name));
  return { world, daemons, writers: [], random: openChoices(), net };
}

function daemonOf({ daemons }: Stage, name: string): Daemon {
  const daemon = daemons.get(name);
  if (!daemon) throw new RangeError(`no daemon is called ${name}`);
  return daemon;
}

/** Starts everything that works; returns what is done again and again. */
async function openLoads(stage: Stage, signal: AbortSignal): Promise<(() => Promise<void>)[]> {
  const { world, random } = stage;
  const folders: FolderLoad[] = [];
  for (const [name, path] of Object.entries(SHARED)) {
    const root = world.path(`source${path}`);
    const aside = world.path(`aside-${name}`);
    const folder = new FolderLoad({ root, aside, name, random: random.fork() });
    await folder.open();
    await daemonOf(stage, name).call("share", { local: root, path });
    folders.push(folder);
  }
  await daemonOf(stage, "alice").call("mkdir", { path: "/written" });
  for (const name of PEERS) {
    const init = { peer: daemonOf(stage, name), path: `/written/${name}`, random: random.fork() };
    const writer = new WriterLoad({ ...init, signal });
    await writer.open();
    stage.writers.push(writer);
  }
  for (const [name, path] of Object.entries(MIRRORED)) {
    await mkdir(copyOf(stage, name), { recursive: true });
    const mirror = { path, local: copyOf(stage, name) };
    daemonOf(stage, name)
      .call("mirror", mirror)
      .catch(() => undefined);
  }
  return [...folders, ...stage.writers].map((load) => () => load.step());
}

function copyOf({ world }: Stage, name: string): string {
  return world.path(`copy-${name}`);
}

/** One fault, and its end. */
async function disturb(stage: Stage): Promise<string> {
  const { random, net } = stage;
  const names = ["index", ...PEERS];
  const name = random.pick(names);
  const daemon = daemonOf(stage, name);
  const dice = random.below(10);
  const forMs = random.between(500, FROZEN_MS_MAX);
  if (dice < 6) {
    await daemon.kill();
    await daemon.start();
    return "kill";
  }
  if (dice < 8 || !net) {
    daemon.freeze();
    await sleep(forMs);
    daemon.thaw();
    return "freeze";
  }
  const other = random.pick(names.filter((one) => one !== name));
  if (random.below(2) === 0) await net.part(name, other);
  else await net.drop({ from: name, to: other });
  await sleep(forMs);
  await net.heal();
  return "part";
}

async function checkCopies(stage: Stage): Promise<void> {
  for (const name of Object.keys(MIRRORED)) {
    const except = (path: string): boolean => path.endsWith("/journal");
    expect((await checkMirror(copyOf(stage, name), { except })).wrong).toEqual([]);
  }
}

async function workAndDisturb(stage: Stage, steps: (() => Promise<void>)[], stop: AbortController) {
  const { signal } = stop;
  const faults: Record<string, number> = {};
  const endMs = performance.now() + RUN_MS;
  const work = steps.map(async (step) => {
    while (!signal.aborted) {
      await step();
      await sleep(STEP_PAUSE_MS);
    }
  });
  const ended = Promise.all(work).catch((error: unknown) => {
    if (!(error instanceof Error && error.name === "AbortError")) throw error;
  });
  const disturbing = (async () => {
    while (performance.now() < endMs) {
      await sleep(stage.random.between(CALM_MS_MIN, CALM_MS_MAX));
      const fault = await disturb(stage);
      faults[fault] = (faults[fault] ?? 0) + 1;
      await checkCopies(stage);
    }
  })();
  try {
    await Promise.race([disturbing, ended]);
  } finally {
    stop.abort();
    await ended;
  }
  return faults;
}

/** The drive, each mirror and the model say the same. */
async function compareAll(stage: Stage): Promise<void> {
  const { world, writers } = stage;
  for (const writer of writers) await writer.check();
  const { revision } = await world.index.call<{ revision: number }>("status");
  for (const [name, path] of Object.entries(MIRRORED)) {
    await until(
      () =>
        daemonOf(stage, name).call<{ mirrors: { state: string; revision: number }[] }>("status"),
      ({ mirrors: [mirror] }) => mirror?.state === "complete" && mirror.revision >= revision,
      { what: `${name}'s mirror being complete`, timeoutMs: SETTLE_MS, pollMs: 500 },
    );
    const copy = copyOf(stage, name);
    for (const shared of Object.values(SHARED).filter((one) => path === "/" || path === one)) {
      const [source, at] = [world.path(`source${shared}`), join(copy, path === "/" ? shared : "")];
      await until(
        async () => ({ ours: await folderContent(source), theirs: await steadyContent(at) }),
        ({ ours, theirs }) => JSON.stringify(ours) === JSON.stringify(theirs),
        { what: `${at} following ${source}`, timeoutMs: SETTLE_MS, pollMs: 1_000 },
      );
    }
    if (path === "/") for (const writer of writers) await compareWritten(writer, copy);
    expect(await leftovers(copy)).toEqual([]);
  }
}

async function compareWritten(writer: WriterLoad, copy: string): Promise<void> {
  const folder = join(copy, writer.path);
  const names = (await readdir(folder)).filter((name) => !["fence", "journal"].includes(name));
  const found = names.map(async (name): Promise<[string, string]> => [
    name,
    keyOf(versionOf(await readFile(join(folder, name)))),
  ]);
  expect(Object.fromEntries(await Promise.all(found))).toEqual(Object.fromEntries(writer.files));
}

it(`works for ${MINUTES} minutes whatever fails`, { timeout: TIMEOUT_MS }, async () => {
  await using net = reason ? undefined : await openNamespaces(["index", ...PEERS]);
  await using world = await openMachines(net);
  const stage = await openStage(world, net);
  const stop = new AbortController();
  const memory = new MemoryTable(stage.daemons);
  const sampling = memory.sample(stop.signal);
  const steps = await openLoads(stage, stop.signal);
  const faults = await workAndDisturb(stage, steps, stop);
  await sampling;
  const counts = stage.writers.map(({ counts }) => counts);
  const lines = [JSON.stringify({ faults, counts }), "RSS by quarter, MiB:", ...memory.lines()];
  process.stdout.write(`${lines.join("\n")}\n`);
  await compareAll(stage);
  expect(memory.grown()).toEqual([]);
});
