/** DER (X.690, 10), as much of it as a certificate needs, read strictly: one encoding, no rest. */
import { GoliathError } from "@goliath/protocols/nouns";

/** Tags (X.690, 8) that certificates use. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  /** Context-specific and constructed, number 0 to 3: the optional fields of a certificate. */
  explicit: (number: number) => 0xa0 + number,
} as const;

/** Longest length taken, in bytes: 64 KiB, beyond every certificate that OpenSSL lets through. */
const LENGTH_BYTES_MAX = 2;
/** Tags above this number go on in further bytes: no field of a certificate has one. */
const LONG_TAG = 0x1f;

export interface DerElement {
  readonly tag: number;
  readonly content: Buffer;
  /** The element with its tag and length. */
  readonly raw: Buffer;
}

/** The elements that follow each other in `bytes`. Throws `corrupt` for all but strict DER. */
export function readDer(bytes: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length;) {
    const element = readElement(bytes.subarray(at));
    elements.push(element);
    at += element.raw.length;
  }
  return elements;
}

/** The elements inside the one element that `bytes` is. Throws `corrupt` for another tag or more. */
export function readDerInside(bytes: Buffer, tag: number): DerElement[] {
  const [element, ...rest] = readDer(bytes);
  if (element?.tag !== tag || rest.length > 0) throw corrupt();
  return readDer(element.content);
}

export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  return Buffer.concat([Buffer.of(tag), encodeLength(content.length), content]);
}

function readElement(bytes: Buffer): DerElement {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined || (tag & LONG_TAG) === LONG_TAG) throw corrupt();
  const isLong = first >= 0x80;
  const lengthBytes = isLong ? first - 0x80 : 0;
  const start = 2 + lengthBytes;
  if (lengthBytes > LENGTH_BYTES_MAX || (isLong && lengthBytes === 0) || bytes.length < start) {
    throw corrupt();
  }
  const length = isLong ? bytes.readUIntBE(2, lengthBytes) : first;
  const isShortest = encodeLength(length).length === 1 + lengthBytes;
  if (!isShortest || bytes.length < start + length) throw corrupt();
  const raw = bytes.subarray(0, start + length);
  return { tag, content: raw.subarray(start), raw };
}

function encodeLength(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length);
  if (length < 0x100) return Buffer.of(0x81, length);
  if (length < 0x10000) return Buffer.of(0x82, length >> 8, length & 0xff);
  throw new GoliathError("too-large", "a certificate is longer than 64 KiB");
}

function corrupt(): GoliathError {
  return new GoliathError("corrupt", "this is not DER");
}
