/**
 * What chunks lack, have too much of, and are kept for nobody: a pure function of what is used, who
 * keeps it, who serves it and what is ordered already.
 */
import { blockOf, type ChunkId, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { Wish } from "../../engine/merge-uses.ts";

/** A map cut into runs: `UsageMap`, `KeptBook` and `HoldingsMap` are of this kind. */
interface Cut<Piece extends ChunkRun> {
  pieces(run: ChunkRun): Iterable<Piece>;
}

type HeldBy = Cut<ChunkRun & { peers: PeerId[] }>;

export interface PlanView {
  usage: Cut<ChunkRun & { copies: number | undefined; wish: number }> & {
    wishAt(number: number): Wish;
    meanBytes(block: number): number;
  };
  /** What peers keep in stores of their own. */
  kept: HeldBy;
  /** What peers serve, from wherever. */
  served: HeldBy;
  /** What keepers are fetching now. */
  coming: HeldBy;
  /** Whether what the peer keeps counts. */
  counts: (peer: PeerId) => boolean;
  isOnline: (peer: PeerId) => boolean;
}

/** Chunks that are alike. */
export interface Alike {
  runs: ChunkRun[];
  chunks: number;
  /** About what they take: their number, and the mean of what is used around them. */
  bytes: number;
  /** How many copies they are to have; undefined when nothing uses them. */
  target: number | undefined;
  /** Where copies are wanted. */
  wish: Wish;
  /** Keepers whose copies count. */
  have: PeerId[];
  /** All that keep them. */
  kept: PeerId[];
  /** Keepers that fetch them. */
  coming: PeerId[];
  /** Whether anybody that is here serves them. */
  isServed: boolean;
}

/** Some chunks in groups that are alike; those that are neither used nor kept are left out. */
export function planRuns(runs: readonly ChunkRun[], view: PlanView): Alike[] {
  const groups = new Map<string, Alike>();
  for (const piece of runs.flatMap((run) => [...overlay(run, view)])) {
    const { target, wish, kept, coming } = piece;
    if (target === undefined && kept.length === 0) continue;
    const isServed = piece.served.some((peer) => view.isOnline(peer));
    const bytes = piece.count * view.usage.meanBytes(blockOf(piece.first));
    const key = `${target} ${wish} ${isServed} ${kept.join()} ${coming.join()}`;
    const found = groups.get(key);
    if (found) {
      join(found.runs, piece);
      found.chunks += piece.count;
      found.bytes += bytes;
    } else {
      groups.set(key, {
        runs: [{ first: piece.first, count: piece.count }],
        chunks: piece.count,
        bytes,
        target,
        wish: view.usage.wishAt(wish),
        have: kept.filter((peer) => view.counts(peer)),
        kept,
        coming,
        isServed,
      });
    }
  }
  return [...groups.values()];
}

/** How many more copies the chunks need than they have and are getting. */
export function lackOf({ target = 0, have, coming }: Alike): number {
  const wanted = coming.filter((peer) => !have.includes(peer)).length;
  return Math.max(0, target - have.length - wanted);
}

/** How many copies there are over the target; none while any is still coming. */
export function excessOf({ target, have, coming }: Alike): number {
  if (target === undefined || coming.length > 0) return 0;
  return Math.max(0, have.length - target);
}

interface Piece extends ChunkRun {
  target: number | undefined;
  wish: number;
  kept: PeerId[];
  served: PeerId[];
  coming: PeerId[];
}

/** The four maps laid over each other, cut where any of them changes. */
function* overlay(run: ChunkRun, { usage, kept, served, coming }: PlanView): Generator<Piece> {
  const uses = new Walk(usage.pieces(run));
  const held = [kept, served, coming].map((map) => new Walk(map.pieces(run)));
  const [keepers, servers, comers] = held as [Held, Held, Held];
  const end = run.first + run.count;
  for (let at: number = run.first; at < end;) {
    const use = uses.at(at);
    const [of, by, soon] = [keepers.at(at), servers.at(at), comers.at(at)];
    const to = Math.min(...[use, of, by, soon].map((piece) => piece.first + piece.count), end);
    const peers = { kept: of.peers, served: by.peers, coming: soon.peers };
    const { copies: target, wish } = use;
    yield { first: at as ChunkId, count: to - at, target, wish, ...peers };
    at = to;
  }
}

type Held = Walk<ChunkRun & { peers: PeerId[] }>;

/** Pieces that follow each other without a gap, read forwards. */
class Walk<Piece extends ChunkRun> {
  readonly #pieces: Iterator<Piece>;
  #piece: Piece | undefined;

  constructor(pieces: Iterable<Piece>) {
    this.#pieces = pieces[Symbol.iterator]();
  }

  /** The piece that has this id. */
  at(id: number): Piece {
    while (!this.#piece || this.#piece.first + this.#piece.count <= id) {
      const { value } = this.#pieces.next();
      this.#piece = value as Piece;
    }
    return this.#piece;
  }
}

function join(runs: ChunkRun[], { first, count }: ChunkRun): void {
  const last = runs.at(-1);
  if (last && last.first + last.count === first) last.count += count;
  else runs.push({ first, count });
}
