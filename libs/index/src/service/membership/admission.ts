/**
 * Who gets in. The transport has proven the peer's id, so the index asks its own records: a pass
 * is for other peers to check, an invite for those the records do not know.
 */
import type { KeyObject } from "node:crypto";
import type { Clock } from "@goliath/kit";
import { allows, GoliathError, hasCode, type DriveId, type PeerId } from "@goliath/protocols/nouns";
import {
  PASS_LIFETIME_MS,
  signInvite,
  signPass,
  verifyInvite,
  verifyPass,
  type Hello,
  type Invite,
  type Pass,
  type Welcome,
} from "@goliath/protocols/pass";
import type { InviteRequest } from "@goliath/protocols/index";
import { displayName } from "./display-name.ts";
import { INVITE_LIFETIME_MS_MAX, INVITE_USES_MAX, type Invites } from "./invites.ts";
import type { MemberRecord, Members } from "./members.ts";

/** Bytes of an invite's id. */
const INVITE_ID_BYTES = 16;

export interface AdmissionInit {
  drive: DriveId;
  index: PeerId;
  indexKey: KeyObject;
  /** The drive key's word for this index. */
  certificate: Uint8Array;
  members: Members;
  invites: Invites;
  clock: Clock;
  randomBytes: (count: number) => Uint8Array;
}

export class Admission {
  readonly #init: AdmissionInit;

  constructor(init: AdmissionInit) {
    this.#init = init;
  }

  /**
   * Admits the opener of a stream or throws `no-pass` or `bad-invite`. Where `mayJoin`, an invite
   * makes the peer a member, or raises the role of one.
   */
  async admit(
    hello: Hello,
    { peer, mayJoin }: { peer: PeerId; mayJoin: boolean },
  ): Promise<Welcome> {
    if (hello.drive !== this.#init.drive)
      throw new GoliathError("no-pass", "this is another drive");
    const name = displayName(hello.name);
    if (mayJoin && hello.invite) await this.#tryInvite(hello.invite, { peer, name });
    if (!this.#init.members.get(peer) && hello.pass)
      await this.#remember(hello.pass, { peer, name });
    if (!this.#init.members.active(peer)) throw new GoliathError("no-pass", "not a member");
    await this.#init.members.rename(peer, name);
    return { certificate: this.#init.certificate, pass: this.passFor(peer) };
  }

  /** A new pass for a member. Throws `no-pass` when it is none. */
  passFor(peer: PeerId): Uint8Array {
    const member = this.#init.members.active(peer);
    if (!member) throw new GoliathError("no-pass", "not a member");
    return this.#sign(peer, member.role);
  }

  /** What the index shows when it opens a stream itself. */
  ownHello(): Hello {
    const { drive, index, certificate } = this.#init;
    return { drive, name: "index", pass: this.#sign(index, "admin"), certificate };
  }

  /** Makes an invite. Throws `bad-request`, `full`. */
  async invite({
    role,
    expiresInMs,
    uses,
  }: InviteRequest): Promise<{ token: Uint8Array; invite: Invite }> {
    const { drive, indexKey, invites, members, clock, randomBytes } = this.#init;
    checkRange(uses, { name: "uses", max: INVITE_USES_MAX });
    checkRange(expiresInMs, { name: "expiresInMs", max: INVITE_LIFETIME_MS_MAX });
    const nowMs = clock.nowMs();
    const id = Buffer.from(randomBytes(INVITE_ID_BYTES)).toString("hex");
    const invite: Invite = { drive, id, role, expiresAt: nowMs + expiresInMs, uses };
    await invites.remember(invite, { turn: members.nextTurn(), nowMs });
    return { token: signInvite(invite, indexKey), invite };
  }

  /** A member may still show the invite it once came with: it is not asked to be good any more. */
  async #tryInvite(token: Uint8Array, who: { peer: PeerId; name: string }): Promise<void> {
    try {
      await this.#join(token, who);
    } catch (error) {
      if (!this.#init.members.active(who.peer) || !hasCode(error, "bad-invite")) throw error;
    }
  }

  async #join(token: Uint8Array, { peer, name }: { peer: PeerId; name: string }): Promise<void> {
    const { drive, index, members, invites, clock } = this.#init;
    const known = members.get(peer);
    const invite = verifyInvite(token, { drive, index, nowMs: clock.nowMs() });
    const active = members.active(peer);
    // A member that comes back with an invite it needs no more takes no use of it.
    if (active && allows(active.role, invite.role)) return;
    const turn = await invites.claim(invite, { peer, revokedIn: known?.revokedIn });
    const joinedAt = active?.joinedAt ?? clock.nowMs();
    await members.put(peer, { turn, record: { name, role: invite.role, joinedAt } });
  }

  /** A valid pass without a record: the index was restored from before the peer joined. */
  async #remember(pass: Uint8Array, { peer, name }: { peer: PeerId; name: string }): Promise<void> {
    const { drive, index, members, clock } = this.#init;
    const nowMs = clock.nowMs();
    const { role } = verifyPass(pass, { drive, index, peer, nowMs });
    const record: MemberRecord = { name, role, joinedAt: nowMs };
    await members.put(peer, { turn: 0, record });
  }

  #sign(peer: PeerId, role: Pass["role"]): Uint8Array {
    const { drive, indexKey, clock } = this.#init;
    const issuedAt = clock.nowMs();
    return signPass(
      { drive, peer, role, issuedAt, expiresAt: issuedAt + PASS_LIFETIME_MS },
      indexKey,
    );
  }
}

function checkRange(value: number, { name, max }: { name: string; max: number }): void {
  if (Number.isSafeInteger(value) && value >= 1 && value <= max) return;
  throw new GoliathError("bad-request", `${name} must be from 1 to ${max}`);
}
