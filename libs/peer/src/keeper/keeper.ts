/**
 * What a peer does on the index's orders: it takes chunks that writers push, copies others, and
 * drops what is no longer needed. Every peer drops; only one that pledged room does the rest. It
 * stands on any store that can promise room.
 */
import type { ChunkStore, NewChunk, SpaceKeeper } from "@goliath/chunks";
import type { Clock, Log, RateLimiter } from "@goliath/kit";
import type {
  Announcement,
  CopyOrder,
  Heartbeat,
  KeeperState,
  OrderService,
} from "@goliath/protocols/holdings";
import { GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { CallOptions } from "@goliath/protocols/wire";
import type { ChunkFetcher } from "../parts.ts";
import { Announcements } from "./announcements.ts";
import { CopyOrders } from "./copy-orders.ts";
import type { DrainFlag } from "./drain-flag.ts";
import type { KeeperStatus } from "./keeper-status.ts";

const NO_KEEPER = "this peer pledged no room, so it keeps no copies";

export interface KeeperInit {
  store: ChunkStore & SpaceKeeper;
  /** Bytes pledged; 0 for a peer that is no keeper. */
  capacityBytes: number;
  labels: readonly string[];
  drain: DrainFlag;
  fetcher: ChunkFetcher;
  /** Bounds what is taken from writers. */
  download: RateLimiter;
  clock: Clock;
  log: Log;
}

/** What a heartbeat tells of a keeper. */
export type Pledge = Pick<Heartbeat, "capacityBytes" | "freeBytes"> & { keeper?: KeeperState };

export class Keeper implements OrderService, Disposable {
  readonly #init: KeeperInit;
  readonly #announced: Announcements;
  readonly #copies: CopyOrders;

  constructor(init: KeeperInit) {
    this.#init = init;
    this.#announced = new Announcements(init);
    this.#copies = new CopyOrders(init);
  }

  async announce(announcement: Announcement): Promise<void> {
    this.#checkTakes();
    await this.#announced.announce(announcement);
  }

  async copy(order: CopyOrder, options?: CallOptions): Promise<void> {
    this.#checkTakes();
    await this.#copies.copy(order, options?.signal);
  }

  /** Files of the user's are in other stores: nothing here touches them. */
  drop({ runs }: { runs: ChunkRun[] }): Promise<void> {
    return this.#init.store.drop(runs);
  }

  /** What a writer pushes. Throws `forbidden`, `corrupt`, `full`, `busy`. */
  async push(writer: PeerId, chunk: NewChunk, options?: CallOptions): Promise<void> {
    this.#announced.expect(writer, chunk.id);
    const { download } = this.#init;
    await download.take(chunk.bytes.length, { who: writer, signal: options?.signal });
    await this.#announced.push(writer, chunk);
  }

  /** What this peer pledged, and how it stands now. */
  async pledge(): Promise<Pledge> {
    const { capacityBytes, store, labels, drain } = this.#init;
    if (capacityBytes === 0) return { capacityBytes, freeBytes: 0 };
    this.#announced.endExpired();
    const { usedBytes, reservedBytes, freeBytes } = await store.space();
    const draining = drain.isSet;
    const keeper = { usedBytes: usedBytes + reservedBytes, labels: [...labels], draining };
    return { capacityBytes, freeBytes, keeper };
  }

  async status(): Promise<Omit<KeeperStatus, "scrub"> | undefined> {
    const { capacityBytes, freeBytes, keeper } = await this.pledge();
    return keeper && { capacityBytes, freeBytes, ...keeper };
  }

  /** Throws `unsupported` at a peer that keeps nothing. */
  setDraining(draining: boolean): void {
    const { capacityBytes, drain } = this.#init;
    if (capacityBytes === 0 && draining) throw new GoliathError("unsupported", NO_KEEPER);
    drain.set(draining);
  }

  [Symbol.dispose](): void {
    this.#announced[Symbol.dispose]();
  }

  #checkTakes(): void {
    const { capacityBytes, drain } = this.#init;
    if (capacityBytes === 0) throw new GoliathError("unsupported", NO_KEEPER);
    if (drain.isSet) throw new GoliathError("busy", "this keeper is being drained");
  }
}
