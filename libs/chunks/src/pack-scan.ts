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

/** A record whose header is whole, at the offset where that begins. */
interface RecordAt extends RecordHeader {
  offset: number;
}

/** Whether the bytes behind the header match its digest. */
export interface FoundRecord extends RecordAt {
  sound: boolean;
}

/** Reads one record at a time; damage is stepped over to the next record, if there is one. */
export async function* scanPack(handle: FileHandle, init: ScanInit): AsyncGenerator<FoundRecord> {
  for (let from = init.from; ;) {
    const record =
      (await recordAt(handle, { ...init, from })) ?? (await nextRecord(handle, { ...init, from }));
    if (!record) return;
    const start = record.offset + RECORD_HEADER_BYTES;
    const bytes = await readFully(handle, Buffer.allocUnsafe(record.length), start);
    yield { ...record, sound: bytes !== undefined && equalBytes(digestOf(bytes), record.digest) };
    from = start + record.length;
  }
}

async function recordAt(handle: FileHandle, init: ScanInit): Promise<RecordAt | undefined> {
  if (init.from + RECORD_HEADER_BYTES > init.size) return undefined;
  const header = await readFully(handle, Buffer.allocUnsafe(RECORD_HEADER_BYTES), init.from);
  return header && decodeAt(header, { ...init, offset: init.from });
}

/** Searches a window at a time; windows overlap, so that a header is whole in one of them. */
async function nextRecord(handle: FileHandle, init: ScanInit): Promise<RecordAt | undefined> {
  const buffer = Buffer.allocUnsafe(Math.min(SEARCH_BYTES, Math.max(0, init.size - init.from)));
  for (let at = init.from; at < init.size; at += SEARCH_BYTES - RECORD_HEADER_BYTES) {
    const window = buffer.subarray(0, Math.min(buffer.length, init.size - at));
    if (!(await readFully(handle, window, at))) return undefined;
    for (let i = window.indexOf(RECORD_MAGIC); i >= 0; i = window.indexOf(RECORD_MAGIC, i + 1)) {
      const record = decodeAt(window.subarray(i), { ...init, offset: at + i });
      if (record) return record;
    }
  }
  return undefined;
}

function decodeAt(
  bytes: Uint8Array,
  { nonce, offset, size }: { nonce: Uint8Array; offset: number; size: number },
): RecordAt | undefined {
  const header = decodeRecordHeader(bytes, nonce);
  const fits = header && offset + RECORD_HEADER_BYTES + header.length <= size;
  return fits ? { ...header, offset } : undefined;
}
