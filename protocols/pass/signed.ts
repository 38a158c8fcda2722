/**
 * Signed blobs: a payload and an Ed25519 signature (RFC 8032) over the kind of blob and the
 * payload, so that a signature under one kind never passes for another.
 */
import { createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { equalBytes, GoliathError, type ErrorCode } from "../nouns/exports.ts";
import { decodeHeader } from "../wire/exports.ts";
import { Signed } from "./generated/pass.js";

/** Longest signed blob: two keys, a signature and a few numbers take less than half of it. */
export const SIGNED_BYTES_MAX = 512;

/** Bytes of an Ed25519 signature. */
const SIGNATURE_BYTES = 64;

export type SignedKind = "certificate" | "pass" | "invite";

export function signPayload(
  payload: Uint8Array,
  { kind, key }: { kind: SignedKind; key: KeyObject },
): Uint8Array {
  return Signed.encode({ payload, signature: sign(null, signedBytes(kind, payload), key) });
}

export interface OpenSignedInit<Payload> {
  kind: SignedKind;
  /** The raw public key that must have signed. */
  key: Uint8Array;
  codec: { decode(bytes: Uint8Array): Payload };
  /** What is thrown for a blob that is malformed or signed by another. */
  refusal: ErrorCode;
}

/** The payload of a blob whose signature holds. */
export function openSigned<Payload>(bytes: Uint8Array, init: OpenSignedInit<Payload>): Payload {
  const { kind, key, codec, refusal } = init;
  try {
    if (bytes.length > SIGNED_BYTES_MAX) throw new GoliathError("too-large", "it is too long");
    const { payload, signature } = decodeHeader(Signed, bytes);
    // One blob has one form: nobody can make another of it that holds as well.
    if (!equalBytes(Signed.encode({ payload, signature }), bytes)) {
      throw new GoliathError("bad-request", "it has bytes that do not belong to it");
    }
    if (!isSignedBy(key, { data: signedBytes(kind, payload), signature })) {
      throw new GoliathError("bad-request", "it was not signed by the expected key");
    }
    return decodeHeader(codec, payload);
  } catch (cause) {
    const reason = GoliathError.from(cause).message;
    throw new GoliathError(refusal, `the ${kind} is not valid: ${reason}`, { cause });
  }
}

function signedBytes(kind: SignedKind, payload: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(`goliath-${kind}\0`), payload]);
}

function isSignedBy(
  key: Uint8Array,
  { data, signature }: { data: Uint8Array; signature: Uint8Array },
): boolean {
  if (signature.length !== SIGNATURE_BYTES) return false;
  const x = Buffer.from(key).toString("base64url");
  const publicKey = createPublicKey({ format: "jwk", key: { kty: "OKP", crv: "Ed25519", x } });
  return verify(null, data, publicKey, signature);
}
