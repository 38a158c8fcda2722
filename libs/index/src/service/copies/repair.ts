/**
 * Sees to it that chunks have the copies they are to have: looks at all blocks when anything that
 * matters has changed, then orders copies, fewest first, and takes away what is too much.
 */
import { Listeners, mapBounded, type Clock, type Log } from "@goliath/kit";
import { ORDER_CHUNKS_MAX } from "@goliath/protocols/holdings";
import { blockOf, GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { HoldingsMap } from "../holdings/holdings-map.ts";
import type { Presence } from "../holdings/presence.ts";
import { groupRuns } from "../holdings/run-set.ts";
import type { Census } from "./census.ts";
import type { CopiesSettings } from "./copies-settings.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook } from "./kept-book.ts";
import type { OrderDesk } from "./order-desk.ts";
import { placeCopies, type Taker } from "./place-copies.ts";
import { excessOf, lackOf, planRuns, type Alike, type PlanView } from "./plan-runs.ts";
import { Survey, wholeBlock } from "./survey.ts";
import type { Trimmer } from "./trimmer.ts";
import { Turn } from "./turn.ts";

/** The index does nothing else for so long while it looks: a fraction of a frame of a game. */
const TURN_MS = 5;
/** Blocks looked at in a turn, and orders thought about, also where time stands still. */
const TURN_BLOCKS = 512;
const TURN_ORDERS = 64;
/** A look rests so many times as long as it took: a twentieth of one core at most. */
const REST_PER_LOOK = 20;
/** Bytes of an order to copy: what is done when a keeper dies in the midst of it is little. */
const ORDER_BYTES = 64 * 1024 * 1024;
/** After so long a look is made anew: what was urgent may be so no more. */
const PASS_MS = 30_000;
/** Groups of chunks of which holders are asked at once before a copy goes. */
const TRIMS_MAX = 8;
/** The first keeper stirs the repair; so often it looks without any. */
const NOBODY_MS = 3_600_000;
/** Between two rounds that are stirred: many reports are one reason to look. */
const STIRRED_MS = 10;
/** While every keeper is busy, or the rate is used up. */
const WAIT_MS = 250;

export interface RepairInit {
  census: Pick<Census, "usage" | "version">;
  keepers: Keepers;
  book: KeptBook;
  map: HoldingsMap;
  orders: OrderDesk;
  trimmer: Pick<Trimmer, "trim">;
  presence: Pick<Presence, "isOnline" | "countOnline">;
  settings: Pick<CopiesSettings, "lookIntervalMs">;
  /** Before each round. */
  onRound: () => void;
  clock: Clock;
  /** From 0 to 1, exclusive. */
  random: () => number;
  log: Log;
}

export class Repair {
  readonly #init: RepairInit;
  readonly #stirred = new Listeners<void>();
  #isStirred = false;
  #survey: Survey | undefined;
  /** What the last look saw: nothing is looked at again while it is the same. */
  #seen = "";
  #looks = 0;
  #lookedMs = 0;

  constructor(init: RepairInit) {
    this.#init = init;
  }

  /** What the last look found; undefined before the first. */
  get survey(): Survey | undefined {
    return this.#survey;
  }

  get looks(): number {
    return this.#looks;
  }

  /** Something that matters may have changed. */
  stir(): void {
    this.#isStirred = true;
    this.#stirred.emit();
  }

  /** Until aborted; then it returns. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#init.onRound();
        await this.#round(signal);
        await this.#rest(this.#idleMs(), signal);
      } catch (error) {
        if (signal.aborted) return;
        this.#init.log.error("copies could not be looked after", { error });
        await this.#init.clock.sleep(this.#init.settings.lookIntervalMs, signal).catch(() => {});
      }
    }
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { keepers, clock } = this.#init;
    const seen = this.#state();
    if (seen === undefined || seen === this.#seen) return;
    const startMs = clock.monotonicMs();
    const survey = await this.#look(signal);
    if (!survey) return;
    this.#survey = survey;
    this.#looks++;
    this.#lookedMs = clock.monotonicMs() - startMs;
    // Work that is left is reason enough to look again.
    let isDone = !survey.isCut;
    if (keepers.known && !keepers.settling) {
      isDone = (await this.#copyShort(survey, signal)) && isDone;
      isDone = (await this.#trimOver(survey, signal)) && isDone;
    }
    this.#seen = isDone ? seen : "";
    await clock.sleep(REST_PER_LOOK * this.#lookedMs, signal);
  }

  /** Without keepers nothing comes with time alone. */
  #idleMs(): number {
    const { keepers, settings } = this.#init;
    return keepers.all().length > 0 ? settings.lookIntervalMs : NOBODY_MS;
  }

  /** What a look depends on, in short; undefined while it is not known what is used. */
  #state(): string | undefined {
    const { census, keepers, book, orders, presence } = this.#init;
    if (!census.usage) return undefined;
    const counting = keepers.all().filter((peer) => keepers.counts(peer));
    const may = keepers.known && !keepers.settling;
    const { copyFailed, dropFailed } = orders.counts;
    const versions = `${census.version} ${book.version} ${orders.ordered} ${copyFailed + dropFailed}`;
    return `${versions} ${may} ${presence.countOnline()} ${counting.join()}`;
  }

  async #look(signal: AbortSignal): Promise<Survey | undefined> {
    const { census, book, clock } = this.#init;
    const view = this.#view();
    if (!view || !census.usage) return undefined;
    const survey = new Survey();
    const blocks = new Set([...census.usage.blocks(), ...book.blocks()]);
    const turn = new Turn({ clock, ms: TURN_MS, steps: TURN_BLOCKS });
    for (const block of blocks) {
      survey.look(block, view);
      if (turn.isOver()) await turn.next(signal);
    }
    return survey;
  }

  #view(): PlanView | undefined {
    const { census, book, map, orders, keepers, presence } = this.#init;
    if (!census.usage) return undefined;
    return {
      usage: census.usage,
      kept: book,
      served: map,
      coming: orders.coming,
      counts: (peer) => keepers.counts(peer),
      isOnline: (peer) => presence.isOnline(peer),
    };
  }

  /** Whether all that was found short has been ordered. */
  async #copyShort(survey: Survey, signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#init;
    const untilMs = clock.monotonicMs() + PASS_MS;
    // With a thousand keepers to choose from an order takes milliseconds, also when none is fit.
    const turn = new Turn({ clock, ms: TURN_MS, steps: TURN_ORDERS });
    let isDone = true;
    for (const group of survey.short()) {
      for (const runs of groupRuns(group.runs, chunksAtOnce(group))) {
        if (turn.isOver()) await turn.next(signal);
        let outcome = this.#copyNow(runs, signal);
        while (outcome === "later") {
          if (clock.monotonicMs() >= untilMs) return false;
          await this.#rest(WAIT_MS, signal);
          outcome = this.#copyNow(runs, signal);
        }
        isDone &&= outcome === "ordered";
      }
    }
    return isDone;
  }

  /** Orders what these chunks lack now: all of it, or not before an order has ended, or never. */
  #copyNow(runs: ChunkRun[], signal: AbortSignal): "ordered" | "later" | "nobody" {
    const { orders, keepers, random } = this.#init;
    const view = this.#view();
    let outcome: "ordered" | "nobody" = "ordered";
    if (!view) return outcome;
    for (const group of planRuns(runs, view)) {
      const count = lackOf(group);
      if (count === 0 || !group.isServed) continue;
      if (!orders.hasRoom) return "later";
      const bytes = Math.ceil(group.bytes);
      const wish = { count, bytes, ...group.wish, without: new Set<PeerId>() };
      const holding = this.#known([...group.kept, ...group.coming]);
      const near = new Set(this.#nearOf(group));
      const takers = keepers.takers();
      const idle = takers.filter(({ peer }) => orders.mayCopy(peer));
      const chosen = placeCopies(idle, { ...wish, holding, near, random });
      for (const { peer } of chosen) orders.copy(peer, { runs: group.runs, bytes }, signal);
      if (chosen.length === count) continue;
      const others = takers.filter((taker) => !chosen.some(({ peer }) => peer === taker.peer));
      const after = { ...wish, count: 1, holding: [...holding, ...chosen], near, random };
      if (placeCopies(others, after).length > 0) return "later";
      outcome = "nobody";
    }
    return outcome;
  }

  /** Whether all that was found too much has been dealt with. */
  async #trimOver(survey: Survey, signal: AbortSignal): Promise<boolean> {
    const { clock } = this.#init;
    const untilMs = clock.monotonicMs() + PASS_MS;
    const trimmed = await mapBounded(
      survey.over(),
      TRIMS_MAX,
      async ({ runs }) => {
        const view = this.#view();
        if (!view || clock.monotonicMs() >= untilMs) return false;
        // As it is now: while others were dealt with, the state went on.
        const groups = planRuns(runs, view).filter((group) => excessOf(group) > 0);
        let isDone = true;
        for (const group of groups) {
          isDone = (await this.#init.trimmer.trim(group, signal)) && isDone;
        }
        return isDone;
      },
      { signal },
    );
    return trimmed.every((isDone) => isDone);
  }

  #known(peers: readonly PeerId[]): Pick<Taker, "peer" | "labels" | "hosts">[] {
    const { keepers } = this.#init;
    return peers.map((peer) => keepers.get(peer) ?? { peer, labels: [], hosts: [] });
  }

  /** Those that keep, or fetch, other chunks of the same block. */
  *#nearOf({ runs }: Alike): Generator<PeerId> {
    const { book, orders } = this.#init;
    const [run] = runs;
    if (!run) return;
    const around = wholeBlock(blockOf(run.first));
    for (const map of [book, orders.coming]) {
      for (const { peers } of map.pieces(around)) yield* peers;
    }
  }

  /** Until stirred, or for so long. */
  async #rest(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#isStirred) await this.#init.clock.sleep(STIRRED_MS, signal);
    else await this.#sleepOrStir(ms, signal);
    this.#isStirred = false;
  }

  async #sleepOrStir(ms: number, signal: AbortSignal): Promise<void> {
    const awake = new AbortController();
    const done = AbortSignal.any([signal, awake.signal]);
    const stirred = this.#stirred.next(done);
    try {
      await Promise.race([stirred, this.#init.clock.sleep(ms, done)]);
    } finally {
      awake.abort(new GoliathError("aborted", "awake"));
      await stirred.catch(() => undefined);
    }
  }
}

function chunksAtOnce({ chunks, bytes }: Alike): number {
  const fitting = Math.floor((ORDER_BYTES * chunks) / Math.max(1, bytes));
  return Math.min(ORDER_CHUNKS_MAX, Math.max(1, fitting));
}
