/**
 * Runs of chunk ids as bytes: per run two varints (LEB128, at most 8 bytes, shortest form only):
 *
 *   (first - end of the run before, 0 at the start) modulo 2^53 | count
 *
 * Runs may come in any order and overlap; neighbours in ascending order take three bytes or so, a
 * step back takes eight and more.
 */
import { GoliathError, type ChunkId, type ChunkRun } from "../nouns/exports.ts";

/** Ids and counts are below this. */
const MODULUS = 2 ** 53;
/** Bytes of the longest varint: 8 times 7 bits hold 53. */
const VARINT_BYTES_MAX = 8;
/** Bytes of the longest run: for frame bounds. */
export const RUN_BYTES_MAX = 2 * VARINT_BYTES_MAX;

/** Throws `too-large` for more than `max` runs: what the other side would refuse. */
export function encodeRuns(runs: readonly ChunkRun[], max = Infinity): Uint8Array {
  if (runs.length > max) throw tooMany(max);
  const bytes = Buffer.allocUnsafe(runs.length * RUN_BYTES_MAX);
  let at = 0;
  let end = 0;
  for (const { first, count } of runs) {
    const value = first < end ? MODULUS - (end - first) : first - end;
    at = writeVarint(bytes, { at, value });
    at = writeVarint(bytes, { at, value: count });
    end = first + count;
  }
  return bytes.subarray(0, at);
}

/**
 * Throws `too-large` for more than `max` runs and `bad-request` for anything `encodeRuns` does not
 * make: empty runs, ids at or beyond 2^53, varints cut short or not in their shortest form.
 */
export function decodeRuns(bytes: Uint8Array, max: number): ChunkRun[] {
  const runs: ChunkRun[] = [];
  const cursor = { bytes, at: 0 };
  let end = 0;
  while (cursor.at < bytes.length) {
    if (runs.length === max) throw tooMany(max);
    const step = readVarint(cursor);
    const room = MODULUS - end;
    const first = step < room ? end + step : step - room;
    const count = readVarint(cursor);
    end = first + count;
    if (count < 1 || !Number.isSafeInteger(end)) throw malformed();
    runs.push({ first: first as ChunkId, count });
  }
  return runs;
}

/** Chunks in all runs together. */
export function countRuns(runs: readonly ChunkRun[]): number {
  let count = 0;
  for (const run of runs) count += run.count;
  return count;
}

function writeVarint(bytes: Buffer, { at, value }: { at: number; value: number }): number {
  let rest = value;
  let next = at;
  while (rest >= 0x80) {
    bytes[next++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  bytes[next++] = rest;
  return next;
}

function readVarint(cursor: { bytes: Uint8Array; at: number }): number {
  let value = 0;
  for (let i = 0, scale = 1; i < VARINT_BYTES_MAX; i++, scale *= 0x80) {
    const byte = cursor.bytes[cursor.at++];
    if (byte === undefined) break;
    value += (byte % 0x80) * scale;
    if (byte >= 0x80) continue;
    if ((byte === 0 && i > 0) || !Number.isSafeInteger(value)) break;
    return value;
  }
  throw malformed();
}

function malformed(): GoliathError {
  return new GoliathError("bad-request", "runs of chunks are malformed");
}

function tooMany(max: number): GoliathError {
  return new GoliathError("too-large", `more than ${max} runs of chunks`);
}
