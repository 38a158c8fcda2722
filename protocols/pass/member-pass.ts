/** The pass: the index says who may do what, for a day. */
import type { KeyObject } from "node:crypto";
import {
  GoliathError,
  publicKeyOf,
  type DriveId,
  type PeerId,
  type Role,
} from "../nouns/exports.ts";
import { PassPayload } from "./generated/pass.js";
import { fromRoleNumber, toRoleNumber } from "./role-number.ts";
import { openSigned, signPayload } from "./signed.ts";
import { driveOfKey, peerOfKey } from "./wire-key.ts";

/** How long a pass is good for: a day, so that a peer reads on while the index is away. */
export const PASS_LIFETIME_MS = 24 * 60 * 60 * 1000;

export interface Pass {
  drive: DriveId;
  peer: PeerId;
  role: Role;
  /** Milliseconds since 1970, by the index's clock. */
  issuedAt: number;
  /** First millisecond at which it is not good any more. */
  expiresAt: number;
}

export function signPass(pass: Pass, indexKey: KeyObject): Uint8Array {
  const payload = PassPayload.encode({
    drive: publicKeyOf(pass.drive),
    peer: publicKeyOf(pass.peer),
    role: toRoleNumber(pass.role),
    issuedAt: pass.issuedAt,
    expiresAt: pass.expiresAt,
  });
  return signPayload(payload, { kind: "pass", key: indexKey });
}

export interface VerifyPassInit {
  drive: DriveId;
  /** The index that must have signed: out of a verified certificate. */
  index: PeerId;
  /** Who shows it, as the transport proved. */
  peer: PeerId;
  nowMs: number;
}

/** Throws `no-pass`, saying why, unless this is that peer's pass for that drive, now. */
export function verifyPass(bytes: Uint8Array, init: VerifyPassInit): Pass {
  const { drive, index, peer, nowMs } = init;
  const pass = openSigned(bytes, {
    kind: "pass",
    key: publicKeyOf(index),
    codec: { decode: decodePass },
    refusal: "no-pass",
  });
  if (pass.drive !== drive) throw new GoliathError("no-pass", "the pass is for another drive");
  if (pass.peer !== peer) throw new GoliathError("no-pass", "the pass is for another peer");
  if (nowMs >= pass.expiresAt) throw new GoliathError("no-pass", "the pass has expired");
  return pass;
}

function decodePass(bytes: Uint8Array): Pass {
  const { drive, peer, role, issuedAt, expiresAt } = PassPayload.decode(bytes);
  return {
    drive: driveOfKey(drive),
    peer: peerOfKey(peer),
    role: fromRoleNumber(role),
    issuedAt,
    expiresAt,
  };
}
