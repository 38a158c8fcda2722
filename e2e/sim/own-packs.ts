/** What a simulated machine keeps in a store of its own, and the packs in which it lies. */
import { join } from "node:path";
import type { SimulatedDisk } from "@goliath/kit/simulated-disk";
import type { Peer } from "@goliath/peer";
import type { ChunkId, ChunkRun } from "@goliath/protocols/nouns";
import type { Random } from "./random.ts";

/** Runs of one store, at most: more than any seed makes. */
const RUNS_MAX = 100_000;

export interface OwnPacksInit {
  disk: SimulatedDisk;
  directory: string;
  random: Random;
  note: (what: string) => void;
}

export class OwnPacks {
  /** What lies in it, as it last was; the disk has it while the peer does not run. */
  readonly kept = new Set<ChunkId>();
  /** Told of what goes from it. */
  onDropped: (ids: ChunkId[]) => void = () => undefined;
  /** Told before each call that may have let it grow. */
  onCall: () => void = () => undefined;
  readonly #init: OwnPacksInit;
  #peer: Peer | undefined;

  constructor(init: OwnPacksInit) {
    this.#init = init;
  }

  /** As the packs lie on the disk. */
  bytes(): number {
    const { disk } = this.#init;
    return this.#paths().reduce((sum, path) => sum + disk.sizeOf(path), 0);
  }

  /** A byte of what is kept changes by itself. Returns whether there was any. */
  rot(): boolean {
    const { disk, random, note } = this.#init;
    const paths = this.#paths().filter((path) => disk.sizeOf(path) > 0);
    if (paths.length === 0) return false;
    const path = random.pick(paths);
    disk.rot(path, random.int(disk.sizeOf(path)));
    note(`rot in ${path}`);
    return true;
  }

  /** Follows what the peer keeps, from now on. */
  watch(peer: Peer): void {
    this.#peer = peer;
    const before = [...this.kept];
    this.kept.clear();
    for (const id of idsOfRuns(peer.kept.runs(0 as ChunkId, RUNS_MAX))) this.kept.add(id);
    const gone = before.filter((id) => !this.kept.has(id));
    if (gone.length > 0) this.onDropped(gone);
    const rotten = new Set<ChunkId>();
    peer.kept.onProblem(({ id }) => void rotten.add(id));
    peer.kept.onChange(({ added, removed }) => {
      if (this.#peer !== peer) return;
      for (const id of idsOfRuns(added)) this.kept.add(id);
      const gone = idsOfRuns(removed).filter((id) => this.kept.delete(id));
      // Why something went is told after it went, in the same turn. What has rotted nobody dropped.
      queueMicrotask(() => {
        const dropped = gone.filter((id) => !rotten.delete(id));
        if (dropped.length > 0) this.onDropped(dropped);
      });
    });
  }

  /** The peer that was followed runs no more. */
  letGo(): void {
    this.#peer = undefined;
  }

  #paths(): string[] {
    const { disk, directory } = this.#init;
    if (disk.kindOf(directory) !== "directory") return [];
    const names = disk.names(directory).filter((name) => name.endsWith(".pack"));
    return names.map((name) => join(directory, name));
  }
}

function idsOfRuns(runs: readonly ChunkRun[]): ChunkId[] {
  return runs.flatMap(({ first, count }) =>
    Array.from({ length: count }, (_, i) => (first + i) as ChunkId),
  );
}
