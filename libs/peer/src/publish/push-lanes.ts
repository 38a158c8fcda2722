/** Pushes chunks to keepers: a few at a time to each, so that a slow one keeps no other waiting. */
import type { ChunkReader } from "@goliath/chunks";
import {
  backOff,
  mapBounded,
  Semaphore,
  withDeadline,
  type Clock,
  type RateLimiter,
} from "@goliath/kit";
import { DIGEST_BYTES, hasCode, type ChunkId, type ChunkRun } from "@goliath/protocols/nouns";
import type { Digest, PeerId } from "@goliath/protocols/nouns";
import type { PeerLinks } from "../swarm/peer-links.ts";

/** Chunks on their way to one keeper: what it syncs together. */
const PUSHES_PER_KEEPER = 4;
/** Chunks on their way in all: with chunks of 1 MiB, what a put takes in memory. */
const PUSHES_MAX = 32;
/** One push: four chunks of 1 MiB before it over a line of 300 kbit/s. */
const PUSH_TIMEOUT_MS = 120_000;
/** Waits of a keeper that is busy for the moment. */
const BUSY_MIN_MS = 200;
const BUSY_MAX_MS = 5_000;

export interface PushLanesInit {
  /** Where the chunks lie. */
  store: ChunkReader;
  links: PeerLinks;
  /** Bounds what is sent. */
  upload: RateLimiter;
  clock: Clock;
  random: () => number;
  /** Told of each chunk that a keeper has. */
  onBytes: (bytes: number, keeper: PeerId) => void;
}

export class PushLanes {
  readonly #init: PushLanesInit;
  readonly #all = new Semaphore({ max: PUSHES_MAX });
  readonly #lanes = new Map<PeerId, { places: Semaphore; users: number }>();

  constructor(init: PushLanesInit) {
    this.#init = init;
  }

  /** Resolves when the keeper has all of it on disk; throws what failed first. */
  async push(keeper: PeerId, runs: readonly ChunkRun[], signal: AbortSignal): Promise<void> {
    const lane = this.#lanes.get(keeper) ?? {
      places: new Semaphore({ max: PUSHES_PER_KEEPER }),
      users: 0,
    };
    this.#lanes.set(keeper, lane);
    lane.users++;
    try {
      await mapBounded(
        idsOf(runs),
        PUSHES_PER_KEEPER,
        async (id, { signal: one }) => {
          using _lane = await lane.places.acquire({ signal: one });
          using _place = await this.#all.acquire({ signal: one });
          await this.#pushOne({ keeper, id, signal: one });
        },
        { signal },
      );
    } finally {
      if (--lane.users === 0) this.#lanes.delete(keeper);
    }
  }

  /** Whether the keeper says that it has all of it now. */
  async isAt(keeper: PeerId, runs: ChunkRun[], signal: AbortSignal): Promise<boolean> {
    const { clock, links } = this.#init;
    try {
      const held = await withDeadline({ clock, timeoutMs: PUSH_TIMEOUT_MS, signal }, async (late) =>
        (await links.open(keeper)).has({ runs }, { signal: late }),
      );
      return countOf(held) === countOf(runs);
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }

  async #pushOne({ keeper, id, signal }: OnePush): Promise<void> {
    const { store, links, upload, clock, random, onBytes } = this.#init;
    const bytes = await store.read(id, { signal });
    const digest = store.digests([{ first: id, count: 1 }]).subarray(0, DIGEST_BYTES) as Digest;
    await upload.take(bytes.length, { who: keeper, signal });
    const waits = backOff({ minMs: BUSY_MIN_MS, maxMs: BUSY_MAX_MS, random });
    await withDeadline({ clock, timeoutMs: PUSH_TIMEOUT_MS, signal }, async (late) => {
      for (;;) {
        try {
          const client = await links.open(keeper);
          return await client.push({ id, digest, bytes }, { signal: late });
        } catch (error) {
          if (!hasCode(error, "busy")) throw error;
          await clock.sleep(waits.next(), late);
        }
      }
    });
    onBytes(bytes.length, keeper);
  }
}

interface OnePush {
  keeper: PeerId;
  id: ChunkId;
  signal: AbortSignal;
}

function* idsOf(runs: readonly ChunkRun[]): Generator<ChunkId> {
  for (const { first, count } of runs) {
    for (let id: number = first; id < first + count; id++) yield id as ChunkId;
  }
}

function countOf(runs: readonly ChunkRun[]): number {
  return runs.reduce((sum, { count }) => sum + count, 0);
}
