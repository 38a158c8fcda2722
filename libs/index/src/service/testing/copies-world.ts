/**
 * Copies without a network: an index's part for them over an engine that tests fill by hand, and
 * keepers in the same process, under one clock.
 */
import { ManualClock, silentLog } from "@goliath/kit";
import {
  DEFAULT_POLICY,
  digestOf,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type PeerId,
  type Revision,
} from "@goliath/protocols/nouns";
import { mergeUses, type UsedRun } from "../../engine/merge-uses.ts";
import type { CopiesSettings } from "../copies/copies-settings.ts";
import { openCopies, type CopiesEngine, type OpenCopies } from "../copies/open-copies.ts";
import { HoldingsMap } from "../holdings/holdings-map.ts";
import { Presence } from "../holdings/presence.ts";
import { ReportDesk } from "../holdings/report-desk.ts";
import { intersectRuns, runSet, subtractRuns } from "../holdings/run-set.ts";
import { seededRandom } from "./seeded-random.ts";
import { idsOf, SimulatedKeeper, type SimulatedKeeperInit } from "./simulated-keeper.ts";
import { testIdentity } from "./simulated-peer.ts";

export const CHUNK_BYTES = 4096;

/** What chunk `id` is. */
export function bytesOf(id: ChunkId): Uint8Array {
  return Buffer.alloc(16, `chunk ${id} `);
}

export function run(first: number, count: number): ChunkRun {
  return { first: first as ChunkId, count };
}

/** An engine that knows what it is told; everything has a digest until it is collected. */
export class HandEngine implements CopiesEngine {
  readonly stored = new Map<string, Uint8Array>();
  used: UsedRun[] = [];
  leased: ChunkRun[] = [];
  revision = 1;
  readonly collected: ChunkRun[] = [];
  passes = 0;
  readonly #listeners = new Set<(revision: Revision) => void>();

  /** A commit after which these chunks are used as well. */
  use(first: number, count: number, use: number | Partial<UsedRun> = {}): void {
    const more = typeof use === "number" ? { copies: use } : use;
    const wish = { prefer: [], avoid: [] };
    this.used.push({ ...run(first, count), copies: 1, bytes: count * CHUNK_BYTES, wish, ...more });
    this.revision++;
    for (const listener of this.#listeners) listener(this.revision as Revision);
  }

  records: CopiesEngine["records"] = async (prefix) =>
    [...this.stored]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => ({ key, value }));

  setRecord: CopiesEngine["setRecord"] = async (key, value) => {
    if (value) this.stored.set(key, value);
    else this.stored.delete(key);
  };

  policies: CopiesEngine["policies"] = async ({ paths }) =>
    paths.map(() => ({ ...DEFAULT_POLICY, from: {} }));

  checkLeased: CopiesEngine["checkLeased"] = async () => undefined;

  digests: CopiesEngine["digests"] = async ({ runs }) => {
    const gone = intersectRuns(runSet(runs), runSet(this.collected));
    if (gone.length > 0) throw new GoliathError("not-found", "collected");
    return Buffer.concat([...idsOf(runs)].map((id) => digestOf(bytesOf(id))));
  };

  usage: CopiesEngine["usage"] = async () => ({
    ...mergeUses(this.used),
    since: this.revision as Revision,
    revision: this.revision as Revision,
  });

  onCommit: CopiesEngine["onCommit"] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  collect: CopiesEngine["collect"] = async ({ runs }) => {
    const unused = subtractRuns(runSet(runs), runSet([...this.used, ...this.leased]));
    this.collected.push(...unused);
    return { collected: unused, left: [] };
  };

  committed: ChunkRun[] = [];

  committedRuns: CopiesEngine["committedRuns"] = async () => ({
    runs: subtractRuns(runSet(this.committed), runSet(this.collected)),
  });

  leasedRuns: CopiesEngine["leasedRuns"] = async () => this.leased;

  tick: CopiesEngine["tick"] = async () => 0;

  retain: CopiesEngine["retain"] = async () => {
    this.passes++;
    return { pruned: 0, oldest: 0 as Revision };
  };
}

export interface WorldKeeper {
  peer: PeerId;
  keeper: SimulatedKeeper;
  /** Opens a stream and a new session. */
  arrive(): Promise<void>;
  /** Opens a stream and goes on with the session it had. */
  resume(): Promise<void>;
  /** Its stream ends; what is asked of it meanwhile fails as the network's would. */
  leave(): void;
}

export class CopiesWorld implements AsyncDisposable {
  readonly clock: ManualClock;
  readonly engine: HandEngine;
  readonly keepers: WorldKeeper[] = [];
  readonly #settings: Partial<CopiesSettings>;
  readonly #random = seededRandom(1);
  map = new HoldingsMap();
  presence: Presence;
  reports!: ReportDesk;
  open!: OpenCopies;

  constructor(settings: Partial<CopiesSettings> = {}) {
    this.clock = new ManualClock({ nowMs: 1e12 });
    this.engine = new HandEngine();
    this.presence = new Presence(this.clock);
    this.#settings = settings;
  }

  get copies(): OpenCopies["copies"] {
    return this.open.copies;
  }

  /** Starts the index, or starts it again: it knows what is durable, and nobody is here. */
  async start(): Promise<void> {
    this.map = new HoldingsMap();
    this.presence = new Presence(this.clock);
    this.open = await openCopies({
      engine: this.engine,
      presence: this.presence,
      map: this.map,
      readBack: async (peer, id) => {
        const bytes = this.#of(peer).keeper.chunks.get(id);
        if (bytes) return bytes;
        throw new GoliathError("missing", "not held");
      },
      demandFull: (peer) => this.reports.demandFull(peer),
      clock: this.clock,
      log: silentLog,
      random: this.#random,
      settings: this.#settings,
    });
    const learn = async (): Promise<void> => undefined;
    const { map, presence } = this;
    this.reports = new ReportDesk({ map, presence, keeping: this.copies, learn });
    this.open.start();
  }

  /** Kills the index: nothing is told to anybody. */
  async kill(): Promise<void> {
    for (const one of this.keepers) one.leave();
    const closed = this.open.close();
    await this.clock.advance(0);
    await closed;
  }

  async keeper(init: SimulatedKeeperInit = {}): Promise<WorldKeeper> {
    const { peerId: peer } = testIdentity(10 + this.keepers.length);
    const fetch = (id: ChunkId): Uint8Array | undefined => this.#anybodys(id);
    const keeper = new SimulatedKeeper({ fetch, ...init });
    let cut: (() => void) | undefined;
    const connect = (): ReturnType<ReportDesk["serviceFor"]> => {
      one.leave();
      const { presence, reports } = this;
      const gone = Promise.withResolvers<never>();
      gone.promise.catch(() => undefined);
      const holder = overStream(keeper, gone.promise);
      cut = () => {
        gone.reject(new GoliathError("closed", "the stream ended"));
        presence.leave(peer, holder);
      };
      presence.arrive(peer, holder);
      return reports.serviceFor(peer);
    };
    const one: WorldKeeper = {
      peer,
      keeper,
      arrive: () => keeper.begin(connect()),
      resume: () => keeper.resume(connect()),
      leave: () => {
        cut?.();
        cut = undefined;
      },
    };
    this.keepers.push(one);
    await one.arrive();
    return one;
  }

  /** Lets time pass in steps, with every keeper that is here saying so. */
  async pass(ms: number, stepMs = 5000): Promise<void> {
    for (let left = ms; left > 0; left -= stepMs) {
      for (const { keeper, peer } of this.keepers) {
        if (this.presence.isOnline(peer)) await keeper.beat().catch(() => keeper.tellAll());
      }
      await this.clock.advance(Math.min(left, stepMs));
    }
  }

  /** How many keepers keep each of these chunks, as their disks are. */
  copiesOf(runs: ChunkRun[]): number[] {
    return [...idsOf(runs)].map(
      (id) => this.keepers.filter(({ keeper }) => keeper.chunks.has(id)).length,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  #of(peer: PeerId): WorldKeeper {
    return this.keepers.find((one) => one.peer === peer) as WorldKeeper;
  }

  #anybodys(id: ChunkId): Uint8Array | undefined {
    for (const { keeper, peer } of this.keepers) {
      const bytes = this.presence.isOnline(peer) ? keeper.chunks.get(id) : undefined;
      if (bytes) return bytes;
    }
    return undefined;
  }
}

/** A keeper's orders as they are over a stream: when it ends, nobody hears the answers. */
function overStream({ holder }: SimulatedKeeper, gone: Promise<never>): typeof holder {
  const until = <T>(answer: Promise<T>): Promise<T> => Promise.race([answer, gone]);
  return {
    prove: (request) => until(holder.prove(request)),
    announce: (request) => until(holder.announce(request)),
    copy: (order) => until(holder.copy(order)),
    drop: (request) => until(holder.drop(request)),
  };
}

/** The chunks of some runs, with their bytes. */
export function* chunksOf(runs: ChunkRun[]): Generator<[ChunkId, Uint8Array]> {
  for (const id of idsOf(runs)) yield [id, bytesOf(id)];
}
