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
/** An answer that found nobody is asked for again sooner. */
const EMPTY_FRESH_MS = 300;
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
    const reply = await this.#ask(blockOf(id), fresh);
    const run = reply.runs.find(({ first, count }) => id >= first && id < first + count);
    const peers = (run?.holders ?? []).flatMap((at) => reply.peers[at]?.peer ?? []);
    return peers.filter((peer) => peer !== this.#init.link.peerId);
  }

  async #ask(block: number, fresh: boolean): Promise<HoldersReply> {
    const known = this.#known.get(block);
    const now = this.#init.clock.monotonicMs();
    if (known) {
      const ageMs = now - known.atMs;
      if (ageMs < EMPTY_FRESH_MS || (!fresh && ageMs < FRESH_MS)) return known.reply;
    }
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
