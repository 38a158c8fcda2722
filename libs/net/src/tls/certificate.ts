/**
 * Certificates of the libp2p TLS specification: self-signed by a key made for the purpose, with an
 * extension in which the machine's own key signs that key.
 */
import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { publicKeyToProtobuf } from "@libp2p/crypto/keys";
import type { PrivateKey } from "@libp2p/interface";
import { encodeDer, TAG } from "./der.ts";

/** 1.3.6.1.4.1.53594.1.1, the libp2p public key extension. */
export const KEY_EXTENSION_OID = Buffer.from("2b0601040183a25a0101", "hex");
/** What the machine's key signs before the certificate's key. */
export const SIGNED_PREFIX = Buffer.from("libp2p-tls-handshake:");
/** ecdsa-with-SHA256 (RFC 5758, 3.2). */
const ECDSA_SHA256 = encodeDer(
  TAG.sequence,
  encodeDer(TAG.oid, Buffer.from("2a8648ce3d040302", "hex")),
);
/** The year 9999: no date at which it ends (RFC 5280, 4.1.2.5). The other side checks a date all the same. */
const NEVER = "99991231235959Z";
/** Bytes of a serial number, which nobody compares. */
const SERIAL_BYTES = 8;
const VERSION_3 = Buffer.of(2);
const TRUE = Buffer.of(0xff);
const NAMELESS = encodeDer(TAG.sequence);
const HOUR_MS = 3_600_000;
/** Valid since a day ago, for machines whose clock is behind. */
const VALID_BEFORE_MS = 24 * HOUR_MS;

export interface Certificate {
  /** PEM, as node:tls takes it. */
  readonly cert: string;
  readonly key: string;
}

export interface Extension {
  readonly oid: Buffer;
  readonly critical: boolean;
  readonly value: Buffer;
}

export interface CertificateInit {
  privateKey: PrivateKey;
  nowMs: number;
}

/** A certificate of our own. It costs some 0.2 ms, and is good for as long as the process lives. */
export async function createCertificate({
  privateKey,
  nowMs,
}: CertificateInit): Promise<Certificate> {
  const keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const spki = keys.publicKey.export({ format: "der", type: "spki" });
  const signature = await privateKey.sign(Buffer.concat([SIGNED_PREFIX, spki]));
  const value = encodeDer(
    TAG.sequence,
    encodeDer(TAG.octetString, publicKeyToProtobuf(privateKey.publicKey)),
    encodeDer(TAG.octetString, signature),
  );
  return signCertificate({
    keys,
    extensions: [{ oid: KEY_EXTENSION_OID, critical: true, value }],
    notBefore: generalizedTime(new Date(nowMs - VALID_BEFORE_MS)),
    notAfter: NEVER,
  });
}

export interface SignCertificateInit {
  keys: { privateKey: KeyObject; publicKey: KeyObject };
  extensions: readonly Extension[];
  /** GeneralizedTime (RFC 5280, 4.1.2.5.2). */
  notBefore: string;
  notAfter: string;
}

/** A certificate over these fields, signed by its own key. */
export function signCertificate(init: SignCertificateInit): Certificate {
  const { keys, extensions, notBefore, notAfter } = init;
  const spki = keys.publicKey.export({ format: "der", type: "spki" });
  const signed = encodeDer(
    TAG.sequence,
    encodeDer(TAG.explicit(0), encodeDer(TAG.integer, VERSION_3)),
    encodeDer(TAG.integer, serialOf(spki)),
    ECDSA_SHA256,
    NAMELESS,
    encodeDer(TAG.sequence, encodeTime(notBefore), encodeTime(notAfter)),
    NAMELESS,
    spki,
    encodeDer(TAG.explicit(3), encodeDer(TAG.sequence, ...extensions.map(encodeExtension))),
  );
  const signature = sign("sha256", signed, keys.privateKey);
  const bits = encodeDer(TAG.bitString, Buffer.of(0), signature);
  return {
    cert: pem(encodeDer(TAG.sequence, signed, ECDSA_SHA256, bits)),
    key: String(keys.privateKey.export({ format: "pem", type: "pkcs8" })),
  };
}

/** Years before 2050 are written with two digits (RFC 5280, 4.1.2.5). */
function encodeTime(text: string): Buffer {
  if (text >= "2050") return encodeDer(TAG.generalizedTime, Buffer.from(text));
  return encodeDer(TAG.utcTime, Buffer.from(text.slice(2)));
}

function encodeExtension({ oid, critical, value }: Extension): Buffer {
  const flag = critical ? [encodeDer(TAG.boolean, TRUE)] : [];
  return encodeDer(
    TAG.sequence,
    encodeDer(TAG.oid, oid),
    ...flag,
    encodeDer(TAG.octetString, value),
  );
}

/** Positive and without leading zeros, as DER has it. */
function serialOf(spki: Buffer): Buffer {
  const serial = createHash("sha256").update(spki).digest().subarray(0, SERIAL_BYTES);
  serial[0] = 0x40 | ((serial[0] ?? 0) & 0x3f);
  return serial;
}

export function generalizedTime(date: Date): string {
  return `${date.toISOString().replace(/[-:T]|\..*/gu, "")}Z`;
}

function pem(der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/gu) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
