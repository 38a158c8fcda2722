/** One look at all blocks: how the copies are, and what there is to do, most urgent first. */
import { BLOCK_CHUNKS, type ChunkId, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import { excessOf, lackOf, planRuns, type Alike, type PlanView } from "./plan-runs.ts";

/** Groups of chunks remembered of one look, for each number of copies they have. */
export const GROUPS_MAX = 4096;

export interface SurveyCounts {
  used: number;
  under: number;
  bare: number;
  unreachable: number;
  unused: number;
}

export class Survey {
  readonly counts: SurveyCounts = { used: 0, under: 0, bare: 0, unreachable: 0, unused: 0 };
  /** Chunks of each draining keeper that are not yet safe without it. */
  readonly needed = new Map<PeerId, number>();
  readonly #short: Alike[][] = [];
  readonly #over: Alike[] = [];
  /** Whether there was more to do than is remembered. */
  isCut = false;

  look(block: number, view: PlanView): void {
    for (const group of planRuns([wholeBlock(block)], view)) this.#take(group);
  }

  /** Those that lack copies, fewest copies first; of those nobody serves there is nothing to do. */
  *short(): Generator<Alike> {
    for (const groups of this.#short) yield* groups ?? [];
  }

  /** Those that have more than they are to have. */
  over(): readonly Alike[] {
    return this.#over;
  }

  #take(group: Alike): void {
    const { counts } = this;
    const { chunks, target, have, kept, isServed } = group;
    if (target === undefined) {
      counts.unused += chunks;
      return;
    }
    counts.used += chunks;
    if (!isServed) counts.unreachable += chunks;
    if (have.length < target) {
      counts.under += chunks;
      if (have.length === 0) counts.bare += chunks;
      for (const peer of kept) this.needed.set(peer, (this.needed.get(peer) ?? 0) + chunks);
    }
    if (lackOf(group) > 0 && isServed) this.#remember((this.#short[have.length] ??= []), group);
    else if (excessOf(group) > 0) this.#remember(this.#over, group);
  }

  #remember(groups: Alike[], group: Alike): void {
    if (groups.length < GROUPS_MAX) groups.push(group);
    else this.isCut = true;
  }
}

export function wholeBlock(block: number): ChunkRun {
  return { first: (block * BLOCK_CHUNKS) as ChunkId, count: BLOCK_CHUNKS };
}
