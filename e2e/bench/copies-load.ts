/**
 * Copies: what they cost an index with many keepers, how soon they are whole again when a keeper is
 * gone, and what hashing anew costs a keeper.
 */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { promisify } from "node:util";
import { openPackChunkStore, type PackChunkStore, type PackWork } from "@goliath/chunks";
import { RateLimiter, systemClock, systemDisk } from "@goliath/kit";
import { digestOf, type ChunkId } from "@goliath/protocols/nouns";
import { openCopiesWorld, type CopiesWorld } from "../world/copies-world.ts";
import { until } from "../world/settled.ts";
import type { Figures } from "./figures.ts";
import { cpuSeconds } from "./process-tree.ts";
import { makeSmallFiles } from "./sources.ts";
import type { Workload } from "./workload.ts";

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const COPIES = fileURLToPath(new URL("copies.ts", import.meta.url));
/** Bytes a second of a scrub that is bounded: it must take no more than its part. */
const BOUND = 32 * MIB;
const FILE_BYTES = 8192;
/** Of a keeper that dies, in milliseconds: what is waited before its copies are made anew. */
const GRACE_MS = 1000;

export interface CopiesSizes {
  /** Chunks, of a file each, that lose a copy. */
  chunks: number;
  scrubBytes: number;
  /** Why the long ones are left out; undefined where they are not. */
  leftOut?: string | undefined;
}

export function copiesWorkload({ chunks, scrubBytes, leftOut }: CopiesSizes): Workload {
  const long = async (): Promise<string | undefined> => leftOut;
  return {
    name: "copies",
    title: `${chunks} chunks that lose a copy; an index of 1000 keepers and 10 million chunks; hashing anew`,
    contestants: [
      { name: "repair", missing: long, run: (folder) => repair(folder, chunks) },
      { name: "index", missing: long, run: indexAlone },
      { name: "scrub", missing: async () => undefined, run: (folder) => scrub(folder, scrubBytes) },
    ],
  };
}

/** Real processes: both keepers have all, a third comes, one dies. */
async function repair(folder: string, chunks: number): Promise<Figures> {
  const keepers = ["one", "two"];
  const grace = `${GRACE_MS / 1000}s`;
  await using world = await openCopiesWorld({ name: "bench", keepers, grace, parent: folder });
  await makeSmallFiles(world.path("files"), { count: chunks, bytes: FILE_BYTES });
  const put = { local: world.path("files"), path: "/files", copies: 2, minCopies: 2 };
  await world.writer.call("put", put);
  const third = await world.join("three");
  await world.known();
  const roots = [world.index, world.keeper(0), third].map(({ pid }) => pid ?? 0);
  const before = await Promise.all(roots.map((root) => cpuSeconds([root])));
  const startMs = performance.now();
  await world.keeper(1).kill();
  await short(world, (under) => under > 0);
  await short(world, (under) => under === 0);
  const wallS = (performance.now() - startMs) / 1000;
  const after = await Promise.all(roots.map((root) => cpuSeconds([root])));
  const [indexCpuS = 0, fromCpuS = 0, toCpuS = 0] = after.map((s, at) => s - (before[at] ?? 0));
  const rssMiB = await world.index.peakMiB();
  return { wallS, indexCpuS, fromCpuS, toCpuS, indexRssMiB: rssMiB };
}

/** As the index itself counts what lacks copies: asking for the files' costs more than the repair. */
function short(world: CopiesWorld, isSo: (under: number) => boolean): Promise<unknown> {
  const under = async (): Promise<number> =>
    (await world.figures()).get('goliath_index_copies_chunks{state="under"}') ?? 0;
  return until(under, isSo, { what: "the index's seeing it", timeoutMs: 600_000, pollMs: 20 });
}

/** In a process of its own, whose memory is nobody else's. */
async function indexAlone(): Promise<Figures> {
  const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", COPIES]);
  return JSON.parse(stdout) as Figures;
}

async function scrub(folder: string, bytes: number): Promise<Figures> {
  const directory = join(folder, "packs");
  await using store = await openPackChunkStore({
    disk: systemDisk,
    directory,
    clock: systemClock,
    packBytesMax: bytes / 4,
  });
  for (let id = 0; id < bytes / MIB; id++) {
    const chunk = Buffer.alloc(MIB, `${id};`);
    await store.write({ id: id as ChunkId, digest: digestOf(chunk), bytes: chunk });
  }
  const unbounded = await scrubAll(store, {});
  const limiter = new RateLimiter({ clock: systemClock, rate: BOUND });
  const bounded = await scrubAll(store, {
    pace: (amount, signal) => limiter.take(amount, { signal }),
  });
  return {
    mibPerS: unbounded.bytes / MIB / unbounded.wallS,
    cpuSPerGiB: unbounded.cpuS / (unbounded.bytes / GIB),
    boundMiBPerS: BOUND / MIB,
    boundedMiBPerS: bounded.bytes / MIB / bounded.wallS,
    boundedCpuSPerGiB: bounded.cpuS / (bounded.bytes / GIB),
  };
}

/** Every pack once. */
async function scrubAll(store: PackChunkStore, work: PackWork) {
  const beforeMs = systemClock.nowMs();
  const startMs = performance.now();
  const cpuBefore = process.cpuUsage();
  let bytes = 0;
  for (;;) {
    const found = await store.scrub({ ...work, beforeMs });
    if (!found) break;
    bytes += found.bytes;
  }
  const { user, system } = process.cpuUsage(cpuBefore);
  return { bytes, wallS: (performance.now() - startMs) / 1000, cpuS: (user + system) / 1e6 };
}
