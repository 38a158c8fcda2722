/**
 * The keepers on record: peers that pledged room. Durable, so that an index that starts knows whom
 * to wait for; what they said of themselves and when they were heard of is in memory.
 */
import { Semaphore, type Clock, type Log } from "@goliath/kit";
import type { Heartbeat } from "@goliath/protocols/holdings";
import { parsePeerId, type PeerId } from "@goliath/protocols/nouns";
import type { IndexEngine } from "../../engine/engine.ts";
import type { Presence } from "../holdings/presence.ts";
import { damaged, decodeRecord, encodeRecord } from "../membership/json-record.ts";
import { hostsOf } from "./place-copies.ts";

const PREFIX = "keeper/";
/** Failures in a row that make a keeper distrusted: one or two may be a disk's, or a race. */
export const FAILURES_MAX = 3;

/** What is durable of a keeper. */
interface KeeperRecord {
  labels: string[];
  capacityBytes: number;
  draining: boolean;
  /** Caught at claiming what it lacks; after a start of the index the time of it begins anew. */
  distrusted: boolean;
}

export interface Keeper extends KeeperRecord {
  peer: PeerId;
  usedBytes: number;
  freeBytes: number;
  load: number;
  /** The machines its addresses are of. */
  hosts: string[];
}

interface State {
  record: KeeperRecord;
  said: { usedBytes: number; freeBytes: number; load: number; hosts: string[] };
  /** Placed there since it last spoke: what it said does not have that yet. */
  promised: { bytes: number; orders: number };
  distrustedUntilMs: number;
  failures: number;
}

export interface KeepersInit {
  engine: Pick<IndexEngine, "records" | "setRecord">;
  presence: Pick<Presence, "isOnline" | "heardMs">;
  clock: Clock;
  log: Log;
  settings: { graceMs: number; settleMs: number; distrustMs: number };
}

export class Keepers {
  readonly #init: KeepersInit;
  readonly #states: Map<PeerId, State>;
  /** By the monotonic clock: when each peer's full report began; a peer's report may come first. */
  readonly #reportedMs = new Map<PeerId, number>();
  readonly #startMs: number;
  /** One write at a time: what is on disk and in memory stay the same. */
  readonly #writes = new Semaphore({ max: 1 });
  #caught = 0;

  /** Use `openKeepers`. */
  constructor(init: KeepersInit, records: ReadonlyMap<PeerId, KeeperRecord>) {
    this.#init = init;
    this.#startMs = init.clock.monotonicMs();
    const untilMs = this.#startMs + init.settings.distrustMs;
    this.#states = new Map(
      [...records].map(([peer, record]) => [
        peer,
        { ...newState(record), distrustedUntilMs: record.distrusted ? untilMs : 0 },
      ]),
    );
  }

  /** How often a keeper was caught at claiming what it lacks, since the start. */
  get caught(): number {
    return this.#caught;
  }

  get(peer: PeerId): Keeper | undefined {
    const state = this.#states.get(peer);
    return state && { peer, ...state.record, ...state.said };
  }

  all(): PeerId[] {
    return [...this.#states.keys()];
  }

  /** Takes what a peer says of itself; a new or changed keeper is on record when it resolves. */
  async heard(peer: PeerId, heartbeat: Heartbeat): Promise<void> {
    const { keeper, capacityBytes, freeBytes, load, addresses } = heartbeat;
    const state = this.#states.get(peer);
    if (!keeper) {
      if (state) await this.#write(peer, undefined);
      return;
    }
    const { usedBytes, labels, draining } = keeper;
    const distrusted = state?.record.distrusted ?? false;
    const record = { labels, capacityBytes, draining, distrusted };
    if (!state || !sameRecord(state.record, record)) await this.#write(peer, record);
    const now = this.#states.get(peer);
    if (!now) return;
    now.said = { usedBytes, freeBytes, load, hosts: hostsOf(addresses) };
    now.promised = { bytes: 0, orders: 0 };
  }

  /** Its full report has begun. */
  reported(peer: PeerId): void {
    const nowMs = this.#nowMs();
    // One that reports anew all the time must not make the repair wait for ever.
    if (nowMs - (this.#reportedMs.get(peer) ?? -Infinity) < this.#init.settings.graceMs) return;
    this.#reportedMs.set(peer, nowMs);
  }

  /** Its membership has ended. */
  async forget(peer: PeerId): Promise<void> {
    this.#reportedMs.delete(peer);
    if (this.#states.has(peer)) await this.#write(peer, undefined);
  }

  /** Whether what it keeps counts as copies now. */
  counts(peer: PeerId): boolean {
    const state = this.#states.get(peer);
    if (!state || state.record.draining || this.#isDistrusted(state)) return false;
    return this.awayMs(peer) < this.#init.settings.graceMs;
  }

  /** How long it has been away; 0 while it is here. Nobody was away before the index started. */
  awayMs(peer: PeerId): number {
    const { presence } = this.#init;
    if (presence.isOnline(peer)) return 0;
    return this.#nowMs() - Math.max(this.#startMs, presence.heardMs(peer) ?? 0);
  }

  /** Those that new copies may be ordered from, as they are with what was promised to them. */
  takers(): Keeper[] {
    const { presence } = this.#init;
    const takers: Keeper[] = [];
    for (const [peer, { record, said, promised }] of this.#states) {
      if (record.capacityBytes === 0 || !this.counts(peer) || !presence.isOnline(peer)) continue;
      const freeBytes = said.freeBytes - promised.bytes;
      takers.push({ peer, ...record, ...said, freeBytes, load: said.load + promised.orders });
    }
    return takers;
  }

  /** Something was placed there: counted until it speaks again. */
  promise(peer: PeerId, bytes: number): void {
    const promised = this.#states.get(peer)?.promised;
    if (!promised) return;
    promised.bytes += bytes;
    promised.orders++;
  }

  /**
   * Whether all keepers on record are here and told what they keep, or the grace has passed since
   * the index started: until then what is missing may only not have been heard of yet.
   */
  get known(): boolean {
    const nowMs = this.#nowMs();
    if (nowMs - this.#startMs >= this.#init.settings.graceMs) return true;
    return this.all().every(
      (peer) => this.#reportedMs.has(peer) && this.#init.presence.isOnline(peer),
    );
  }

  /** Whether some keeper is in the midst of telling all that it keeps. */
  get settling(): boolean {
    const nowMs = this.#nowMs();
    return this.all().some(
      (peer) => nowMs - (this.#reportedMs.get(peer) ?? -Infinity) < this.#init.settings.settleMs,
    );
  }

  /** It showed a chunk. */
  showed(peer: PeerId): void {
    const state = this.#states.get(peer);
    if (state) state.failures = 0;
  }

  /** It claimed a chunk that it could not show; a few times in a row, and it is not counted. */
  async failed(peer: PeerId): Promise<void> {
    const state = this.#states.get(peer);
    this.#caught++;
    if (!state || ++state.failures < FAILURES_MAX) return;
    state.failures = 0;
    state.distrustedUntilMs = this.#nowMs() + this.#init.settings.distrustMs;
    this.#init.log.warn("a keeper claims what it lacks: it is not counted for a while", { peer });
    await this.#write(peer, { ...state.record, distrusted: true });
  }

  /** Keepers that are not counted because they were caught. */
  countDistrusted(): number {
    return this.#states
      .values()
      .reduce((count, state) => count + (this.#isDistrusted(state) ? 1 : 0), 0);
  }

  #isDistrusted({ record, distrustedUntilMs }: State): boolean {
    return record.distrusted && this.#nowMs() < distrustedUntilMs;
  }

  #write(peer: PeerId, record: KeeperRecord | undefined): Promise<void> {
    return this.#writes.run(async () => {
      await this.#init.engine.setRecord(PREFIX + peer, record && encodeRecord(record));
      const state = this.#states.get(peer);
      if (!record) this.#states.delete(peer);
      else if (state) state.record = record;
      else this.#states.set(peer, newState(record));
    });
  }

  #nowMs(): number {
    return this.#init.clock.monotonicMs();
  }
}

export async function openKeepers(init: KeepersInit): Promise<Keepers> {
  const stored = await init.engine.records(PREFIX);
  const records = stored.map(({ key, value }): [PeerId, KeeperRecord] => [
    parsePeerId(key.slice(PREFIX.length)),
    parseRecord(value),
  ]);
  return new Keepers(init, new Map(records));
}

function newState(record: KeeperRecord): State {
  return {
    record,
    said: { usedBytes: 0, freeBytes: 0, load: 0, hosts: [] },
    promised: { bytes: 0, orders: 0 },
    distrustedUntilMs: 0,
    failures: 0,
  };
}

function sameRecord(a: KeeperRecord, b: KeeperRecord): boolean {
  return (
    a.capacityBytes === b.capacityBytes &&
    a.draining === b.draining &&
    a.distrusted === b.distrusted &&
    a.labels.join(" ") === b.labels.join(" ")
  );
}

function parseRecord(value: Uint8Array): KeeperRecord {
  const { labels, capacityBytes, draining, distrusted } = decodeRecord(value);
  const isTexts = Array.isArray(labels) && labels.every((label) => typeof label === "string");
  if (!isTexts || typeof capacityBytes !== "number" || typeof draining !== "boolean") {
    throw damaged("a keeper");
  }
  return { labels, capacityBytes, draining, distrusted: distrusted === true };
}
