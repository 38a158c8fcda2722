/** Takes the peers' reports: numbered, in order, from the session they began. */
import type { Heartbeat, HoldingsReport, HoldingsService } from "@goliath/protocols/holdings";
import { GoliathError, type ChunkRun, type PeerId } from "@goliath/protocols/nouns";
import type { HoldingsMap } from "./holdings-map.ts";
import type { Presence } from "./presence.ts";
import { runSet, subtractRuns } from "./run-set.ts";

/** Longest name of a session of holdings. */
const SESSION_CHARACTERS_MAX = 128;

interface ReportCursor {
  session: string;
  /** The last report taken; 0 when none. */
  number: number;
  /** The index needs all told anew: said once, in answer to whatever comes next. */
  wanted: boolean;
}

export interface ReportDeskInit {
  map: HoldingsMap;
  /** Told of what peers keep in stores of their own, and of what they say of themselves. */
  keeping: {
    reported(peer: PeerId, report: { full: boolean; added: ChunkRun[]; removed: ChunkRun[] }): void;
    heard(peer: PeerId, heartbeat: Heartbeat): Promise<void>;
  };
  presence: Presence;
  /** Told where a peer may be reached. */
  learn: (peer: PeerId, addresses: readonly string[]) => Promise<void>;
}

export class ReportDesk {
  readonly #init: ReportDeskInit;
  readonly #cursors = new Map<PeerId, ReportCursor>();

  constructor(init: ReportDeskInit) {
    this.#init = init;
  }

  /** What one peer calls. */
  serviceFor(peer: PeerId): HoldingsService {
    const { presence, learn, keeping } = this.#init;
    let begun: string | undefined;
    return {
      begin: async ({ session }) => {
        begun = session;
        return this.#begin(peer, session);
      },
      report: async (report) => {
        presence.heard(peer);
        this.#take(peer, begun, report);
      },
      heartbeat: async (heartbeat) => {
        presence.heard(peer, heartbeat);
        this.#checkSession(peer, begun);
        this.#checkWanted(peer, begun);
        await keeping.heard(peer, heartbeat);
        await learn(peer, presence.sighting(peer).addresses);
      },
    };
  }

  /** It must tell all that it holds: what the index thinks of it may be wrong. */
  demandFull(peer: PeerId): void {
    const cursor = this.#cursors.get(peer);
    if (cursor) this.#cursors.set(peer, { ...cursor, number: 0, wanted: true });
  }

  /** The membership ended: nothing of the peer is kept. */
  forget(peer: PeerId): void {
    this.#cursors.delete(peer);
    this.#init.map.forget(peer);
  }

  /** What was held before stays until a full report says otherwise. */
  #begin(peer: PeerId, session: string): { number: number } {
    if (session === "" || session.length > SESSION_CHARACTERS_MAX) {
      throw new GoliathError("bad-request", "a session of holdings needs a short name");
    }
    const cursor = this.#cursors.get(peer);
    if (cursor?.session === session) {
      cursor.wanted = false;
      return { number: cursor.number };
    }
    this.#cursors.set(peer, { session, number: 0, wanted: false });
    return { number: 0 };
  }

  /** A copy of the peer's home runs elsewhere: what it says must not be taken for this one's. */
  #checkSession(peer: PeerId, session: string | undefined): void {
    const cursor = this.#cursors.get(peer);
    if (session === undefined || !cursor || cursor.session === session) return;
    throw new GoliathError("locked", "another session was begun: begin anew");
  }

  #checkWanted(peer: PeerId, session: string | undefined): void {
    // On a new stream `begin` is still to come, and says so.
    if (session !== undefined && this.#cursors.get(peer)?.wanted)
      throw new GoliathError("reset", "report in full");
  }

  #take(
    peer: PeerId,
    session: string | undefined,
    { number, full, added, removed, kept }: HoldingsReport,
  ): void {
    const cursor = this.#cursors.get(peer);
    if (!cursor || session === undefined) {
      throw new GoliathError("bad-request", "no session of holdings was begun");
    }
    this.#checkSession(peer, session);
    const begun = cursor.number > 0;
    if (!full && (!begun || number !== cursor.number + 1)) {
      throw new GoliathError("reset", "a report is missing: report in full");
    }
    if (full) this.#init.map.forget(peer);
    // Removed first: a run that is in both was replaced, and is held.
    this.#init.map.remove(peer, removed);
    this.#init.map.add(peer, added);
    // What cannot be served is not kept either, whatever the lists of what is kept say.
    const lost = subtractRuns(runSet(removed), runSet(added));
    this.#init.keeping.reported(peer, {
      full,
      added: kept?.added ?? [],
      removed: [...lost, ...(kept?.removed ?? [])],
    });
    this.#cursors.set(peer, { session, number, wanted: false });
  }
}
