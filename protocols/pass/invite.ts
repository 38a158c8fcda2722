/** The invite: the index says that whoever shows it may join, a number of times, until a date. */
import type { KeyObject } from "node:crypto";
import {
  GoliathError,
  publicKeyOf,
  type DriveId,
  type PeerId,
  type Role,
} from "../nouns/exports.ts";
import { InvitePayload } from "./generated/pass.js";
import { fromRoleNumber, toRoleNumber } from "./role-number.ts";
import { openSigned, signPayload } from "./signed.ts";
import { driveOfKey } from "./wire-key.ts";

/** Bytes of an invite's id: random, so that none is guessed and none meets another. */
export const INVITE_ID_BYTES = 16;

export interface Invite {
  drive: DriveId;
  /** 16 random bytes in lower-case hex; the index counts the uses under it. */
  id: string;
  role: Role;
  /** Milliseconds since 1970: the first at which it is not good any more. */
  expiresAt: number;
  /** How many peers may join with it. */
  uses: number;
}

/** Throws `bad-request` for an id that is not 16 bytes in hex. */
export function signInvite(invite: Invite, indexKey: KeyObject): Uint8Array {
  const id = Buffer.from(invite.id, "hex");
  if (id.length !== INVITE_ID_BYTES)
    throw new GoliathError("bad-request", "an invite id is 16 bytes");
  const payload = InvitePayload.encode({
    drive: publicKeyOf(invite.drive),
    id,
    role: toRoleNumber(invite.role),
    expiresAt: invite.expiresAt,
    uses: invite.uses,
  });
  return signPayload(payload, { kind: "invite", key: indexKey });
}

export interface VerifyInviteInit {
  drive: DriveId;
  index: PeerId;
  nowMs: number;
}

/** Throws `bad-invite` with what to do. Whether it is used up only the index knows. */
export function verifyInvite(bytes: Uint8Array, init: VerifyInviteInit): Invite {
  const { drive, index, nowMs } = init;
  const invite = openSigned(bytes, {
    kind: "invite",
    key: publicKeyOf(index),
    codec: { decode: decodeInvite },
    refusal: "bad-invite",
  });
  if (invite.drive !== drive)
    throw new GoliathError("bad-invite", "the invite is for another drive");
  if (nowMs < invite.expiresAt) return invite;
  throw new GoliathError("bad-invite", "the invite has expired: ask for a new one");
}

function decodeInvite(bytes: Uint8Array): Invite {
  const { drive, id, role, expiresAt, uses } = InvitePayload.decode(bytes);
  if (id.length !== INVITE_ID_BYTES)
    throw new GoliathError("bad-request", "its id is not 16 bytes");
  return {
    drive: driveOfKey(drive),
    id: Buffer.from(id).toString("hex"),
    role: fromRoleNumber(role),
    expiresAt,
    uses,
  };
}
