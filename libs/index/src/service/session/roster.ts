/** Members and what is known of them now, as lists for people and for clients. */
import type { HoldersReply, KeeperInfo, Member, PeerInfo } from "@goliath/protocols/index";
import type { ChunkRun, PeerId } from "@goliath/protocols/nouns";
import { lookUpHolders, type HolderLookupInit } from "../holdings/holder-lookup.ts";
import type { Members } from "../membership/members.ts";

export interface RosterInit extends HolderLookupInit {
  members: Members;
  keeperInfo: (peer: PeerId) => KeeperInfo | undefined;
}

export class Roster {
  readonly #init: RosterInit;

  constructor(init: RosterInit) {
    this.#init = init;
  }

  holders(runs: readonly ChunkRun[]): HoldersReply {
    return lookUpHolders(runs, this.#init);
  }

  /** The members whose membership lasts, in the order they joined. */
  peers(): PeerInfo[] {
    const { members, presence, map, keeperInfo } = this.#init;
    return members
      .all()
      .filter(({ record }) => record.revokedIn === undefined)
      .toSorted((a, b) => a.record.joinedAt - b.record.joinedAt)
      .map(({ peer, record }) => {
        const { seenAt, addresses, capacityBytes, freeBytes } = presence.sighting(peer);
        const online = presence.isOnline(peer);
        const { name, role } = record;
        const chunks = map.chunks(peer);
        const keeper = keeperInfo(peer);
        const said = { seenAt, addresses, chunks, capacityBytes, freeBytes };
        return { peer, name, role, online, ...said, ...(keeper && { keeper }) };
      });
  }

  /** Everybody on record, in the order they joined. */
  members(): Member[] {
    return this.#init.members
      .all()
      .toSorted((a, b) => a.record.joinedAt - b.record.joinedAt)
      .map(({ peer, record: { name, role, joinedAt, revokedIn } }) => {
        return { peer, name, role, joinedAt, revoked: revokedIn !== undefined };
      });
  }

  countOnline(): number {
    return this.#init.presence.countOnline();
  }
}
