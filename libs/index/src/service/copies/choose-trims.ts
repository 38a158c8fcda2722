/** Which of too many copies go: those that add least, as a pure function. */
import type { PeerId } from "@goliath/protocols/nouns";
import type { Wish } from "../../engine/merge-uses.ts";
import type { Taker } from "./place-copies.ts";

/** Room for each term below the next: a policy has at most 16 labels, a keeper too. */
const STEP = 32;

export interface TrimWish extends Wish {
  /** How many are to go, at most. */
  count: number;
}

/**
 * One after the other: the one that has labels which are avoided, then the one that shares machines
 * with those that stay, lacks labels that are preferred, shares others, and at last the one with the
 * smallest share of its pledge free.
 */
export function chooseTrims(holders: readonly Taker[], { count, ...wish }: TrimWish): PeerId[] {
  const left = [...holders].toSorted((a, b) => (a.peer < b.peer ? -1 : 1));
  const chosen: PeerId[] = [];
  while (chosen.length < count && left.length > 0) {
    let worst = 0;
    for (let at = 1; at < left.length; at++) {
      if (compare(left, { a: at, b: worst, wish }) > 0) worst = at;
    }
    const [gone] = left.splice(worst, 1);
    if (gone) chosen.push(gone.peer);
  }
  return chosen;
}

/** Positive when the one at `a` adds less than the one at `b`. */
function compare(
  holders: readonly Taker[],
  { a, b, wish }: { a: number; b: number; wish: Wish },
): number {
  const [one, other] = [holders[a], holders[b]];
  if (!one || !other) return 0;
  const [oneCosts, otherCosts] = [one, other].map((taker) => costOf(taker, { holders, wish }));
  return (oneCosts ?? 0) - (otherCosts ?? 0) || freeShare(other) - freeShare(one);
}

/** In the order in which `placeCopies` weighs, so that what it placed is not what goes. */
function costOf(
  { peer, labels, hosts }: Taker,
  { holders, wish: { prefer, avoid } }: { holders: readonly Taker[]; wish: Wish },
): number {
  const others = holders.filter((other) => other.peer !== peer);
  const isShared = (label: string): boolean => others.some((other) => other.labels.includes(label));
  const isAvoided = labels.some((label) => avoid.includes(label));
  const sameHost = hosts.some((host) => others.some((other) => other.hosts.includes(host)));
  const unpreferred = prefer.filter((label) => !labels.includes(label)).length;
  const shared = labels.filter((label) => !prefer.includes(label) && isShared(label)).length;
  const wanted = ((isAvoided ? 1 : 0) * STEP + (sameHost ? 1 : 0)) * STEP;
  return (wanted + unpreferred) * STEP + shared;
}

function freeShare({ freeBytes, capacityBytes }: Taker): number {
  return freeBytes / Math.max(1, capacityBytes);
}
