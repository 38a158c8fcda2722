/** Finding the records of a pack by reading it, whatever state a crash left it in. */
import type { FileHandle } from "node:fs/promises";
import { digestOf, equalBytes } from "@goliath/protocols/nouns";
import { readFully } from "./hash-file.ts";
import { decodeRecordHeader, RECORD_HEADER_BYTES, RECORD_MAGIC } from "./pack-format.ts";
import type { RecordHeader } from "./pack-format.ts";

/** Bytes searched at once for the next record behind a damaged one. */
const SEARCH_BYTES = 1024 * 1024;

export interface ScanInit {
  nonce: Uint8Array;
  /** Where to begin: right behind a record or the pack's header. */
  from: number;
  size: number;
}

/** A record whose bytes match its digest, or (`sound: false`) one whose bytes do not. */
export interface FoundRecord extends RecordHeader {
  /** Where the record, that is its header, begins. */
  offset: number;
  sound: boolean;
}

/** Reads one record at a time; damage is stepped over to the next record, if there is one. */
export async function* scanPack(handle: FileHandle, init: ScanInit): AsyncGenerator<FoundRecord> {
  const { nonce, size } = init;
  for (let offset = init.from; offset + RECORD_HEADER_BYTES <= size;) {
    const header = await readAt(handle, offset, RECORD_HEADER_BYTES);
    const record = header && decodeRecordHeader(header, nonce);
    const start = offset + RECORD_HEADER_BYTES;
    if (!record || start + record.length > size) {
      offset = await nextMagic(handle, { from: offset + 1, size });
      continue;
    }
    const bytes = await readAt(handle, start, record.length);
    yield { ...record, offset, sound: !!bytes && equalBytes(digestOf(bytes), record.digest) };
    offset = start + record.length;
  }
}

function readAt(handle: FileHandle, offset: number, length: number) {
  return readFully(handle, Buffer.allocUnsafe(length), offset);
}

/** Where the next record may begin; `size` when none does. */
async function nextMagic(handle: FileHandle, { from, size }: { from: number; size: number }) {
  const buffer = Buffer.allocUnsafe(SEARCH_BYTES);
  for (let at = from; at < size; at += SEARCH_BYTES - RECORD_MAGIC.length + 1) {
    const window = buffer.subarray(0, Math.min(SEARCH_BYTES, size - at));
    const found = (await readFully(handle, window, at))?.indexOf(RECORD_MAGIC) ?? -1;
    if (found >= 0) return at + found;
  }
  return size;
}
