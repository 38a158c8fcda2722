/**
 * Takes copies away where there are too many. A copy goes only after those that stay were shown,
 * just now, to be there: enough of them, at keepers that are here and count. A keeper's word is not
 * enough, as one that lies about all it has would make the drive drop what others really have: each
 * shows the bytes of a chunk that it could not foresee.
 */
import { mapBounded, withDeadline, type Clock } from "@goliath/kit";
import { PROVE_DIGESTS_MAX } from "@goliath/protocols/holdings";
import { countRuns } from "@goliath/protocols/wire";
import { hasCode, type ChunkId, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { HoldingsMap } from "../holdings/holdings-map.ts";
import type { Presence } from "../holdings/presence.ts";
import { groupRuns, idAt } from "../holdings/run-set.ts";
import { chooseTrims } from "./choose-trims.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook } from "./kept-book.ts";
import type { OrderDesk } from "./order-desk.ts";
import type { Taker } from "./place-copies.ts";
import type { Alike } from "./plan-runs.ts";
import type { UsageMap } from "./usage-map.ts";

/** Holders asked at once about one group of chunks. */
const PROOFS_MAX = 8;
const PROVE_TIMEOUT_MS = 30_000;

export interface TrimmerInit {
  keepers: Keepers;
  book: KeptBook;
  map: HoldingsMap;
  orders: OrderDesk;
  presence: Pick<Presence, "holder" | "isOnline">;
  digests: (runs: ChunkRun[]) => Promise<Uint8Array>;
  usage: () => UsageMap | undefined;
  /** A peer says that it cannot vouch for a chunk that it claims. */
  onLacking: (peer: PeerId, id: ChunkId) => Promise<void>;
  /** Whether a peer shows the bytes of a chunk. */
  check: (peer: PeerId, options: { id: ChunkId; signal: AbortSignal }) => Promise<boolean>;
  clock: Clock;
  /** From 0 to 1, exclusive; not foreseeable by keepers. */
  random: () => number;
}

export class Trimmer {
  readonly #init: TrimmerInit;

  constructor(init: TrimmerInit) {
    this.#init = init;
  }

  /** Whether anything was ordered dropped. At most a block of chunks. */
  async trim(group: Alike, signal: AbortSignal): Promise<boolean> {
    const { runs, target = 0, have, wish } = group;
    const { presence, book, orders } = this.#init;
    const free = have.filter((peer) => presence.isOnline(peer) && book.isFree(peer));
    const victims = chooseTrims(this.#known(free), { count: have.length - target, ...wish });
    if (victims.length === 0) return false;
    const staying = this.#staying(group, victims);
    const shown = await this.#shown(staying, { runs, signal });
    let trimmed = false;
    for (const victim of victims) {
      // What follows is of one turn: nothing changes between the look and the order.
      if (this.#maySpare(victim, { runs, shown })) trimmed = orders.drop(victim, runs) || trimmed;
    }
    return trimmed;
  }

  /**
   * Those that are to have the chunks afterwards. Where no copies are asked for, whoever serves
   * them keeps them alive: the last of all is never taken away.
   */
  #staying({ runs, have, target = 0 }: Alike, victims: readonly PeerId[]): PeerId[] {
    const { presence, map } = this.#init;
    const keepers = have.filter((peer) => !victims.includes(peer));
    if (target > 0) return keepers.filter((peer) => presence.isOnline(peer));
    const pieces = runs.flatMap((run) => [...map.pieces(run)]);
    const [one, ...others] = pieces.map(({ peers }) => peers);
    const all = (one ?? []).filter((peer) => others.every((peers) => peers.includes(peer)));
    return all.filter((peer) => !victims.includes(peer) && presence.isOnline(peer));
  }

  async #shown(
    peers: readonly PeerId[],
    { runs, signal }: { runs: ChunkRun[]; signal: AbortSignal },
  ): Promise<PeerId[]> {
    const shown = await mapBounded(
      peers,
      PROOFS_MAX,
      async (peer) => ((await this.#shows(peer, { runs, signal })) ? [peer] : []),
      { signal },
    );
    return shown.flat();
  }

  async #shows(
    peer: PeerId,
    { runs, signal }: { runs: ChunkRun[]; signal: AbortSignal },
  ): Promise<boolean> {
    if (!(await this.#vouches(peer, { runs, signal }))) return false;
    const { check, random } = this.#init;
    const id = idAt(runs, Math.floor(random() * countRuns(runs)));
    return id !== undefined && check(peer, { id, signal });
  }

  async #vouches(
    peer: PeerId,
    { runs, signal }: { runs: ChunkRun[]; signal: AbortSignal },
  ): Promise<boolean> {
    const { clock, presence, digests, onLacking } = this.#init;
    try {
      for (const group of groupRuns(runs, PROVE_DIGESTS_MAX)) {
        const sums = await digests(group);
        const holder = presence.holder(peer);
        if (!holder) return false;
        await withDeadline({ clock, timeoutMs: PROVE_TIMEOUT_MS, signal }, (deadline) =>
          holder.prove({ runs: group, sums, leases: [] }, { signal: deadline }),
        );
      }
      return true;
    } catch (error) {
      signal.throwIfAborted();
      // It says itself that it cannot vouch for one of those it claims.
      const id = hasCode(error, "unverified") ? Number(error.about["id"]) : Number.NaN;
      if (runs.some(({ first, count }) => id >= first && id < first + count)) {
        await onLacking(peer, id as ChunkId);
      }
      return false;
    }
  }

  /** Whether enough others that were shown to have the chunks have them still, and count. */
  #maySpare(
    victim: PeerId,
    { runs, shown }: { runs: readonly ChunkRun[]; shown: readonly PeerId[] },
  ): boolean {
    const { keepers, book, presence, map } = this.#init;
    const target = this.#init.usage()?.most(runs);
    if (target === undefined || !keepers.known) return false;
    const here = shown.filter((peer) => peer !== victim && presence.isOnline(peer));
    const others = new Set(target > 0 ? here.filter((peer) => keepers.counts(peer)) : here);
    const kept = target > 0 ? book : map;
    return runs.every((run) =>
      kept
        .pieces(run)
        .every(
          ({ peers }) => peers.filter((peer) => others.has(peer)).length >= Math.max(1, target),
        ),
    );
  }

  #known(peers: readonly PeerId[]): Taker[] {
    return peers.flatMap((peer) => this.#init.keepers.get(peer) ?? []);
  }
}
