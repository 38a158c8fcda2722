/** Finding the records of a pack by reading it, whatever state a crash left it in. */
import type { DiskFile } from "@goliath/kit";
import { digestOf, equalBytes } from "@goliath/protocols/nouns";
import { readFully } from "./hash-file.ts";
import { decodeRecordHeader, RECORD_HEADER_BYTES, RECORD_MAGIC } from "./pack-format.ts";
import type { RecordHeader } from "./pack-format.ts";

/** Bytes read at once: many short records, or some of a long one. */
const WINDOW_BYTES = 1024 * 1024;

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

/** Damage is stepped over to the next record, if there is one. */
export async function* scanPack(handle: DiskFile, init: ScanInit): AsyncGenerator<FoundRecord> {
  const reader = new WindowReader(handle, init);
  for (let from = init.from; ;) {
    const record = await nextRecord(reader, { ...init, from });
    if (!record) return;
    const start = record.offset + RECORD_HEADER_BYTES;
    const bytes = (await reader.from(start, record.length)).subarray(0, record.length);
    yield { ...record, sound: equalBytes(digestOf(bytes), record.digest) };
    from = start + record.length;
  }
}

/** The record at `from`, where everything is in order, or the first one behind. */
async function nextRecord(reader: WindowReader, init: ScanInit): Promise<RecordAt | undefined> {
  for (let at = init.from; at + RECORD_HEADER_BYTES <= init.size;) {
    const window = await reader.from(at, RECORD_HEADER_BYTES);
    for (let i = window.indexOf(RECORD_MAGIC); i >= 0; i = window.indexOf(RECORD_MAGIC, i + 1)) {
      const record = decodeAt(window.subarray(i), { ...init, offset: at + i });
      if (record) return record;
    }
    // Windows overlap, so that each header is whole in one of them.
    at += Math.max(1, window.length - RECORD_HEADER_BYTES + 1);
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

/** Reads a file forwards through one window in memory. */
class WindowReader {
  readonly #handle: DiskFile;
  readonly #size: number;
  #window: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(handle: DiskFile, { size }: { size: number }) {
    this.#handle = handle;
    this.#size = size;
  }

  /** The bytes from `offset` on: at least `length` unless the file ends before. */
  async from(offset: number, length: number): Promise<Buffer> {
    const end = Math.min(offset + length, this.#size);
    if (offset < this.#at || end > this.#at + this.#window.length) {
      const bytes = Math.min(Math.max(length, WINDOW_BYTES), this.#size - offset);
      this.#window =
        (await readFully(this.#handle, Buffer.allocUnsafe(bytes), offset)) ?? Buffer.alloc(0);
      this.#at = offset;
    }
    return this.#window.subarray(offset - this.#at);
  }
}
