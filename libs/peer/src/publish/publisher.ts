/**
 * What this peer puts into the drive, from hashing to commit: shares publish folders in place
 * (`begin`), `put` commits chunks it has stored itself (`leaseChunks`, `commitChunks`), and
 * changes without bytes go straight to the queue of commits (`commit`).
 */
import type { PlacedChunks } from "@goliath/chunks";
import type { Clock, Disk, Log, SqliteDatabase } from "@goliath/kit";
import type { CommitReply, Location } from "@goliath/protocols/index";
import type { Change } from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";
import type { FreshChunks } from "./chunk-plan.ts";
import { ChunkLeases, type HeldLeases } from "./chunk-leases.ts";
import { CommitQueue, type CommitInit, type CommitOptions } from "./commit-queue.ts";
import { FailedSyncs } from "./failed-syncs.ts";
import { FileHasher } from "./local-file.ts";
import { Publication, type PublicationInit } from "./publication.ts";

export interface PublisherInit {
  disk: Disk;
  database: SqliteDatabase;
  link: IndexLink;
  placed: PlacedChunks;
  clock: Clock;
  /** From 0 to 1. */
  random: () => number;
  log: Log;
}

export interface CommitChunksInit {
  changes: Change[];
  /** The new chunks the changes use, with their digests. They must be held durably by now. */
  fresh: readonly FreshChunks[];
  /** Keepers that hold them beside this peer, and how many of them must. */
  copies?: { at: Location[]; minCopies: number };
  note?: string;
}

export class Publisher {
  readonly commits: CommitQueue;
  readonly #init: PublisherInit;
  readonly #leases: ChunkLeases;
  readonly #hasher: FileHasher;
  readonly #failedSyncs = new FailedSyncs();

  /** The database has the tables of `createCommitTables`. */
  constructor(init: PublisherInit) {
    this.#init = init;
    this.commits = new CommitQueue(init);
    this.#leases = new ChunkLeases(init);
    this.#hasher = new FileHasher(init);
  }

  /** Begins a stream of changes of local files that stay where they are. */
  begin(init: PublicationInit): Publication {
    const { disk, link, placed, clock } = this.#init;
    const parts = { disk, link, placed, clock, leases: this.#leases, commits: this.commits };
    const own = { hasher: this.#hasher, failedSyncs: this.#failedSyncs };
    return new Publication({ ...parts, ...own }, init);
  }

  /** New chunk ids, renewed until disposed of (`using`). */
  leaseChunks(count: number, options: { signal?: AbortSignal } = {}): Promise<HeldLeases> {
    return this.#leases.hold(count, options);
  }

  /** Stages the digests of chunks that are stored already and commits what uses them. */
  async commitChunks(
    { fresh, copies, ...init }: CommitChunksInit,
    options: CommitOptions = {},
  ): Promise<CommitReply> {
    await this.#leases.stage(fresh, options);
    const { peerId } = this.#init.link;
    const held = fresh.map(({ first, count }) => ({ first, count, peer: peerId }));
    const leases = [...new Set(fresh.map(({ lease }) => lease))];
    const locations = [...held, ...(copies?.at ?? [])];
    const { minCopies = 0 } = copies ?? {};
    return this.commit({ ...init, leases, locations, minCopies }, options);
  }

  /** Changes without new chunks: `mkdir`, `move`, `remove`, `copy`. */
  commit(
    init: Pick<CommitInit, "changes"> & Partial<CommitInit>,
    options: CommitOptions = {},
  ): Promise<CommitReply> {
    return this.commits.commit({ leases: [], locations: [], ...init }, options);
  }
}
