/**
 * Peer ids and drive ids as Ed25519 public keys: the identity multihash of libp2p's key protobuf
 * (libp2p specification, peer-ids: `0x00 0x24 0x08 0x01 0x12 0x20` then 32 bytes), in base58btc.
 */
import { base58btc } from "multiformats/bases/base58";
import { GoliathError } from "./error.ts";
import type { DriveId, PeerId } from "./ids.ts";

const PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20);
/** Bytes of an Ed25519 public key (RFC 8032, 5.1.5). */
export const PUBLIC_KEY_BYTES = 32;
/** Longest text taken for an id: base58 of 38 bytes is 52 characters. */
const ID_CHARACTERS_MAX = 64;

/** The raw 32-byte public key inside an id. Throws `bad-request` for anything else. */
export function publicKeyOf(id: PeerId | DriveId | string): Uint8Array {
  const bytes = id.length > ID_CHARACTERS_MAX ? new Uint8Array() : decodeBase58(id);
  const known =
    bytes.length === PREFIX.length + PUBLIC_KEY_BYTES &&
    PREFIX.every((byte, i) => bytes[i] === byte);
  if (!known) throw new GoliathError("bad-request", `not an Ed25519 peer id: ${id.slice(0, 80)}`);
  return bytes.subarray(PREFIX.length);
}

/** The id of a raw 32-byte Ed25519 public key. Throws `bad-request` for another length. */
export function idOfPublicKey(key: Uint8Array): PeerId {
  if (key.length !== PUBLIC_KEY_BYTES) {
    throw new GoliathError("bad-request", `a public key is not ${PUBLIC_KEY_BYTES} bytes`);
  }
  const bytes = new Uint8Array(PREFIX.length + PUBLIC_KEY_BYTES);
  bytes.set(PREFIX);
  bytes.set(key, PREFIX.length);
  return base58btc.baseEncode(bytes) as PeerId;
}

export function parsePeerId(text: string): PeerId {
  publicKeyOf(text);
  return text as PeerId;
}

export function parseDriveId(text: string): DriveId {
  publicKeyOf(text);
  return text as DriveId;
}

function decodeBase58(text: string): Uint8Array {
  try {
    return base58btc.baseDecode(text);
  } catch {
    return new Uint8Array();
  }
}
