/** Answers where a writer should push new chunks: chooses keepers and announces the chunks to them. */
import { withDeadline, type Clock } from "@goliath/kit";
import type { OrderService } from "@goliath/protocols/holdings";
import type { HoldersReply, PlaceRequest } from "@goliath/protocols/index";
import {
  BLOCK_CHUNKS,
  blockOf,
  type ChunkId,
  type ChunkRun,
  type DrivePath,
  type EffectivePolicy,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { CallOptions } from "@goliath/protocols/wire";
import type { Presence } from "../holdings/presence.ts";
import { runSet } from "../holdings/run-set.ts";
import type { Announcements } from "./announcements.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook } from "./kept-book.ts";
import { placeCopies, type Taker } from "./place-copies.ts";

/** A block of chunks over a line of 5 Mbit/s; the room of a writer that died is free after it. */
export const ANNOUNCED_MS = 30 * 60_000;
/** A keeper looks up its room in memory. */
const ANNOUNCE_TIMEOUT_MS = 10_000;
/** How often other keepers are tried in place of those that refused. */
const ROUNDS_MAX = 4;

export interface PlacementDeskInit {
  keepers: Keepers;
  book: KeptBook;
  announcements: Announcements;
  presence: Pick<Presence, "holder" | "sighting">;
  /** Throws `lease-lost` unless all of the runs are under the writer's live leases. */
  checkLeased: (peer: PeerId, runs: ChunkRun[]) => Promise<void>;
  policyOf: (path: DrivePath) => Promise<Pick<EffectivePolicy, "prefer" | "avoid">>;
  /** From 0 to 1, exclusive. */
  random: () => number;
  clock: Clock;
}

export class PlacementDesk {
  readonly #init: PlacementDeskInit;

  constructor(init: PlacementDeskInit) {
    this.#init = init;
  }

  /** Throws as `IndexService.place` does. */
  async place(
    writer: PeerId,
    request: PlaceRequest,
    { signal }: CallOptions = {},
  ): Promise<HoldersReply> {
    const runs = runSet(request.runs);
    await this.#init.checkLeased(writer, request.runs);
    const { prefer, avoid } = await this.#init.policyOf(request.path);
    const without = new Set<PeerId>([writer, ...(request.avoid ?? [])]);
    const near = this.#near(runs);
    const told: Taker[] = [];
    for (let round = 0; round < ROUNDS_MAX && told.length < request.copies; round++) {
      const count = request.copies - told.length;
      const wish = { count, bytes: request.bytes, prefer, avoid, holding: told, without, near };
      const chosen = placeCopies(this.#init.keepers.takers(), {
        ...wish,
        random: this.#init.random,
      });
      if (chosen.length === 0) break;
      for (const { peer } of chosen) without.add(peer);
      const answers = await Promise.all(
        chosen.map(({ peer }) => this.#announce(peer, { writer, request, runs, signal })),
      );
      told.push(...chosen.filter((_, at) => answers[at]));
    }
    return this.#reply(runs, told);
  }

  /** Whether the keeper expects the chunks now. One that cannot is as good as none. */
  async #announce(
    peer: PeerId,
    { writer, request, runs, signal }: AnnounceRequest,
  ): Promise<boolean> {
    const { presence, keepers, announcements, clock } = this.#init;
    const { bytes } = request;
    const holder: OrderService | undefined = presence.holder(peer);
    if (!holder) return false;
    // Promised before it is asked: whoever asks meanwhile sees that there is less room.
    keepers.promise(peer, bytes);
    try {
      await withDeadline(
        { clock, timeoutMs: ANNOUNCE_TIMEOUT_MS, ...(signal && { signal }) },
        (deadline) =>
          holder.announce({ runs, writer, bytes, expiresInMs: ANNOUNCED_MS }, { signal: deadline }),
      );
    } catch {
      signal?.throwIfAborted();
      return false;
    }
    announcements.add({ peer, runs, lastsMs: ANNOUNCED_MS });
    return true;
  }

  /** Those that have, or are to have, other chunks of the blocks: few holders a block take little. */
  #near(runs: readonly ChunkRun[]): Set<PeerId> {
    const { book, announcements } = this.#init;
    const near = new Set<PeerId>();
    for (const block of new Set(runs.map(({ first }) => blockOf(first)))) {
      const whole = { first: (block * BLOCK_CHUNKS) as ChunkId, count: BLOCK_CHUNKS };
      for (const peer of announcements.near(whole)) near.add(peer);
      for (const { peers } of book.pieces(whole)) for (const peer of peers) near.add(peer);
    }
    return near;
  }

  #reply(runs: ChunkRun[], told: readonly Taker[]): HoldersReply {
    const { presence } = this.#init;
    const holders = told.map((_, at) => at);
    return {
      peers: told.map(({ peer }) => ({ peer, addresses: presence.sighting(peer).addresses })),
      runs: runs.map((run) => ({ ...run, holders, copies: 0 })),
    };
  }
}

interface AnnounceRequest {
  writer: PeerId;
  request: PlaceRequest;
  runs: ChunkRun[];
  signal: AbortSignal | undefined;
}
