/** Ids as raw keys on the wire. */
import {
  GoliathError,
  idOfPublicKey,
  PUBLIC_KEY_BYTES,
  type DriveId,
  type PeerId,
} from "../nouns/exports.ts";

/** Throws `bad-request` for anything but 32 bytes. */
export function peerOfKey(key: Uint8Array): PeerId {
  if (key.length !== PUBLIC_KEY_BYTES)
    throw new GoliathError("bad-request", "a key is not 32 bytes");
  return idOfPublicKey(key);
}

/** Throws `bad-request` for anything but 32 bytes. */
export function driveOfKey(key: Uint8Array): DriveId {
  return peerOfKey(key) as string as DriveId;
}
