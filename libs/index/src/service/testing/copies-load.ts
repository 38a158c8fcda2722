/** An index's part for copies under the load it is designed for, with keepers that only say so. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { silentLog, systemClock } from "@goliath/kit";
import {
  HEARTBEAT_INTERVAL_MS,
  type Holder,
  type HoldingsService,
} from "@goliath/protocols/holdings";
import { BLOCK_CHUNKS, GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import { openCopies } from "../copies/open-copies.ts";
import { HoldingsMap } from "../holdings/holdings-map.ts";
import { Presence } from "../holdings/presence.ts";
import { ReportDesk } from "../holdings/report-desk.ts";
import { wholeBlock } from "../copies/survey.ts";
import { HandEngine } from "./copies-world.ts";
import { testIdentity } from "./simulated-peer.ts";

const GRACE_MS = 2000;
const COPIES = 3;
const NANOSECONDS = 1e6;

export interface CopiesLoad {
  keepers: number;
  blocks: number;
  /** Blocks that the keeper that dies has copies of. */
  lostBlocks: number;
  chunkBytes: number;
}

export interface CopiesFigures {
  /** Taking all full reports. */
  reportCpuSeconds: number;
  /** Of the heap, for all that is known of copies. */
  heapMiB: number;
  /** One look at all blocks, with nothing to do. */
  lookCpuSeconds: number;
  /** The longest that the index did nothing else meanwhile. */
  stallMs: number;
  /** From the end of the grace until all chunks have their copies again. */
  repairSeconds: number;
  repairCpuSeconds: number;
}

export async function measureCopies(load: CopiesLoad): Promise<CopiesFigures> {
  const heapBefore = heapMiB();
  await using world = await openLoad(load);
  const reportCpuSeconds = await cpuOf(() => world.report());
  const chunks = load.blocks * BLOCK_CHUNKS;
  world.engine.use(0, chunks, { copies: COPIES, bytes: chunks * load.chunkBytes });
  await until(() => world.copies.report().counted && world.copies.report().used > 0);
  const heap = heapMiB() - heapBefore;
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const looks = world.copies.status().looks;
  const lookCpuSeconds = await cpuOf(async () => {
    await world.touch();
    await until(() => world.copies.status().looks > looks);
  });
  delay.disable();
  const startMs = systemClock.monotonicMs();
  world.die();
  const repairCpuSeconds = await cpuOf(async () => {
    await until(() => world.copies.report().under > 0);
    await until(() => world.copies.report().under === 0);
  });
  const repairSeconds = (systemClock.monotonicMs() - startMs - GRACE_MS) / 1000;
  const stallMs = delay.max / NANOSECONDS;
  return {
    reportCpuSeconds,
    heapMiB: heap,
    lookCpuSeconds,
    stallMs,
    repairSeconds,
    repairCpuSeconds,
  };
}

async function openLoad({ keepers, blocks, lostBlocks, chunkBytes }: CopiesLoad) {
  const engine = new HandEngine();
  const presence = new Presence(systemClock);
  const map = new HoldingsMap();
  const opened = await openCopies({
    engine,
    presence,
    map,
    readBack: () => Promise.reject(new GoliathError("unavailable", "nothing is here")),
    demandFull: () => undefined,
    clock: systemClock,
    log: silentLog,
    random: Math.random,
    settings: { graceMs: GRACE_MS, settleMs: 100, lookIntervalMs: 100 },
  });
  const { copies } = opened;
  const reports = new ReportDesk({ map, presence, keeping: copies, learn: async () => undefined });
  const peers = Array.from({ length: keepers }, (_, n) => testIdentity(n).peerId);
  const heldBy = spread({ keepers, blocks, lostBlocks });
  const services = new Map(peers.map((peer) => [peer, reports.serviceFor(peer)]));
  const tell = async (at: number): Promise<void> => {
    const service = services.get(peers[at] as PeerId);
    const added: ChunkRun[] = (heldBy[at] ?? []).map(wholeBlock);
    await service?.heartbeat(beatOf(added.length * BLOCK_CHUNKS * chunkBytes));
    await service?.begin({ session: "one" });
    const kept = { added, removed: [] };
    await service?.report({ number: 1, full: true, added, removed: [], kept });
  };
  const holders = peers.map((peer): Holder => {
    presence.arrive(peer, HOLDER);
    return HOLDER;
  });
  opened.start();
  const stop = new AbortController();
  const beating = keepBeating(services, stop.signal);
  return {
    engine,
    copies,
    report: async () => {
      for (let at = 0; at < keepers; at++) await tell(at);
    },
    /** Something changed: a look is due. */
    touch: () => tell(keepers - 1),
    die: () => presence.leave(peers[0] as PeerId, holders[0] as Holder),
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await beating;
      await opened.close();
    },
  };
}

async function keepBeating(
  services: ReadonlyMap<PeerId, HoldingsService>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await systemClock.sleep(HEARTBEAT_INTERVAL_MS, signal).catch(() => undefined);
    for (const service of services.values()) await service.heartbeat(beatOf(0));
  }
}

const nothing = async (): Promise<void> => undefined;
const HOLDER: Holder = { prove: nothing, announce: nothing, copy: nothing, drop: nothing };

function beatOf(usedBytes: number) {
  const capacityBytes = 2 ** 44;
  const keeper = { usedBytes, labels: [], draining: false };
  const said = { addresses: [], name: "keeper", capacityBytes, load: 0 };
  return { ...said, freeBytes: capacityBytes - usedBytes, keeper };
}

/** Each block at three keepers; the first keeper has only some. */
function spread({ keepers, blocks, lostBlocks }: Omit<CopiesLoad, "chunkBytes">): number[][] {
  const held: number[][] = Array.from({ length: keepers }, () => []);
  for (let block = 0; block < blocks; block++) {
    for (let copy = 0; copy < COPIES; copy++) {
      const turn = 1 + ((block * COPIES + copy) % (keepers - 1));
      const at = copy === 0 && block < lostBlocks ? 0 : turn;
      held[at]?.push(block);
    }
  }
  return held;
}

function heapMiB(): number {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 2 ** 20;
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await systemClock.sleep(5);
}
