/** Extents as a blob in the peer's database: three little-endian 64-bit integers an extent. */
import type { ChunkId, Extent } from "@goliath/protocols/nouns";

const EXTENT_BYTES = 24;

export function encodeExtents(extents: readonly Extent[]): Uint8Array {
  const bytes = Buffer.alloc(extents.length * EXTENT_BYTES);
  extents.forEach(({ first, count, bytes: size }, i) => {
    bytes.writeBigUInt64LE(BigInt(first), i * EXTENT_BYTES);
    bytes.writeBigUInt64LE(BigInt(count), i * EXTENT_BYTES + 8);
    bytes.writeBigUInt64LE(BigInt(size), i * EXTENT_BYTES + 16);
  });
  return bytes;
}

export function decodeExtents(blob: Uint8Array): Extent[] {
  const bytes = Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength);
  const extents: Extent[] = [];
  for (let at = 0; at < bytes.length; at += EXTENT_BYTES) {
    extents.push({
      first: Number(bytes.readBigUInt64LE(at)) as ChunkId,
      count: Number(bytes.readBigUInt64LE(at + 8)),
      bytes: Number(bytes.readBigUInt64LE(at + 16)),
    });
  }
  return extents;
}
