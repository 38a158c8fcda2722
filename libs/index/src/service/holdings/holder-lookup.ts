/** Answers who has which chunks: those that are online now. */
import { HOLDER_PEERS_MAX, HOLDER_RUNS_MAX, HOLDERS_PER_RUN_MAX } from "@goliath/protocols/index";
import type { HolderRun, HoldersReply } from "@goliath/protocols/index";
import type { ChunkRun, PeerId } from "@goliath/protocols/nouns";
import type { HeldPiece, HoldingsMap } from "./holdings-map.ts";
import type { Presence } from "./presence.ts";

/** Blocks looked at for one reply: about 10 ms of work. Bounds what a run of any length can ask. */
const PIECES_WALKED_MAX = 32 * 1024;

export interface CountedRun extends ChunkRun {
  copies: number;
}

export interface HolderLookupInit {
  map: HoldingsMap;
  presence: Presence;
  /** How many copies that count a chunk has, and of how many chunks from there on the same holds. */
  copiesAt: (run: ChunkRun) => Iterable<CountedRun>;
  /** From 0 to 1, exclusive: spreads the askers over the holders of what many hold. */
  random: () => number;
}

/**
 * The runs cut where their online holders or their copies differ, in order. There may be fewer than
 * asked: the asker asks again for the rest. An offline holder is left out: nobody could fetch from
 * it, and `peers` says who is away.
 */
export function lookUpHolders(runs: readonly ChunkRun[], init: HolderLookupInit): HoldersReply {
  const { presence, random } = init;
  const places = new Map<PeerId, number>();
  // Where a choice must be made, each reply begins it elsewhere among the holders.
  const turn = random();
  const pieces: HolderRun[] = [];
  let walked = 0;
  for (const run of runs) {
    let last: HolderRun | undefined;
    for (const { first, count, peers, copies } of countedPieces(run, init)) {
      if (walked++ === PIECES_WALKED_MAX) return { peers: named(places, presence), runs: pieces };
      const online = peers.filter((peer) => presence.isOnline(peer));
      const holders = placesOf(choose(online, turn), places);
      const isSame = last?.copies === copies && sameNumbers(last.holders, holders);
      if (last && isSame) last.count += count;
      else if (pieces.length === HOLDER_RUNS_MAX)
        return { peers: named(places, presence), runs: pieces };
      else pieces.push((last = { first, count, holders, copies }));
    }
  }
  return { peers: named(places, presence), runs: pieces };
}

function* countedPieces(
  run: ChunkRun,
  { map, copiesAt }: HolderLookupInit,
): Generator<HeldPiece & CountedRun> {
  for (const { peers, ...piece } of map.pieces(run)) {
    for (const counted of copiesAt(piece)) yield { ...counted, peers };
  }
}

function choose(peers: readonly PeerId[], turn: number): readonly PeerId[] {
  if (peers.length <= HOLDERS_PER_RUN_MAX) return peers;
  const start = Math.floor(turn * peers.length);
  return [...peers.slice(start), ...peers.slice(0, start)].slice(0, HOLDERS_PER_RUN_MAX);
}

/** Each peer's place in the reply's list, which grows; ascending, so that equal sets are equal. */
function placesOf(peers: readonly PeerId[], places: Map<PeerId, number>): number[] {
  const found: number[] = [];
  for (const peer of peers) {
    let place = places.get(peer);
    if (place === undefined) {
      if (places.size === HOLDER_PEERS_MAX) continue;
      place = places.size;
      places.set(peer, place);
    }
    found.push(place);
  }
  return found.toSorted((a, b) => a - b);
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

function named(places: ReadonlyMap<PeerId, number>, presence: Presence): HoldersReply["peers"] {
  return [...places.keys()].map((peer) => ({ peer, addresses: presence.sighting(peer).addresses }));
}
