/**
 * Packs: files of records, written only at their end. All numbers are big-endian.
 *
 *   pack   = "goliath pack 1\n\0" (16)  nonce (16 random bytes)  record*
 *   record = "GREC" (4)  length (4)  id (8)  sha2-256 of the bytes (32)  check (16)  bytes
 *   check  = the first 16 bytes of sha256(nonce ‖ the 48 bytes before it)
 *
 * The nonce keeps a chunk whose bytes look like a record from being taken for one when a damaged
 * pack is searched. Another digest than sha2-256 will be another number in the magic.
 */
import { hash } from "node:crypto";
import { CHUNK_BYTES_MAX, equalBytes, parseDigest } from "@goliath/protocols/nouns";
import type { ChunkId, Digest } from "@goliath/protocols/nouns";

const PACK_MAGIC = Buffer.from("goliath pack 1\n\0");
/** Random bytes at the start of a pack, of which its records' checks are made. */
export const NONCE_BYTES = 16;
/** Bytes before the first record. */
export const PACK_HEADER_BYTES = PACK_MAGIC.length + NONCE_BYTES;

export const RECORD_MAGIC = Buffer.from("GREC");
const CHECKED_BYTES = 48;
const CHECK_BYTES = 16;
/** Bytes of a record before the chunk's own. */
export const RECORD_HEADER_BYTES = CHECKED_BYTES + CHECK_BYTES;

/** What a record says of the bytes that follow it. */
export interface RecordHeader {
  id: ChunkId;
  length: number;
  digest: Digest;
}

export function encodePackHeader(nonce: Uint8Array): Uint8Array {
  return Buffer.concat([PACK_MAGIC, nonce], PACK_HEADER_BYTES);
}

/** The pack's nonce, or undefined when this is not the start of a pack of this format. */
export function nonceOf(header: Uint8Array): Uint8Array | undefined {
  const magic = header.subarray(0, PACK_MAGIC.length);
  if (header.length < PACK_HEADER_BYTES || !equalBytes(magic, PACK_MAGIC)) return undefined;
  return header.subarray(PACK_MAGIC.length, PACK_HEADER_BYTES);
}

export function encodeRecordHeader(record: RecordHeader, nonce: Uint8Array): Uint8Array {
  const header = Buffer.alloc(RECORD_HEADER_BYTES);
  RECORD_MAGIC.copy(header, 0);
  header.writeUInt32BE(record.length, 4);
  header.writeBigUInt64BE(BigInt(record.id), 8);
  header.set(record.digest, 16);
  header.set(checkOf(header, nonce), CHECKED_BYTES);
  return header;
}

/** Undefined for anything this pack's writer did not write. */
export function decodeRecordHeader(bytes: Uint8Array, nonce: Uint8Array): RecordHeader | undefined {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (header.length < RECORD_HEADER_BYTES) return undefined;
  if (!header.subarray(0, RECORD_MAGIC.length).equals(RECORD_MAGIC)) return undefined;
  const check = header.subarray(CHECKED_BYTES, RECORD_HEADER_BYTES);
  if (!equalBytes(check, checkOf(header, nonce))) return undefined;
  const length = header.readUInt32BE(4);
  if (length > CHUNK_BYTES_MAX) return undefined;
  const id = Number(header.readBigUInt64BE(8)) as ChunkId;
  return { id, length, digest: parseDigest(Uint8Array.prototype.slice.call(header, 16, 48)) };
}

function checkOf(header: Uint8Array, nonce: Uint8Array): Uint8Array {
  const checked = Buffer.concat([nonce, header.subarray(0, CHECKED_BYTES)]);
  return hash("sha256", checked, "buffer").subarray(0, CHECK_BYTES);
}
