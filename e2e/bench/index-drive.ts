/** What the index's benches share: files to commit, clients over real TCP, what they all take. */
import type { CommitRequest } from "@goliath/protocols/index";
import { rootOf, type Change, type DrivePath } from "@goliath/protocols/nouns";
import { openMember, type Member } from "../world/index-client.ts";
import { openWorld, type World } from "../world/world.ts";
import type { Figures } from "./figures.ts";
import { cpuSeconds } from "./process-tree.ts";

/** An index in a world of its own, inside the folder. */
export async function inWorld(
  folder: string,
  work: (world: World) => Promise<Figures>,
): Promise<Figures> {
  await using world = await openWorld("bench", undefined, { parent: folder });
  const figures = await work(world);
  return { ...figures, rssMiB: await world.index.peakMiB() };
}

/** How long the work took, and the processor time of the index and of its clients: this process. */
export async function timed(
  world: World,
  work: () => Promise<void>,
): Promise<{ wallS: number; cpuS: number; clientCpuS: number }> {
  const roots = [world.index.pid ?? 0];
  const before = await cpuSeconds(roots);
  const ours = process.cpuUsage();
  const startMs = performance.now();
  await work();
  const wallS = (performance.now() - startMs) / 1000;
  const { user, system } = process.cpuUsage(ours);
  const cpuS = (await cpuSeconds(roots)) - before;
  return { wallS, cpuS, clientCpuS: (user + system) / 1e6 };
}

/** That many members, each with a connection of its own; they leave when disposed of. */
export async function openMembers(
  world: World,
  count: number,
): Promise<{ all: Member[] } & AsyncDisposable> {
  const all = await Promise.all(
    Array.from({ length: count }, (_, at) => openMember(world, `member-${at}`)),
  );
  return {
    all,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all.map((member) => member[Symbol.asyncDispose]()));
    },
  };
}

const EMPTY_ROOT = rootOf(new Uint8Array());

export function putAt(path: DrivePath): Change {
  const file = { size: 0, mtimeMs: 0, executable: false, extents: [], root: EMPTY_ROOT };
  return { op: "put", path, file };
}

export function commitOf(number: number, changes: Change[]): CommitRequest {
  return { number, digest: new Uint8Array(), changes, leases: [], locations: [] };
}
