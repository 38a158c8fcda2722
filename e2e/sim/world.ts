/** One simulated drive: an index and some peers on one network, under one clock. */
import { ManualClock } from "@goliath/kit";
import { createSimulatedWorld } from "@goliath/net";
import type { PeerId } from "@goliath/protocols/nouns";
import { DriveRecord } from "./drive-record.ts";
import { IndexMachine } from "./index-machine.ts";
import { PeerMachine } from "./peer-machine.ts";
import { drawKeepers } from "./keeper-machines.ts";
import { profileOf, type Profile } from "./profile.ts";
import { seededRandom, type Random } from "./random.ts";
import { Site } from "./site.ts";
import { traceLog } from "./trace-log.ts";
import { Trace } from "./trace.ts";

/** Where simulated time begins: any time will do that is not 0. */
const START_MS = Date.UTC(2026, 0, 1);
const NAMES = ["alice", "bob", "carol", "dave", "erin"];
/** Milliseconds of simulated time between two looks at whether the script is done. */
const STEP_MS = 1_000;
/** Milliseconds of simulated time after which something must hang: the past is an hour at least. */
const WHOLE_MS_MAX = 6 * 3_600_000;

export interface World {
  seed: string;
  profile: Profile;
  site: Site;
  random: Random;
  record: DriveRecord;
  index: IndexMachine;
  peers: PeerMachine[];
  /** Those whose machines are gone for good. */
  gone: PeerMachine[];
  /** Whether a backup of the index was put back. */
  wasRestored: boolean;
  /** Whether bytes on some disk changed by themselves. */
  hasRotted: boolean;
  /** Keepers that lie, and of these those that have what they are given, for a while. */
  lies: { keepers: number; forgetful: number };
}

export function createWorld(seed: string): World {
  const random = seededRandom(`goliath ${seed}`);
  const profile = profileOf(seed);
  const draw = random.fork("world");
  const clock = new ManualClock({ nowMs: START_MS });
  const trace = new Trace(clock);
  const network = createSimulatedWorld({
    clock,
    random: random.fork("jitter").next,
    log: traceLog("net", { trace, clock }),
  });
  const slowness = draw.pick([0, 0.02, 0.2]);
  const site = new Site({ clock, network, random, trace, slowness, effectMs: draw.pick([1, 20]) });
  const record = new DriveRecord(site);
  const isSqlite = random.fork("store").chance(profile.sqlite);
  const copies = profile.keeping?.copies ?? {};
  const index = new IndexMachine({ site, record, isSqlite, copies });
  const clumsiness = draw.pick(profile.clumsiness);
  const [least, more] = profile.peers;
  const peers = NAMES.slice(0, least + draw.int(more)).map(
    (name) => new PeerMachine({ name, site, index, clumsiness, profile }),
  );
  peers.push(...drawKeepers({ site, index, profile }, random.fork("keepers")));
  const flags = { wasRestored: false, hasRotted: false, lies: { keepers: 0, forgetful: 0 } };
  const world: World = { seed, profile, site, random, record, index, peers, gone: [], ...flags };
  shapeLinks(world, draw);
  return world;
}

export function idsOf({ index, peers }: World): PeerId[] {
  return [index, ...peers].map(({ identity }) => identity.peerId);
}

/** Those who use the drive, and have pledged nothing to it. */
export function peopleOf({ peers }: World): PeerMachine[] {
  return peers.filter(({ capacityBytes }) => capacityBytes === 0);
}

/** All peers' machines are off for so long: an hour of their heartbeats costs more than all else. */
export async function sleepOver({ peers, site }: World, ms: number): Promise<void> {
  site.trace.note("world", "all machines but the index's are off");
  const off = [...peers];
  for (const peer of off) await peer.stop();
  await site.clock.sleep(ms);
  for (const peer of off) await peer.start();
}

/** Runs `script` to its end, moving time on whenever everything rests. */
export async function runScript(world: World, script: () => Promise<void>): Promise<void> {
  const { clock, verdict } = world.site;
  let over = false;
  const done = script().finally(() => (over = true));
  done.catch(() => undefined);
  while (!over && !verdict.broken) {
    await clock.advance(STEP_MS);
    if (clock.monotonicMs() > WHOLE_MS_MAX) verdict.fail(0, "the simulation does not end");
  }
  if (verdict.broken) throw verdict.broken;
  await done;
}

/** Every direction has its own distance, some next to none. */
function shapeLinks(world: World, draw: Random): void {
  const farMs = draw.pick([0, 5, 80]);
  const jitterMs = draw.pick([0, 3, 40]);
  const bytesPerMs = draw.pick([Number.POSITIVE_INFINITY, 1_000, 50]);
  for (const from of idsOf(world)) {
    for (const to of idsOf(world)) {
      if (from === to) continue;
      const latencyMs = draw.next() * farMs;
      world.site.network.shape({ from, to }, { latencyMs, jitterMs, bytesPerMs });
    }
  }
}
