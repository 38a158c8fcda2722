/** Who holds a chunk: asked of the index a block at a time, remembered for a moment. */
import type { Clock } from "@goliath/kit";
import type { Network } from "@goliath/net";
import type { HoldersReply } from "@goliath/protocols/index";
import {
  BLOCK_CHUNKS,
  blockOf,
  hasCode,
  type ChunkId,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";

/** How long an answer is believed; holders come and go while a swarm fills. */
const FRESH_MS = 3_000;
/** An answer that was of no use, because who was named has failed, is asked for again sooner. */
const USELESS_FRESH_MS = 300;
/**
 * An answer that names nobody for a chunk says nothing of one that was committed since: it is asked
 * for again at once, but for many chunks of a block together.
 */
const NOBODY_FRESH_MS = 20;
/** Blocks remembered: 4 GiB of chunks in each, some hundred bytes an entry. */
const BLOCKS_MAX = 1024;

interface Known {
  atMs: number;
  reply: Promise<HoldersReply>;
}

export interface HolderFinderInit {
  link: IndexLink;
  network: Network;
  clock: Clock;
}

export class HolderFinder {
  readonly #init: HolderFinderInit;
  /** By block, oldest first. */
  readonly #known = new Map<number, Known>();

  constructor(init: HolderFinderInit) {
    this.#init = init;
  }

  /** Peers other than this one that hold the chunk, as far as is known now. */
  async find(id: ChunkId, { fresh = false }: { fresh?: boolean } = {}): Promise<PeerId[]> {
    const { clock } = this.#init;
    const block = blockOf(id);
    const startMs = clock.monotonicMs();
    const known = await this.#ask(block, fresh ? USELESS_FRESH_MS : FRESH_MS);
    const peers = this.#named(id, known);
    if (peers.length > 0) return peers;
    // What was asked for this very call is fresh, however long the answer took.
    const tookMs = clock.monotonicMs() - startMs;
    return this.#named(id, await this.#ask(block, tookMs + NOBODY_FRESH_MS));
  }

  #named(id: ChunkId, { runs, peers }: HoldersReply): PeerId[] {
    const run = runs.find(({ first, count }) => id >= first && id < first + count);
    const holders = (run?.holders ?? []).flatMap((at) => peers[at]?.peer ?? []);
    return holders.filter((peer) => peer !== this.#init.link.peerId);
  }

  async #ask(block: number, freshMs: number): Promise<HoldersReply> {
    const known = this.#known.get(block);
    const now = this.#init.clock.monotonicMs();
    if (known && now - known.atMs < freshMs) return known.reply;
    const reply = this.#fetch(block).catch((error: unknown) => {
      // The index is away: what was known is better than nothing.
      if (known && hasCode(error, "unavailable", "closed", "timeout")) return known.reply;
      this.#known.delete(block);
      throw error;
    });
    this.#known.delete(block);
    this.#known.set(block, { atMs: now, reply });
    const [oldest] = this.#known.keys();
    if (this.#known.size > BLOCKS_MAX && oldest !== undefined) this.#known.delete(oldest);
    return reply;
  }

  async #fetch(block: number): Promise<HoldersReply> {
    const { link, network } = this.#init;
    const run = { first: (block * BLOCK_CHUNKS) as ChunkId, count: BLOCK_CHUNKS };
    const reply = await link.service.holders({ runs: [run] });
    await Promise.all(reply.peers.map(({ peer, addresses }) => network.learn(peer, addresses)));
    return reply;
  }
}
