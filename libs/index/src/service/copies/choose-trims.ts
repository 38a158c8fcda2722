/** Which of too many copies go: those that add least, as a pure function. */
import type { PeerId } from "@goliath/protocols/nouns";
import type { Taker } from "./place-copies.ts";

/**
 * At most `count` of the holders, one after the other: the one that shares most machines and labels
 * with those that stay, then the one with the smallest share of its pledge free.
 */
export function chooseTrims(holders: readonly Taker[], count: number): PeerId[] {
  const left = [...holders].toSorted((a, b) => (a.peer < b.peer ? -1 : 1));
  const chosen: PeerId[] = [];
  while (chosen.length < count && left.length > 0) {
    let worst = 0;
    for (let at = 1; at < left.length; at++) {
      if (compare(left, { a: at, b: worst }) > 0) worst = at;
    }
    const [gone] = left.splice(worst, 1);
    if (gone) chosen.push(gone.peer);
  }
  return chosen;
}

/** Positive when the one at `a` adds less than the one at `b`. */
function compare(holders: readonly Taker[], { a, b }: { a: number; b: number }): number {
  const [one, other] = [holders[a], holders[b]];
  if (!one || !other) return 0;
  return sharedBy(one, holders) - sharedBy(other, holders) || freeShare(other) - freeShare(one);
}

function sharedBy(taker: Taker, holders: readonly Taker[]): number {
  const others = holders.filter(({ peer }) => peer !== taker.peer);
  const hosts = taker.hosts.filter((host) => others.some((other) => other.hosts.includes(host)));
  const labels = taker.labels.filter((label) =>
    others.some(({ labels: all }) => all.includes(label)),
  );
  // One machine for two copies is worse than all the labels they can share.
  return hosts.length * 32 + labels.length;
}

function freeShare({ freeBytes, capacityBytes }: Taker): number {
  return freeBytes / Math.max(1, capacityBytes);
}
