/** Puts the parts of copies together and sets them going. */
import type { Clock, Log } from "@goliath/kit";
import {
  DEFAULT_POLICY,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";
import type { IndexEngine } from "../../engine/engine.ts";
import type { HoldingsMap } from "../holdings/holdings-map.ts";
import type { Presence } from "../holdings/presence.ts";
import { Announcements } from "./announcements.ts";
import { Audit } from "./audit.ts";
import { Census, type UsageSource } from "./census.ts";
import { Collector, type CollectSource } from "./collector.ts";
import { Copies, type CopiesParts } from "./copies.ts";
import { COPIES_DEFAULTS, type CopiesSettings } from "./copies-settings.ts";
import { openKeepers, type Keepers } from "./keepers.ts";
import { KeptBook } from "./kept-book.ts";
import { OrderDesk } from "./order-desk.ts";
import { PlacementDesk } from "./placement-desk.ts";
import { Repair } from "./repair.ts";
import { runRetention, type RetentionSource } from "./retention.ts";
import { Trimmer } from "./trimmer.ts";
import type { UsageMap } from "./usage-map.ts";

/** What of the engine copies stand on. */
export type CopiesEngine = Pick<
  IndexEngine,
  "records" | "setRecord" | "policies" | "checkLeased" | "digests"
> &
  UsageSource &
  CollectSource &
  RetentionSource;

export interface CopiesInit {
  engine: CopiesEngine;
  presence: Presence;
  /** What peers serve. */
  map: HoldingsMap;
  readBack: (peer: PeerId, id: ChunkId, options: { signal: AbortSignal }) => Promise<Uint8Array>;
  /** The peer must tell all that it holds. */
  demandFull: (peer: PeerId) => void;
  clock: Clock;
  log: Log;
  /** From 0 to 1, exclusive; not foreseeable by keepers. */
  random: () => number;
  /** What differs from the defaults. */
  settings: Partial<CopiesSettings>;
}

export interface OpenCopies {
  copies: Copies;
  /** Begins to look after copies; until then they are only counted. */
  start(): void;
  /** Ends what runs. Orders to drop end with the streams they went out on: close those first. */
  close(): Promise<void>;
}

export async function openCopies(init: CopiesInit): Promise<OpenCopies> {
  const { engine, presence, clock, log } = init;
  const settings = { ...COPIES_DEFAULTS, ...init.settings };
  const keepers = await openKeepers({ engine, presence, clock, log, settings });
  const stop = new AbortController();
  const parts = assemble(init, { settings, keepers, signal: stop.signal });
  let running: Promise<unknown> = Promise.resolve();
  return {
    copies: new Copies(parts),
    start: () => {
      const { signal } = stop;
      const onPruned = (): void => parts.census.sweepSoon();
      running = Promise.all([
        parts.census.run(signal),
        parts.repair.run(signal),
        parts.audit.run(signal),
        runRetention({ source: engine, clock, log, onPruned }, signal),
      ]);
    },
    close: async () => {
      stop.abort(new GoliathError("closed", "the index is stopping"));
      await running;
      await parts.orders.whenIdle();
    },
  };
}

function assemble(
  init: CopiesInit,
  {
    settings,
    keepers,
    signal,
  }: { settings: CopiesSettings; keepers: Keepers; signal: AbortSignal },
): CopiesParts {
  const { engine, map, clock, random } = init;
  const book = new KeptBook();
  const announcements = new Announcements(clock);
  const digests = (runs: ChunkRun[]): Promise<Uint8Array> => engine.digests({ runs });
  const usage = (): UsageMap | undefined => census.usage;
  const stir = (): void => repair.stir();
  const common = { ...init, settings, keepers, book, announcements, digests, usage };
  const orders = new OrderDesk({ ...common, onEnded: stir });
  const audit = new Audit({ ...common, onCaught: stir });
  const trimmer = new Trimmer({
    ...common,
    orders,
    onLacking: (peer, id) => audit.caught(peer, id),
    check: (peer, options) => audit.check(peer, options),
  });
  const collector = new Collector({ ...common, source: engine, orders });
  const census: Census = new Census({
    ...common,
    source: engine,
    sweepIntervalMs: settings.sweepIntervalMs,
    onSwept: (swept) => collector.swept(swept, signal),
    onChanged: stir,
  });
  const repair: Repair = new Repair({
    ...common,
    map,
    census,
    orders,
    trimmer,
    onRound: () => collector.dropDoomed(),
  });
  const placement = new PlacementDesk({
    ...common,
    random,
    checkLeased: (peer, runs) => engine.checkLeased(peer, runs),
    policyOf: async (path) => (await engine.policies({ paths: [path] }))[0] ?? DEFAULT_POLICY,
  });
  return { keepers, book, announcements, placement, census, orders, repair, collector, audit };
}
