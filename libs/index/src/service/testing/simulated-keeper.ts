/**
 * A keeper for the tests of the index: keeps chunks in memory, takes orders, reports at once. It
 * keeps the rules of the holdings protocol, unless a test says otherwise.
 */
import type {
  Announcement,
  CopyOrder,
  Heartbeat,
  Holder,
  HoldingsService,
} from "@goliath/protocols/holdings";
import {
  digestAt,
  digestOf,
  equalBytes,
  GoliathError,
  type ChunkId,
  type ChunkRun,
} from "@goliath/protocols/nouns";
import { runSet } from "../holdings/run-set.ts";

export interface SimulatedKeeperInit {
  capacityBytes?: number;
  labels?: string[];
  /** Where an order to copy gets its bytes. */
  fetch?: (id: ChunkId) => Uint8Array | undefined;
  addresses?: string[];
}

export class SimulatedKeeper {
  chunks = new Map<ChunkId, Uint8Array>();
  /** What it claims to keep besides. */
  boasts: ChunkRun[] = [];
  capacityBytes: number;
  labels: string[];
  draining = false;
  load = 0;
  /** What it was ordered. */
  readonly announced: Announcement[] = [];
  readonly copied: CopyOrder[] = [];
  readonly dropped: ChunkRun[][] = [];
  /** Called before an order is taken: may wait, throw, look. */
  onOrder: (ask: "announce" | "copy" | "drop") => void | Promise<void> = () => undefined;
  /** Called before a drop is answered, when it is done. */
  onDropped: () => void | Promise<void> = () => undefined;
  /** What it answers to proofs: the truth, unless a test says otherwise. */
  vouch = (runs: ChunkRun[], sums: Uint8Array): void => this.#vouch(runs, sums);
  readonly #fetch: (id: ChunkId) => Uint8Array | undefined;
  readonly #addresses: string[];
  #client: HoldingsService | undefined;
  #number = 0;
  #sessions = 0;

  constructor(init: SimulatedKeeperInit = {}) {
    this.capacityBytes = init.capacityBytes ?? 2 ** 40;
    this.labels = init.labels ?? [];
    this.#fetch = init.fetch ?? (() => undefined);
    this.#addresses = init.addresses ?? [];
  }

  readonly holder: Holder = {
    prove: async ({ runs, sums }) => this.vouch(runs, sums),
    announce: async (request) => {
      await this.onOrder("announce");
      if (this.freeBytes < request.bytes) throw new GoliathError("full", "no room");
      this.announced.push(request);
    },
    copy: async (order) => {
      await this.onOrder("copy");
      await this.#copy(order);
    },
    drop: async ({ runs }) => {
      await this.onOrder("drop");
      const client = this.#client;
      for (const id of idsOf(runs)) this.chunks.delete(id);
      this.dropped.push(runs);
      if (client) await this.#tell({ removed: runs });
      await this.onDropped();
    },
  };

  get usedBytes(): number {
    return this.chunks.values().reduce((sum, { length }) => sum + length, 0);
  }

  get freeBytes(): number {
    return this.capacityBytes - this.usedBytes;
  }

  get runs(): ChunkRun[] {
    return runSet([...this.chunks.keys()].map((first) => ({ first, count: 1 })));
  }

  /** A new session on an open stream: says what it is, and reports in full. */
  async begin(client: HoldingsService): Promise<void> {
    this.#client = client;
    await this.beat();
    await client.begin({ session: `session-${++this.#sessions}` });
    await this.tellAll();
  }

  /** The same session on another stream: goes on where the index says it was. */
  async resume(client: HoldingsService): Promise<void> {
    this.#client = client;
    const { number } = await client.begin({ session: `session-${this.#sessions}` });
    if (number !== this.#number) await this.tellAll();
    await this.beat();
  }

  async tellAll(): Promise<void> {
    this.#number = 0;
    await this.#tell({ added: [...this.runs, ...this.boasts], full: true });
  }

  async beat(): Promise<void> {
    await this.#client?.heartbeat(this.heartbeat);
  }

  get heartbeat(): Heartbeat {
    const { usedBytes, labels, draining, load, capacityBytes } = this;
    const keeper = { usedBytes, labels, draining };
    const said = { addresses: this.#addresses, name: "keeper", load, capacityBytes };
    return { ...said, freeBytes: Math.max(0, this.freeBytes), keeper };
  }

  /** Keeps what was pushed to it. */
  async keep(chunks: Iterable<[ChunkId, Uint8Array]>): Promise<void> {
    const ids: ChunkId[] = [];
    for (const [id, bytes] of chunks) {
      this.chunks.set(id, bytes);
      ids.push(id);
    }
    await this.#tell({ added: runSet(ids.map((first) => ({ first, count: 1 }))) });
  }

  async #copy(order: CopyOrder): Promise<void> {
    this.copied.push(order);
    const got: [ChunkId, Uint8Array][] = [];
    let at = 0;
    for (const id of idsOf(order.runs)) {
      const bytes = this.#fetch(id);
      if (!bytes) throw new GoliathError("no-holder", "nobody has it");
      if (!equalBytes(digestOf(bytes), digestAt(order.sums, at++))) {
        throw new GoliathError("corrupt", "other bytes");
      }
      got.push([id, bytes]);
    }
    await this.keep(got);
  }

  async #tell({ full = false, added = [], removed = [] }: Told): Promise<void> {
    const number = ++this.#number;
    const kept = { added, removed };
    try {
      await this.#client?.report({ number, full, added, removed, kept });
    } catch (error) {
      if (!(error instanceof GoliathError) || error.code !== "reset" || full) throw error;
      await this.#client?.begin({ session: `session-${this.#sessions}` });
      await this.tellAll();
    }
  }

  #vouch(runs: ChunkRun[], sums: Uint8Array): void {
    let at = 0;
    for (const id of idsOf(runs)) {
      const bytes = this.chunks.get(id);
      if (bytes && equalBytes(digestOf(bytes), digestAt(sums, at++))) continue;
      throw new GoliathError("unverified", "cannot vouch for it", { about: { id } });
    }
  }
}

interface Told {
  full?: boolean;
  added?: ChunkRun[];
  removed?: ChunkRun[];
}

export function* idsOf(runs: readonly ChunkRun[]): Generator<ChunkId> {
  for (const { first, count } of runs) {
    for (let id = first; id < first + count; id++) yield id as ChunkId;
  }
}
