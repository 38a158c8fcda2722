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

/** A chunk asked of one peer. */
interface Asking {
  need: ChunkNeed;
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
      const bytes = await this.#ask(peer, { need, isAlone, signal });
      if (bytes) return bytes;
    }
  }

  /** The chunk's bytes from this peer, or undefined when it could not give them. */
  async #ask(peer: PeerId, { need, isAlone, signal }: Asking): Promise<Uint8Array | undefined> {
    const { sources, clock, log, onBytes, links } = this.#init;
    const startMs = clock.monotonicMs();
    const owedBytes = sources.owed(peer);
    sources.asked(peer, need.length);
    try {
      const bytes = await this.#read(peer, { need, isAlone, signal });
      if (!equalBytes(digestOf(bytes), need.digest)) {
        sources.lied(peer, need.length);
        this.counts.wrong++;
        links.drop(peer, new GoliathError("corrupt", "wrong bytes"));
        log.warn("a peer sent wrong bytes", { peer, id: need.id });
        return undefined;
      }
      sources.answered(peer, {
        length: need.length,
        tookMs: clock.monotonicMs() - startMs,
        owedBytes,
      });
      onBytes(bytes.length, peer);
      return bytes;
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      if (signal?.aborted) sources.givenUp(peer, need.length);
      else if (error.retry === "elsewhere") sources.lacked(peer, need.length);
      else sources.failed(peer, need.length);
      signal?.throwIfAborted();
      this.counts.failed++;
      log.debug("a peer could not give a chunk", { peer, id: need.id, code: error.code });
      return undefined;
    }
  }

  async #read(peer: PeerId, { need, isAlone, signal }: Asking): Promise<Uint8Array> {
    const { links, clock } = this.#init;
    const heard = isAlone ? { sinceMs: () => links.heardMs(peer) } : {};
    try {
      return await withDeadline(
        { clock, timeoutMs: STALL_MS, ...heard, ...(signal ? { signal } : {}) },
        async (late) => (await links.open(peer)).read({ id: need.id }, { signal: late }),
      );
    } catch (error) {
      if (hasCode(error, "timeout")) links.drop(peer, error);
      throw error;
    }
  }
}

/** Without the index nobody new can be found; whoever waits asks again. */
function ignoreAway(error: unknown): PeerId[] {
  if (GoliathError.from(error).retry === "later") return [];
  throw error;
}
