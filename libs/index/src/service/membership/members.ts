/**
 * Who belongs to the drive. Durable in the engine's records, one a peer, and all in memory.
 * A revoked member stays on record: that is what refuses it, and what other peers are told.
 */
import { Listeners, Semaphore } from "@goliath/kit";
import {
  GoliathError,
  isRole,
  parsePeerId,
  type PeerId,
  type Role,
} from "@goliath/protocols/nouns";
import type { IndexEngine } from "../../engine/engine.ts";
import { countField, damaged, decodeRecord, encodeRecord, textField } from "./json-record.ts";

const PREFIX = "member/";
/** Members of one drive, revoked ones included: ten times the peers it is designed for. */
export const MEMBERS_MAX = 10_000;

export interface MemberRecord {
  name: string;
  role: Role;
  /** Milliseconds since 1970. */
  joinedAt: number;
  /** The turn (see `Members.nextTurn`) in which the membership ended; absent while it lasts. */
  revokedIn?: number;
}

export type MembershipChange = { peer: PeerId; kind: "revoked" | "readmitted" };

interface MembersInit {
  engine: IndexEngine;
  records: Map<PeerId, MemberRecord>;
  /** The newest turn known from elsewhere: that of an invite. */
  turn: number;
}

export class Members {
  readonly #engine: IndexEngine;
  readonly #records: Map<PeerId, MemberRecord>;
  readonly #changes = new Listeners<MembershipChange>();
  /** One write at a time: what is on disk and in memory stay the same. */
  readonly #writes = new Semaphore({ max: 1 });
  #turn: number;

  /** Use `openMembers`. */
  constructor({ engine, records, turn }: MembersInit) {
    this.#engine = engine;
    this.#records = records;
    this.#turn = records
      .values()
      .reduce((max, { revokedIn = 0 }) => Math.max(max, revokedIn), turn);
  }

  get(peer: PeerId): MemberRecord | undefined {
    return this.#records.get(peer);
  }

  /** The member, if it is one now. */
  active(peer: PeerId): MemberRecord | undefined {
    const record = this.#records.get(peer);
    return record?.revokedIn === undefined ? record : undefined;
  }

  all(): { peer: PeerId; record: MemberRecord }[] {
    return [...this.#records].map(([peer, record]) => ({ peer, record }));
  }

  revoked(): PeerId[] {
    return this.all()
      .filter(({ record }) => record.revokedIn !== undefined)
      .map(({ peer }) => peer);
  }

  /**
   * Orders revocations and invites without a clock, which may jump: an invite readmits a revoked
   * peer only when its turn came later.
   */
  nextTurn(): number {
    return ++this.#turn;
  }

  /**
   * Adds or replaces a member on the word of something made in `turn`; durable when it resolves.
   * Throws `no-pass` when the peer was revoked after that, `full`.
   */
  put(peer: PeerId, { turn, record }: { turn: number; record: MemberRecord }): Promise<void> {
    return this.#writes.run(async () => {
      const before = this.#records.get(peer);
      if ((before?.revokedIn ?? 0) > turn) throw new GoliathError("no-pass", "revoked meanwhile");
      if (!before && this.#records.size >= MEMBERS_MAX) {
        throw new GoliathError("full", `a drive has at most ${MEMBERS_MAX} members`);
      }
      await this.#engine.setRecord(PREFIX + peer, encodeRecord(record));
      this.#records.set(peer, record);
      if (before?.revokedIn !== undefined) this.#changes.emit({ peer, kind: "readmitted" });
    });
  }

  /** Keeps the newest name; a revoked or unknown peer has none to keep. */
  rename(peer: PeerId, name: string): Promise<void> {
    return this.#writes.run(async () => {
      const record = this.active(peer);
      if (!record || record.name === name) return;
      const renamed = { ...record, name };
      await this.#engine.setRecord(PREFIX + peer, encodeRecord(renamed));
      this.#records.set(peer, renamed);
    });
  }

  /** Ends a membership: durable before anyone hears of it. Throws `not-found`. */
  revoke(peer: PeerId): Promise<void> {
    return this.#writes.run(async () => {
      const record = this.#records.get(peer);
      if (!record) throw new GoliathError("not-found", "no such member", { about: { id: peer } });
      const revoked = { ...record, revokedIn: this.nextTurn() };
      await this.#engine.setRecord(PREFIX + peer, encodeRecord(revoked));
      this.#records.set(peer, revoked);
      this.#changes.emit({ peer, kind: "revoked" });
    });
  }

  onChange(listener: (change: MembershipChange) => void): () => void {
    return this.#changes.subscribe(listener);
  }
}

export async function openMembers(
  engine: IndexEngine,
  { turn }: { turn: number },
): Promise<Members> {
  const stored = await engine.records(PREFIX);
  const records = stored.map(({ key, value }): [PeerId, MemberRecord] => [
    parsePeerId(key.slice(PREFIX.length)),
    parseMember(value),
  ]);
  return new Members({ engine, records: new Map(records), turn });
}

function parseMember(value: Uint8Array): MemberRecord {
  const fields = decodeRecord(value);
  const role = fields["role"];
  if (!isRole(role)) throw damaged("a member's role");
  const record = {
    name: textField(fields, "name"),
    role,
    joinedAt: countField(fields, "joinedAt"),
  };
  return fields["revokedIn"] === undefined
    ? record
    : { ...record, revokedIn: countField(fields, "revokedIn") };
}
