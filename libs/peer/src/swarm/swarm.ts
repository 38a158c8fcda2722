/**
 * Fetches chunks from all their holders at once. Each chunk goes to the holder that should answer
 * first; what fails, stalls or lies is asked elsewhere. Bytes are verified before anyone sees them.
 */
import {
  backOff,
  Semaphore,
  withDeadline,
  type Clock,
  type Log,
  type RateLimiter,
} from "@goliath/kit";
import { normalizeRuns } from "@goliath/chunks";
import type { ChunksClient } from "@goliath/protocols/chunks";
import {
  CHUNK_BYTES_DEFAULT,
  digestOf,
  equalBytes,
  GoliathError,
  hasCode,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { ChunkFetcher, ChunkNeed, FetchOptions } from "../parts.ts";
import type { HolderFinder } from "./holder-finder.ts";
import type { PeerLinks } from "./peer-links.ts";
import type { SourceBook } from "./source-book.ts";

/** Chunk bytes under way or not yet taken by their consumer: bounds a peer's memory. */
const IN_FLIGHT_BYTES_MAX = 64 * 1024 * 1024;
/**
 * A chunk that has not come after this long is asked elsewhere. Where there is no other holder, only
 * silence counts: over a line of 256 kbit/s a chunk takes half a minute, and others wait before it.
 */
const STALL_MS = 30_000;
const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 5_000;

export interface SwarmInit {
  finder: HolderFinder;
  links: PeerLinks;
  sources: SourceBook;
  clock: Clock;
  random: () => number;
  log: Log;
  /** Bounds what is fetched, in bytes of chunks. */
  download: RateLimiter;
  /** Told of every verified chunk, for rates. */
  onBytes: (bytes: number, peer: PeerId) => void;
}

/** What is asked of one peer. */
interface Asking<Given> {
  /** Bytes of it, or about so many. */
  length: number;
  read: (client: ChunksClient, signal: AbortSignal) => Promise<Given>;
  isRight: (given: Given) => boolean;
  /** For the log. */
  about: object;
  /** Whether nobody else is known who could be asked. */
  isAlone: boolean;
  signal: AbortSignal | undefined;
}

export class Swarm implements ChunkFetcher {
  /** Chunks under way now; since the start, those asked of a peer in vain, and sent wrong. */
  readonly counts = { fetching: 0, failed: 0, wrong: 0 };
  readonly #init: SwarmInit;
  readonly #slots = new Semaphore({ max: IN_FLIGHT_BYTES_MAX / CHUNK_BYTES_DEFAULT });

  constructor(init: SwarmInit) {
    this.#init = init;
  }

  /** Throws `no-holder` when nobody could answer for `patienceMs`, `aborted`. */
  async fetch(need: ChunkNeed, options: FetchOptions = {}): Promise<Uint8Array> {
    const { signal } = options;
    using _slot = await this.#slots.acquire(signal ? { signal } : {});
    const { download } = this.#init;
    // Before a holder is chosen: how fast each answers is not ours to slow down.
    await download.take(need.length, { signal });
    this.counts.fetching++;
    try {
      return await this.#fetch(need, options);
    } catch (error) {
      download.giveBack(need.length);
      throw error;
    } finally {
      this.counts.fetching--;
    }
  }

  /** From one holder, in one answer. Rejects when aborted only. */
  async fetchSmall(
    needs: readonly ChunkNeed[],
    { signal }: { signal: AbortSignal },
  ): Promise<(Uint8Array | undefined)[]> {
    using _slot = await this.#slots.acquire({ signal });
    const { download } = this.#init;
    const total = needs.reduce((sum, { length }) => sum + length, 0);
    await download.take(total, { signal });
    this.counts.fetching++;
    let came = 0;
    try {
      const found = await this.#askSmall(needs, { total, signal });
      came = found.reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);
      return found;
    } finally {
      download.giveBack(Math.max(total - came, 0));
      this.counts.fetching--;
    }
  }

  async #askSmall(
    needs: readonly ChunkNeed[],
    { total, signal }: { total: number; signal: AbortSignal },
  ): Promise<(Uint8Array | undefined)[]> {
    const { finder, sources } = this.#init;
    const holders = await Promise.all(needs.map(({ id }) => finder.find(id).catch(ignoreAway)));
    const peer = sources.best([...new Set(holders.flat())], total);
    if (!peer) return [];
    const held = needs.filter((_, at) => holders[at]?.includes(peer));
    const others = holders.flat().filter((other) => other !== peer);
    const isAlone = sources.best(others, total) === undefined;
    const given = await this.#ask(peer, {
      ...{ length: total, about: { id: held[0]?.id }, isAlone, signal },
      read: (client, late) => readHeld(client, { held, signal: late }),
      isRight: (all) => all.every((bytes, at) => !bytes || isRight(bytes, held[at])),
    });
    const byId = new Map(held.map(({ id }, at) => [id, given?.[at]]));
    return needs.map(({ id }) => byId.get(id));
  }

  async #fetch(need: ChunkNeed, { signal, patienceMs = 0 }: FetchOptions): Promise<Uint8Array> {
    const { clock } = this.#init;
    const endMs = clock.monotonicMs() + patienceMs;
    const wait = backOff({ minMs: RETRY_MIN_MS, maxMs: RETRY_MAX_MS, random: this.#init.random });
    for (let round = 0; ; round++) {
      const bytes = await this.#tryHolders(need, { fresh: round > 0, signal });
      if (bytes) return bytes;
      if (round > 0 && clock.monotonicMs() >= endMs) {
        throw new GoliathError("no-holder", "no reachable peer holds this now", {
          about: { id: need.id },
        });
      }
      await clock.sleep(wait.next(), signal);
    }
  }

  async #tryHolders(
    need: ChunkNeed,
    { fresh, signal }: { fresh: boolean; signal: AbortSignal | undefined },
  ): Promise<Uint8Array | undefined> {
    const { finder, sources } = this.#init;
    const holders = new Set(await finder.find(need.id, { fresh }).catch(ignoreAway));
    for (;;) {
      signal?.throwIfAborted();
      const peer = sources.best([...holders], need.length);
      if (!peer) return undefined;
      holders.delete(peer);
      const isAlone = sources.best([...holders], need.length) === undefined;
      const bytes = await this.#ask(peer, {
        ...{ length: need.length, about: { id: need.id }, isAlone, signal },
        read: (client, late) => client.read({ id: need.id }, { signal: late }),
        isRight: (read) => isRight(read, need),
      });
      if (bytes) return bytes;
    }
  }

  /** What this peer gives, or undefined when it could not give it. */
  async #ask<Given extends Uint8Array | (Uint8Array | undefined)[]>(
    peer: PeerId,
    asking: Asking<Given>,
  ): Promise<Given | undefined> {
    const { sources, clock, log, onBytes, links } = this.#init;
    const { length, about, signal } = asking;
    const startMs = clock.monotonicMs();
    const owedBytes = sources.owed(peer);
    sources.asked(peer, length);
    try {
      const given = await this.#read(peer, asking);
      if (!asking.isRight(given)) {
        sources.lied(peer, length);
        this.counts.wrong++;
        links.drop(peer, new GoliathError("corrupt", "wrong bytes"));
        log.warn("a peer sent wrong bytes", { peer, ...about });
        return undefined;
      }
      const tookMs = clock.monotonicMs() - startMs;
      sources.answered(peer, { length, tookMs, owedBytes });
      onBytes(bytesOf(given), peer);
      return given;
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      if (signal?.aborted) sources.givenUp(peer, length);
      else if (error.retry === "elsewhere") sources.lacked(peer, length);
      else sources.failed(peer, length);
      signal?.throwIfAborted();
      this.counts.failed++;
      log.debug("a peer could not give a chunk", { peer, ...about, code: error.code });
      return undefined;
    }
  }

  async #read<Given>(peer: PeerId, { read, isAlone, signal }: Asking<Given>): Promise<Given> {
    const { links, clock } = this.#init;
    const heard = isAlone ? { sinceMs: () => links.heardMs(peer) } : {};
    try {
      return await withDeadline(
        { clock, timeoutMs: STALL_MS, ...heard, ...(signal ? { signal } : {}) },
        async (late) => read(await links.open(peer), late),
      );
    } catch (error) {
      if (hasCode(error, "timeout")) links.drop(peer, error);
      throw error;
    }
  }
}

async function readHeld(
  client: ChunksClient,
  { held, signal }: { held: readonly ChunkNeed[]; signal: AbortSignal },
): Promise<(Uint8Array | undefined)[]> {
  const runs = normalizeRuns(held.map(({ id }) => ({ first: id, count: 1 })));
  const given = await client.readSmall({ runs }, { signal });
  const ids = held.map(({ id }) => id).toSorted((a, b) => a - b);
  const byId = new Map(ids.map((id, at) => [id, given[at]]));
  return held.map(({ id }) => byId.get(id));
}

function isRight(bytes: Uint8Array, need: ChunkNeed | undefined): boolean {
  return need !== undefined && equalBytes(digestOf(bytes), need.digest);
}

function bytesOf(given: Uint8Array | (Uint8Array | undefined)[]): number {
  if (given instanceof Uint8Array) return given.length;
  return given.reduce((sum, bytes) => sum + (bytes?.length ?? 0), 0);
}

/** Without the index nobody new can be found; whoever waits asks again. */
function ignoreAway(error: unknown): PeerId[] {
  if (GoliathError.from(error).retry === "later") return [];
  throw error;
}
