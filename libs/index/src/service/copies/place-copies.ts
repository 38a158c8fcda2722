/**
 * Which keepers take new copies of some chunks: a pure function. Filter, prefer what is apart from
 * the copies there are, then the power of two choices (Mitzenmacher, "The Power of Two Choices in
 * Randomized Load Balancing", 2001): of two drawn at random the one with more room and less to do,
 * which spreads load nearly as well as looking for the best, without sending everybody to it.
 */
import type { PeerId } from "@goliath/protocols/nouns";

export interface Taker {
  peer: PeerId;
  capacityBytes: number;
  /** What it still takes. */
  freeBytes: number;
  /** Transfers under way. */
  load: number;
  labels: readonly string[];
  /** The machines its addresses are of. */
  hosts: readonly string[];
}

export interface PlacementRequest {
  /** How many keepers are wanted. */
  count: number;
  /** What the chunks take. */
  bytes: number;
  /** Labels to take first, and never. */
  prefer: readonly string[];
  avoid: readonly string[];
  /** Those that have the chunks already, or are to have them: not taken, and kept apart from. */
  holding: readonly Pick<Taker, "peer" | "labels" | "hosts">[];
  /** Not taken. */
  without: ReadonlySet<PeerId>;
  /** Taken first of those that are as good: they have other chunks of the same block. */
  near: ReadonlySet<PeerId>;
  /** From 0 to 1, exclusive. */
  random: () => number;
}

/** At most `count`, fewer where no more have room; those that were drawn first are first. */
export function placeCopies(takers: readonly Taker[], request: PlacementRequest): Taker[] {
  const { count, bytes, avoid, without, holding } = request;
  const taken = new Set(holding.map(({ peer }) => peer));
  const chosen: Taker[] = [];
  const fitting = takers.filter(
    ({ peer, freeBytes, labels }) =>
      freeBytes >= bytes &&
      !without.has(peer) &&
      !taken.has(peer) &&
      !labels.some((label) => avoid.includes(label)),
  );
  while (chosen.length < count) {
    const left = fitting.filter((taker) => !chosen.includes(taker));
    const best = bestOf(left, { ...request, holding: [...holding, ...chosen] });
    const one = drawOf(best, request.random);
    if (!one) break;
    chosen.push(one);
  }
  return chosen;
}

/** Those of the least cost: another machine, then what the policy prefers, other labels, near. */
function bestOf(takers: readonly Taker[], request: PlacementRequest): Taker[] {
  let best: Taker[] = [];
  let least = Infinity;
  for (const taker of takers) {
    const cost = costOf(taker, request);
    if (cost < least) best = [];
    least = Math.min(least, cost);
    if (cost === least) best.push(taker);
  }
  return best;
}

/** Room for each term below the next: a policy has at most 16 labels, a keeper too. */
const STEP = 32;

function costOf(taker: Taker, { holding, prefer, near }: PlacementRequest): number {
  const sameHost = holding.some(({ hosts }) => hosts.some((host) => taker.hosts.includes(host)));
  // What a policy prefers is not held against those that have it.
  const telling = taker.labels.filter((label) => !prefer.includes(label));
  const shared = telling.filter((label) => holding.some(({ labels }) => labels.includes(label)));
  const unpreferred = prefer.filter((label) => !taker.labels.includes(label)).length;
  const far = near.has(taker.peer) ? 0 : 1;
  return (((sameHost ? 1 : 0) * STEP + unpreferred) * STEP + shared.length) * STEP + far;
}

function drawOf(takers: readonly Taker[], random: () => number): Taker | undefined {
  const draw = (): Taker | undefined => takers[Math.floor(random() * takers.length)];
  const [one, other] = [draw(), draw()];
  return one && other && worth(other) > worth(one) ? other : one;
}

/** The share of its pledge that is free, halved by each transfer under way and what it adds. */
function worth({ capacityBytes, freeBytes, load }: Taker): number {
  return freeBytes / Math.max(1, capacityBytes) / (1 + load);
}

/** The machines that addresses are of; those of this machine alone tell nothing. */
export function hostsOf(addresses: readonly string[]): string[] {
  const hosts = addresses.flatMap((address) => {
    const [, kind, host] = address.split("/");
    return kind !== undefined && host !== undefined && /^(ip[46]|dns[46]?)$/u.test(kind)
      ? [host]
      : [];
  });
  return [...new Set(hosts)].filter((host) => !/^(127\.|::1$|localhost$)/u.test(host));
}
