/** Runs in use brought together: each id once for all that want it alike, with the highest target. */
import { COPIES_MAX, type ChunkRun, type EffectivePolicy } from "@goliath/protocols/nouns";

/** Where a policy wants copies. */
export type Wish = Pick<EffectivePolicy, "prefer" | "avoid">;

export interface UsedRun extends ChunkRun {
  copies: number;
  wish: Wish;
  /** Of all its chunks. */
  bytes: number;
}

/** Columns: cloning as many objects between threads would stall both. */
export interface UsedColumns {
  firsts: Float64Array;
  counts: Float64Array;
  copies: Uint8Array;
  /** Of all chunks of a run, about: where extents lie over each other their means are used. */
  bytes: Float64Array;
  /** Where in `table` the wish of each run is. */
  wishes: Uint16Array;
  table: Wish[];
}

export function mergeUses(runs: readonly UsedRun[]): UsedColumns {
  const pieces = new Pieces();
  const table: Wish[] = [];
  for (const alike of Map.groupBy(runs, ({ wish }) => wishKey(wish)).values()) {
    const [first] = alike;
    if (first) mergeAlike(alike, { pieces, wish: table.push(first.wish) - 1 });
  }
  return { ...pieces.columns(), table };
}

/** Equal for wishes that ask for the same. */
export function wishKey({ prefer, avoid }: Wish): string {
  if (prefer.length + avoid.length === 0) return "";
  return `${prefer.toSorted().join(" ")}\n${avoid.toSorted().join(" ")}`;
}

function mergeAlike(
  runs: readonly UsedRun[],
  { pieces, wish }: { pieces: Pieces; wish: number },
): void {
  const sorted = runs.toSorted((a, b) => a.first - b.first);
  /** For each target, how far the runs that began so far reach, and their chunks' mean length. */
  const ends = new Float64Array(COPIES_MAX + 1);
  const lengths = new Float64Array(COPIES_MAX + 1);
  let at = 0;
  /** Gives out what is used from `at` on, up to where the next run begins. */
  const upTo = (stop: number): void => {
    for (let copies = COPIES_MAX; copies >= 0; copies--) {
      const end = Math.min(ends[copies] as number, stop);
      if (end <= at) continue;
      pieces.add({ first: at, end, copies, wish, bytes: (end - at) * (lengths[copies] as number) });
      at = end;
    }
  };
  for (const { first, count, copies, bytes } of sorted) {
    upTo(first);
    at = Math.max(at, first);
    if (first + count <= (ends[copies] as number)) continue;
    ends[copies] = first + count;
    lengths[copies] = bytes / count;
  }
  upTo(Infinity);
}

interface Piece {
  first: number;
  end: number;
  copies: number;
  wish: number;
  bytes: number;
}

class Pieces {
  readonly #pieces: Piece[] = [];

  add(piece: Piece): void {
    const last = this.#pieces.at(-1);
    const isAlike = last?.copies === piece.copies && last.wish === piece.wish;
    if (isAlike && last.end === piece.first) {
      last.end = piece.end;
      last.bytes += piece.bytes;
    } else {
      this.#pieces.push(piece);
    }
  }

  columns(): Omit<UsedColumns, "table"> {
    const pieces = this.#pieces;
    return {
      firsts: Float64Array.from(pieces, ({ first }) => first),
      counts: Float64Array.from(pieces, ({ first, end }) => end - first),
      copies: Uint8Array.from(pieces, ({ copies }) => copies),
      bytes: Float64Array.from(pieces, ({ bytes }) => bytes),
      wishes: Uint16Array.from(pieces, ({ wish }) => wish),
    };
  }
}
