/** Appends to the newest pack; the only code that writes packs. */
import { join } from "node:path";
import { syncDirectory, type Disk, type DiskFile } from "@goliath/kit";
import { GoliathError, type Digest, type ChunkId } from "@goliath/protocols/nouns";
import {
  encodePackHeader,
  encodeRecordHeader,
  NONCE_BYTES,
  PACK_HEADER_BYTES,
} from "./pack-format.ts";
import { nonceOf } from "./pack-format.ts";
import { recordBytes, type PackedChunk } from "./pack-catalogue.ts";
import { readFully } from "./hash-file.ts";

export interface NewRecord {
  id: ChunkId;
  digest: Digest;
  bytes: Uint8Array;
}

/** Records that were written behind each other, from `start` to `end` in one pack. */
export interface AppendedRecords {
  pack: number;
  start: number;
  end: number;
  chunks: PackedChunk[];
}

interface ActivePack {
  pack: number;
  handle: DiskFile;
  nonce: Uint8Array;
  /** Where the next record goes; all before it is on disk. */
  end: number;
}

export function packPath(directory: string, pack: number): string {
  return join(directory, `pack-${pack}.pack`);
}

export interface PackWriterInit {
  disk: Disk;
  directory: string;
  packBytesMax: number;
  /** Unguessable bytes, for the nonces. */
  random: (bytes: number) => Uint8Array;
  /** The number of the next pack. */
  next: number;
}

/** One append at a time. */
export class PackWriter implements AsyncDisposable {
  readonly #disk: Disk;
  readonly #directory: string;
  readonly #packBytesMax: number;
  readonly #random: (bytes: number) => Uint8Array;
  #active: ActivePack | undefined;
  /** The number of the next pack: above all there ever were, so that none is mistaken. */
  #next: number;
  #litterBytes = 0;

  constructor(init: PackWriterInit) {
    this.#disk = init.disk;
    this.#directory = init.directory;
    this.#packBytesMax = init.packBytesMax;
    this.#random = init.random;
    this.#next = init.next;
  }

  /** The pack that is written to now. */
  get active(): { pack: number; end: number } | undefined {
    return this.#active;
  }

  /** Bytes at the ends of packs that could not be cut off: on the disk until it is opened again. */
  get litterBytes(): number {
    return this.#litterBytes;
  }

  /** Goes on with a pack whose tail has been checked. */
  async resume(pack: number, end: number): Promise<void> {
    const handle = await this.#disk.open(packPath(this.#directory, pack), "r+");
    const header = await readFully(handle, Buffer.alloc(PACK_HEADER_BYTES), 0);
    const nonce = header && nonceOf(header);
    if (nonce) this.#active = { pack, handle, nonce, end };
    else await handle.close();
  }

  /** Writes the records behind each other; they are on disk when it resolves. Throws `full`. */
  async append(records: readonly NewRecord[]): Promise<AppendedRecords> {
    const active = this.#active ?? (await this.#begin());
    const { pack, handle, nonce, end: start } = active;
    const chunks: PackedChunk[] = [];
    const buffers: Uint8Array[] = [];
    let end = start;
    for (const { id, digest, bytes } of records) {
      const record = { id, digest, length: bytes.length };
      chunks.push({ ...record, pack, offset: end });
      buffers.push(encodeRecordHeader(record, nonce), bytes);
      end += recordBytes(record);
    }
    try {
      await writeAll(handle, buffers, start);
      await handle.datasync();
    } catch (thrown) {
      active.end = end;
      await this.rewind(start);
      throw GoliathError.from(thrown);
    }
    active.end = end;
    if (end >= this.#packBytesMax) await this.rotate();
    return { pack, start, end, chunks };
  }

  /**
   * Takes back what was appended behind `end` after a failure. Where even that fails the pack is
   * left as it is and a new one begun: its tail is cut when the store is opened again.
   */
  async rewind(end: number): Promise<void> {
    const active = this.#active;
    if (!active) return;
    try {
      await active.handle.truncate(end);
      await active.handle.datasync();
      active.end = end;
    } catch {
      this.#litterBytes += active.end - end;
      await this.rotate();
    }
  }

  /** The next append begins a new pack. */
  async rotate(): Promise<void> {
    const active = this.#active;
    this.#active = undefined;
    // All in it is synced or given up: a failing close says nothing of either.
    await active?.handle.close().catch(() => undefined);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rotate();
  }

  async #begin(): Promise<ActivePack> {
    const pack = this.#next++;
    const nonce = this.#random(NONCE_BYTES);
    const handle = await this.#disk.open(packPath(this.#directory, pack), "wx");
    try {
      await writeAll(handle, [encodePackHeader(nonce)], 0);
      await syncDirectory(this.#disk, this.#directory);
    } catch (thrown) {
      await handle.close();
      await this.#disk.rm(packPath(this.#directory, pack), { force: true });
      throw GoliathError.from(thrown);
    }
    return (this.#active = { pack, handle, nonce, end: PACK_HEADER_BYTES });
  }
}

async function writeAll(handle: DiskFile, buffers: Uint8Array[], position: number) {
  for (let rest = buffers, at = position; rest.length > 0;) {
    const { bytesWritten } = await handle.writev(rest, at);
    at += bytesWritten;
    rest = without(rest, bytesWritten);
  }
}

/** What is left of these buffers after their first `bytes` bytes. */
function without(buffers: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  return buffers.flatMap((buffer) => {
    const skipped = Math.min(skip, buffer.length);
    skip -= skipped;
    return skipped === buffer.length ? [] : [buffer.subarray(skipped)];
  });
}
