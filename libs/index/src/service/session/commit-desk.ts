/** A commit from its arrival to its revision: inspected, verified with its holders, applied. */
import type { CommitReply, CommitRequest } from "@goliath/protocols/index";
import { COMMIT_CHANGES_MAX, GoliathError } from "@goliath/protocols/nouns";
import type { CallOptions } from "@goliath/protocols/wire";
import type { Committer, IndexEngine } from "../../engine/engine.ts";
import { checkMinCopies, type Copies } from "../copies/copies.ts";
import type { HoldingsMap } from "../holdings/holdings-map.ts";
import type { Members } from "../membership/members.ts";
import type { VerifiedHolding, Verifier } from "../verification/verifier.ts";

export interface CommitDeskInit {
  engine: IndexEngine;
  verifier: Verifier;
  members: Members;
  map: HoldingsMap;
  copies: Copies;
}

export class CommitDesk {
  readonly #init: CommitDeskInit;
  /** Commits under way, by writer and number: as many as there are calls. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(init: CommitDeskInit) {
    this.#init = init;
  }

  /**
   * Throws as `IndexService.commit` does; nothing has changed then. A commit sent again while it is
   * still being verified (its writer was restarted) waits for what becomes of the first: refused by
   * itself, it would call undone what may happen a moment later.
   */
  async commit(
    who: Committer,
    request: CommitRequest,
    options: CallOptions = {},
  ): Promise<CommitReply> {
    const name = `${who.peer} ${request.number}`;
    for (let first = this.#underWay.get(name); first; first = this.#underWay.get(name)) {
      await first.catch(() => undefined);
      options.signal?.throwIfAborted();
    }
    const mine = this.#commit(who, request, options);
    this.#underWay.set(name, mine);
    try {
      return await mine;
    } finally {
      this.#underWay.delete(name);
    }
  }

  async #commit(
    who: Committer,
    request: CommitRequest,
    { signal }: CallOptions,
  ): Promise<CommitReply> {
    const { engine, members, verifier, copies } = this.#init;
    if (request.changes.length > COMMIT_CHANGES_MAX) {
      throw new GoliathError("too-large", `a commit has at most ${COMMIT_CHANGES_MAX} changes`);
    }
    const { again, fresh } = await engine.inspect(who.peer, request);
    if (again) return again;
    const { locations, leases } = request;
    const holdings = await verifier.verify({ fresh, locations, leases }, signal ? { signal } : {});
    const kept = copies.copiesOf(holdings);
    checkMinCopies(kept, { fresh, min: request.minCopies ?? 0 });
    // The holders were asked over the network: the writer may have been revoked meanwhile.
    if (!members.active(who.peer)) throw new GoliathError("no-pass", "the membership has ended");
    const reply = await engine.commit(who, request);
    this.#place(holdings);
    const lasting = kept.filter(({ peer }) => members.active(peer));
    copies.committed(lasting, request.changes);
    return reply;
  }

  /** What was verified counts at once; the holders' own reports of it come later. */
  #place(holdings: readonly VerifiedHolding[]): void {
    for (const { peer, runs } of holdings) {
      if (!this.#init.members.active(peer)) continue;
      try {
        this.#init.map.add(peer, runs);
      } catch {
        // More than one peer may hold in the map: no reason to refuse what is committed.
      }
    }
  }
}
