/**
 * Invites and their uses. The invite itself is a signed token that its holder keeps; here is what
 * the index remembers: that it made it, in which turn, and who used it. Each use is a record of
 * its own, written before the membership, so that a crash between the two costs no second use.
 */
import { Semaphore } from "@goliath/kit";
import { GoliathError, type PeerId } from "@goliath/protocols/nouns";
import type { Invite } from "@goliath/protocols/pass";
import type { IndexEngine } from "../../engine/engine.ts";
import { countField, decodeRecord, encodeRecord } from "./json-record.ts";

const INVITE_PREFIX = "invite/";
const USE_PREFIX = "use/";
/** Invites that are not yet expired: each is a promise the owner may have forgotten. */
export const INVITES_MAX = 1000;
/** Uses of one invite. For more people make more invites. */
export const INVITE_USES_MAX = 1000;
/** Longest life of an invite: a year. */
export const INVITE_LIFETIME_MS_MAX = 366 * 24 * 60 * 60 * 1000;

interface InviteRecord {
  /** The turn it was made in: see `Members.nextTurn`. */
  turn: number;
  expiresAt: number;
}

export class Invites {
  readonly #engine: IndexEngine;
  /** One claim at a time: two peers cannot both take the last use. */
  readonly #claims = new Semaphore({ max: 1 });

  constructor(engine: IndexEngine) {
    this.#engine = engine;
  }

  /** Remembers an invite before its token is given out. Throws `full`. */
  remember(invite: Invite, { turn, nowMs }: { turn: number; nowMs: number }): Promise<void> {
    return this.#claims.run(async () => {
      if ((await this.#sweep(nowMs)) >= INVITES_MAX) {
        throw new GoliathError("full", `there are ${INVITES_MAX} invites that are not yet expired`);
      }
      const record: InviteRecord = { turn, expiresAt: invite.expiresAt };
      await this.#engine.setRecord(INVITE_PREFIX + invite.id, encodeRecord(record));
    });
  }

  /**
   * Takes one use for `peer`, durably; the same peer again takes no other. The signature and the
   * expiry have been checked. Returns the invite's turn. Throws `bad-invite`, and `no-pass` where
   * the invite is no newer than `revokedIn`.
   */
  claim(
    invite: Invite,
    { peer, revokedIn }: { peer: PeerId; revokedIn: number | undefined },
  ): Promise<number> {
    return this.#claims.run(async () => {
      const bytes = await this.#engine.record(INVITE_PREFIX + invite.id);
      if (!bytes) throw new GoliathError("bad-invite", "this index does not know the invite");
      const { turn } = parseInvite(bytes);
      if (revokedIn !== undefined && turn < revokedIn) {
        throw new GoliathError("no-pass", "the membership was revoked after this invite was made");
      }
      const use = `${USE_PREFIX}${invite.id}/${peer}`;
      if (await this.#engine.record(use)) return turn;
      const uses = await this.#engine.records(`${USE_PREFIX}${invite.id}/`);
      if (uses.length >= invite.uses) throw new GoliathError("bad-invite", "the invite is used up");
      await this.#engine.setRecord(use, encodeRecord({}));
      return turn;
    });
  }

  /** The newest turn any invite was made in. */
  async newestTurn(): Promise<number> {
    const stored = await this.#engine.records(INVITE_PREFIX);
    return Math.max(0, ...stored.map(({ value }) => parseInvite(value).turn));
  }

  /** Forgets expired invites; returns how many are left. */
  async #sweep(nowMs: number): Promise<number> {
    let left = 0;
    for (const { key, value } of await this.#engine.records(INVITE_PREFIX)) {
      if (parseInvite(value).expiresAt > nowMs) left++;
      else await this.#forget(key.slice(INVITE_PREFIX.length));
    }
    return left;
  }

  async #forget(id: string): Promise<void> {
    for (const { key } of await this.#engine.records(`${USE_PREFIX}${id}/`)) {
      await this.#engine.setRecord(key, undefined);
    }
    // Last, so that a crash before it leaves something that sweeps the uses again.
    await this.#engine.setRecord(INVITE_PREFIX + id, undefined);
  }
}

function parseInvite(bytes: Uint8Array): InviteRecord {
  const fields = decodeRecord(bytes);
  return { turn: countField(fields, "turn"), expiresAt: countField(fields, "expiresAt") };
}
