/**
 * What the index announced to this keeper: which writer will push which chunks. Only that is taken,
 * within the room that was set apart for it. In memory: after a restart a writer asks the index for
 * a place anew.
 */
import {
  countIds,
  normalizeRuns,
  intersectRuns,
  type ChunkStore,
  type NewChunk,
  type RoomReservation,
  type SpaceKeeper,
} from "@goliath/chunks";
import type { Clock } from "@goliath/kit";
import type { Announcement } from "@goliath/protocols/holdings";
import {
  digestOf,
  equalBytes,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";

/** Announcements at once, of 1,024 chunks at most: some ten MiB of memory when all have come. */
const ANNOUNCEMENTS_MAX = 256;
/** How long room is set apart at most, whatever the index says: a writer may have died. */
const EXPIRES_MS_MAX = 60 * 60 * 1000;

export interface AnnouncementsInit {
  store: ChunkStore & SpaceKeeper;
  clock: Clock;
}

interface Expected {
  writer: PeerId;
  runs: ChunkRun[];
  room: RoomReservation;
  /** By the monotonic clock. */
  untilMs: number;
  leftBytes: number;
  /** Chunks that are being written, or were. */
  taken: Set<ChunkId>;
}

export class Announcements implements Disposable {
  readonly #init: AnnouncementsInit;
  /** The newest last. */
  #expected: Expected[] = [];

  constructor(init: AnnouncementsInit) {
    this.#init = init;
  }

  /** Throws `busy`, `full`. */
  async announce({ writer, runs: given, bytes, expiresInMs }: Announcement): Promise<void> {
    const { store, clock } = this.#init;
    const runs = normalizeRuns(given);
    this.#end((old) => old.writer === writer && intersectRuns(old.runs, runs).length > 0);
    this.endExpired();
    if (this.#expected.length >= ANNOUNCEMENTS_MAX) {
      throw new GoliathError("busy", "too many writers push to this keeper");
    }
    const room = await store.reserve({ chunks: countIds(runs), bytes });
    const untilMs = clock.monotonicMs() + Math.min(expiresInMs, EXPIRES_MS_MAX);
    this.#expected.push({ writer, runs, room, untilMs, leftBytes: bytes, taken: new Set() });
  }

  /**
   * Takes an announced chunk, once; on disk when it resolves. The same bytes again are taken for a
   * retry. Throws `forbidden`, `corrupt`, `full`, `busy`.
   */
  async push(writer: PeerId, chunk: NewChunk): Promise<void> {
    const expected = this.#find(writer, chunk.id);
    if (!equalBytes(digestOf(chunk.bytes), chunk.digest)) {
      throw new GoliathError("corrupt", "the bytes are others than their digest says");
    }
    if (this.#isHere(chunk)) return;
    if (expected.taken.has(chunk.id)) throw new GoliathError("busy", "it is being written");
    const { length } = chunk.bytes;
    if (length > expected.leftBytes) {
      throw new GoliathError("full", "more bytes come than were announced");
    }
    expected.leftBytes -= length;
    expected.taken.add(chunk.id);
    try {
      await expected.room.write(chunk);
    } catch (error) {
      expected.leftBytes += length;
      expected.taken.delete(chunk.id);
      throw error;
    }
  }

  /** Throws `forbidden` unless it was announced. */
  expect(writer: PeerId, id: ChunkId): void {
    this.#find(writer, id);
  }

  /** Gives back the room of writers that did not come in time. */
  endExpired(): void {
    const nowMs = this.#init.clock.monotonicMs();
    this.#end(({ untilMs }) => untilMs <= nowMs);
  }

  [Symbol.dispose](): void {
    this.#end(() => true);
  }

  #find(writer: PeerId, id: ChunkId): Expected {
    const nowMs = this.#init.clock.monotonicMs();
    const found = this.#expected.findLast(
      (one) =>
        one.writer === writer &&
        one.untilMs > nowMs &&
        one.runs.some(({ first, count }) => id >= first && id < first + count),
    );
    if (found) return found;
    throw new GoliathError("forbidden", "the index did not announce this chunk", { about: { id } });
  }

  /** Throws `forbidden` for other bytes under an id that is held. */
  #isHere({ id, digest }: NewChunk): boolean {
    const { store } = this.#init;
    if (!store.has(id)) return false;
    if (equalBytes(store.digests([{ first: id, count: 1 }]), digest)) return true;
    throw new GoliathError("forbidden", "this chunk is here with other bytes", { about: { id } });
  }

  #end(isOver: (expected: Expected) => boolean): void {
    for (const expected of this.#expected) if (isOver(expected)) expected.room[Symbol.dispose]();
    this.#expected = this.#expected.filter((expected) => !isOver(expected));
  }
}
