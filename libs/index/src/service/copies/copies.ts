/** All that the index does about copies, as one part of the service. */
import type { Heartbeat } from "@goliath/protocols/holdings";
import type {
  CopiesReport,
  HoldersReply,
  KeeperInfo,
  PlaceRequest,
} from "@goliath/protocols/index";
import { GoliathError, type Change, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { CallOptions } from "@goliath/protocols/wire";
import type { CountedRun } from "../holdings/holder-lookup.ts";
import { HoldingsMap } from "../holdings/holdings-map.ts";
import { runSet } from "../holdings/run-set.ts";
import type { VerifiedHolding } from "../verification/verifier.ts";
import type { Announcements } from "./announcements.ts";
import type { Audit } from "./audit.ts";
import type { Census } from "./census.ts";
import type { Collector } from "./collector.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook, KeptReport } from "./kept-book.ts";
import type { OrderDesk } from "./order-desk.ts";
import type { PlacementDesk } from "./placement-desk.ts";
import type { Repair } from "./repair.ts";

export interface CopiesParts {
  keepers: Keepers;
  book: KeptBook;
  announcements: Announcements;
  placement: PlacementDesk;
  census: Census;
  orders: OrderDesk;
  repair: Repair;
  collector: Collector;
  audit: Audit;
}

/** Numbers for whoever watches the index. Those of events count since its start. */
export interface CopiesStatus extends CopiesReport {
  keepers: number;
  keepersCounted: number;
  keepersDistrusted: number;
  sweeps: number;
  looks: number;
  copied: number;
  copyFailed: number;
  dropped: number;
  dropFailed: number;
  collected: number;
  audited: number;
  caught: number;
}

export class Copies {
  readonly #parts: CopiesParts;

  /** Use `openCopies`. */
  constructor(parts: CopiesParts) {
    this.#parts = parts;
  }

  reported(peer: PeerId, report: KeptReport): void {
    this.#parts.book.take(peer, report);
    if (report.full) this.#parts.keepers.reported(peer);
    this.#parts.repair.stir();
  }

  async heard(peer: PeerId, heartbeat: Heartbeat): Promise<void> {
    const { book, keepers, repair } = this.#parts;
    const before = keepers.get(peer);
    book.heard(peer);
    await keepers.heard(peer, heartbeat);
    if (before?.draining !== keepers.get(peer)?.draining) repair.stir();
  }

  /** The membership ended: nothing of the peer counts, and it is waited for no more. */
  async forget(peer: PeerId): Promise<void> {
    this.#parts.book.forget(peer);
    this.#parts.announcements.forget(peer);
    this.#parts.orders.forget(peer);
    await this.#parts.keepers.forget(peer);
    this.#parts.repair.stir();
  }

  place(writer: PeerId, request: PlaceRequest, options?: CallOptions): Promise<HoldersReply> {
    return this.#parts.placement.place(writer, request, options);
  }

  /** How many copies count, over a run. */
  *copiesAt(run: ChunkRun): Generator<CountedRun> {
    const { book, keepers } = this.#parts;
    for (const { first, count, peers } of book.pieces(run)) {
      yield { first, count, copies: peers.filter((peer) => keepers.counts(peer)).length };
    }
  }

  keeperInfo(peer: PeerId): KeeperInfo | undefined {
    const { book, keepers, repair } = this.#parts;
    const keeper = keepers.get(peer);
    if (!keeper) return undefined;
    const { usedBytes, labels, draining } = keeper;
    const kept = book.chunks(peer);
    // Before anything was counted, all of it may be needed.
    const needed = repair.survey ? (repair.survey.needed.get(peer) ?? 0) : kept;
    return { usedBytes, labels, draining, kept, needed: draining ? needed : 0 };
  }

  /** Of what was verified, what lies in keepers' own stores: it was pushed there, or reported. */
  copiesOf(holdings: readonly VerifiedHolding[]): VerifiedHolding[] {
    const { announcements, book, keepers } = this.#parts;
    return holdings
      .filter(({ peer }) => keepers.counts(peer))
      .map(({ peer, runs }) => {
        const kept = [...announcements.of(peer, runs), ...book.of(peer, runs)];
        return { peer, runs: runSet(kept) };
      });
  }

  /** What was committed counts at once. */
  committed(copies: readonly VerifiedHolding[], changes: readonly Change[]): void {
    for (const { peer, runs } of copies) {
      if (this.#parts.keepers.get(peer)) this.#parts.book.add(peer, runs);
    }
    // What they change is of all below them, or asks for less: only a sweep shows it.
    const isWide = changes.some(({ op }) => op === "policy" || op === "move" || op === "copy");
    if (isWide) this.#parts.census.sweepSoon();
  }

  /** A holder vouched for a chunk at a commit and then could not show it. */
  async lied(peer: PeerId): Promise<void> {
    if (this.#parts.keepers.get(peer)) await this.#parts.keepers.failed(peer);
  }

  report(): CopiesReport {
    const { census, keepers, repair, orders } = this.#parts;
    const none = { used: 0, under: 0, bare: 0, unreachable: 0, unused: 0 };
    const counted = census.usage !== undefined && repair.survey !== undefined && keepers.known;
    return { counted, ...(repair.survey?.counts ?? none), ordered: orders.ordered };
  }

  status(): CopiesStatus {
    const { keepers, census, repair, orders, collector, audit } = this.#parts;
    const all = keepers.all();
    return {
      ...this.report(),
      keepers: all.length,
      keepersCounted: all.filter((peer) => keepers.counts(peer)).length,
      keepersDistrusted: keepers.countDistrusted(),
      sweeps: census.sweeps,
      looks: repair.looks,
      ...orders.counts,
      collected: collector.collected,
      audited: audit.audited,
      caught: keepers.caught,
    };
  }
}

/** Throws `unverified`, about the first of these chunks that fewer keepers were shown to have. */
export function checkMinCopies(
  copies: readonly VerifiedHolding[],
  { fresh, min }: { fresh: readonly ChunkRun[]; min: number },
): void {
  if (min === 0) return;
  const proven = new HoldingsMap();
  for (const { peer, runs } of copies) proven.add(peer, runs);
  for (const run of fresh) {
    for (const { first, peers } of proven.pieces(run)) {
      if (peers.length >= min) continue;
      const message = `a new chunk is at ${peers.length} keepers, and ${min} were asked for`;
      throw new GoliathError("unverified", message, { about: { id: first } });
    }
  }
}
