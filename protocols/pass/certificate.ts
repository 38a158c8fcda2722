/** The certificate: the drive key says which index speaks for the drive. */
import type { KeyObject } from "node:crypto";
import { GoliathError, publicKeyOf, type DriveId, type PeerId } from "../nouns/exports.ts";
import { CertificatePayload } from "./generated/pass.js";
import { openSigned, signPayload } from "./signed.ts";
import { peerOfKey, driveOfKey } from "./wire-key.ts";

/**
 * It has no expiry: of two certificates of one drive the one with the higher generation counts,
 * so whoever keeps certificates must not go back to a lower one.
 */
export interface IndexCertificate {
  drive: DriveId;
  index: PeerId;
  /** Counts the indexes of the drive, from 1; below 2^13, as in chunk ids. */
  generation: number;
}

export function signCertificate(certificate: IndexCertificate, driveKey: KeyObject): Uint8Array {
  const payload = CertificatePayload.encode({
    drive: publicKeyOf(certificate.drive),
    index: publicKeyOf(certificate.index),
    generation: certificate.generation,
  });
  return signPayload(payload, { kind: "certificate", key: driveKey });
}

/** Throws `no-pass` unless these bytes are a certificate signed by the key of `drive`. */
export function verifyCertificate(bytes: Uint8Array, drive: DriveId): IndexCertificate {
  const payload = openSigned(bytes, {
    kind: "certificate",
    key: publicKeyOf(drive),
    codec: { decode: decodeCertificate },
    refusal: "no-pass",
  });
  if (payload.drive === drive) return payload;
  throw new GoliathError("no-pass", "the certificate is of another drive");
}

function decodeCertificate(bytes: Uint8Array): IndexCertificate {
  const { drive, index, generation } = CertificatePayload.decode(bytes);
  return { drive: driveOfKey(drive), index: peerOfKey(index), generation };
}
