/** All that the index does about copies, as one part of the service. */
import type { Clock, Log } from "@goliath/kit";
import type { Heartbeat } from "@goliath/protocols/holdings";
import type { HoldersReply, KeeperInfo, PlaceRequest } from "@goliath/protocols/index";
import { DEFAULT_POLICY, GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { CallOptions } from "@goliath/protocols/wire";
import type { IndexEngine } from "../../engine/engine.ts";
import type { CountedRun } from "../holdings/holder-lookup.ts";
import { HoldingsMap } from "../holdings/holdings-map.ts";
import type { Presence } from "../holdings/presence.ts";
import { runSet } from "../holdings/run-set.ts";
import type { VerifiedHolding } from "../verification/verifier.ts";
import { Announcements } from "./announcements.ts";
import { COPIES_DEFAULTS, type CopiesSettings } from "./copies-settings.ts";
import { openKeepers, type Keepers } from "./keepers.ts";
import { KeptBook, type KeptReport } from "./kept-book.ts";
import { PlacementDesk } from "./placement-desk.ts";

export interface CopiesInit {
  engine: IndexEngine;
  presence: Presence;
  clock: Clock;
  log: Log;
  /** From 0 to 1, exclusive; not foreseeable by keepers. */
  random: () => number;
  settings: Partial<CopiesSettings>;
}

interface CopiesParts {
  keepers: Keepers;
  book: KeptBook;
  announcements: Announcements;
  placement: PlacementDesk;
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
  }

  async heard(peer: PeerId, heartbeat: Heartbeat): Promise<void> {
    this.#parts.book.heard(peer);
    await this.#parts.keepers.heard(peer, heartbeat);
  }

  /** The membership ended: nothing of the peer counts, and it is waited for no more. */
  async forget(peer: PeerId): Promise<void> {
    this.#parts.book.forget(peer);
    this.#parts.announcements.forget(peer);
    await this.#parts.keepers.forget(peer);
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
    const { book, keepers } = this.#parts;
    const keeper = keepers.get(peer);
    if (!keeper) return undefined;
    const { usedBytes, labels, draining } = keeper;
    const kept = book.chunks(peer);
    return { usedBytes, labels, draining, kept, needed: draining ? kept : 0 };
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
  committed(copies: readonly VerifiedHolding[]): void {
    for (const { peer, runs } of copies) {
      if (this.#parts.keepers.get(peer)) this.#parts.book.add(peer, runs);
    }
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

export async function openCopies(init: CopiesInit): Promise<Copies> {
  const { engine, presence, clock, log, random } = init;
  const settings = { ...COPIES_DEFAULTS, ...init.settings };
  const keepers = await openKeepers({ engine, presence, clock, log, settings });
  const book = new KeptBook();
  const announcements = new Announcements(clock);
  const placement = new PlacementDesk({
    keepers,
    book,
    announcements,
    presence,
    checkLeased: (peer, runs) => engine.checkLeased(peer, runs),
    policyOf: async (path) => (await engine.policies({ paths: [path] }))[0] ?? DEFAULT_POLICY,
    random,
    clock,
  });
  return new Copies({ keepers, book, announcements, placement });
}
