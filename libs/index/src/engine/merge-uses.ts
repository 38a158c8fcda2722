/** Runs in use brought together: each id once, with the highest target of all its users. */
import { COPIES_MAX, type ChunkRun } from "@goliath/protocols/nouns";

export interface UsedRun extends ChunkRun {
  copies: number;
}

/** Columns: cloning as many objects between threads would stall both. */
export interface UsedColumns {
  firsts: Float64Array;
  counts: Float64Array;
  copies: Uint8Array;
}

export function mergeUses(runs: readonly UsedRun[]): UsedColumns {
  const sorted = runs.toSorted((a, b) => a.first - b.first);
  const pieces = new Pieces();
  /** For each target, how far the runs that began so far reach. */
  const ends = new Float64Array(COPIES_MAX + 1);
  let at = 0;
  /** Gives out what is used from `at` on, up to where the next run begins. */
  const upTo = (stop: number): void => {
    for (let copies = COPIES_MAX; copies >= 0; copies--) {
      const end = Math.min(ends[copies] as number, stop);
      if (end <= at) continue;
      pieces.add({ first: at, end, copies });
      at = end;
    }
  };
  for (const { first, count, copies } of sorted) {
    upTo(first);
    at = Math.max(at, first);
    ends[copies] = Math.max(ends[copies] as number, first + count);
  }
  upTo(Infinity);
  return pieces.columns();
}

class Pieces {
  readonly #firsts: number[] = [];
  readonly #counts: number[] = [];
  readonly #copies: number[] = [];
  #end = -1;

  add({ first, end, copies }: { first: number; end: number; copies: number }): void {
    const last = this.#firsts.length - 1;
    if (first === this.#end && this.#copies[last] === copies) {
      this.#counts[last] = end - (this.#firsts[last] as number);
    } else {
      this.#firsts.push(first);
      this.#counts.push(end - first);
      this.#copies.push(copies);
    }
    this.#end = end;
  }

  columns(): UsedColumns {
    return {
      firsts: Float64Array.from(this.#firsts),
      counts: Float64Array.from(this.#counts),
      copies: Uint8Array.from(this.#copies),
    };
  }
}
