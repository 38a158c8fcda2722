/** Appends to the newest pack; the only code that writes packs. */
import { randomBytes } from "node:crypto";
import { open, rm, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { GoliathError, type Digest, type ChunkId } from "@goliath/protocols/nouns";
import { encodePackHeader, encodeRecordHeader, PACK_HEADER_BYTES } from "./pack-format.ts";
import { nonceOf } from "./pack-format.ts";
import { readFully } from "./hash-file.ts";

export interface NewRecord {
  id: ChunkId;
  digest: Digest;
  bytes: Uint8Array;
}

/** Where a record begins. */
export interface RecordPlace {
  pack: number;
  offset: number;
}

interface ActivePack {
  pack: number;
  handle: FileHandle;
  nonce: Uint8Array;
  /** Where the next record goes; all before it is on disk. */
  end: number;
}

export function packPath(directory: string, pack: number): string {
  return join(directory, `pack-${pack}.pack`);
}

/** One append at a time. */
export class PackWriter implements AsyncDisposable {
  readonly #directory: string;
  readonly #packBytesMax: number;
  #active: ActivePack | undefined;
  /** The number of the next pack: above all there ever were, so that none is mistaken. */
  #next: number;

  constructor(init: { directory: string; packBytesMax: number; next: number }) {
    this.#directory = init.directory;
    this.#packBytesMax = init.packBytesMax;
    this.#next = init.next;
  }

  /** The pack that is written to now. */
  get active(): { pack: number; end: number } | undefined {
    return this.#active;
  }

  /** Goes on with a pack whose tail has been checked. */
  async resume(pack: number, end: number): Promise<void> {
    const handle = await open(packPath(this.#directory, pack), "r+");
    const header = await readFully(handle, Buffer.alloc(PACK_HEADER_BYTES), 0);
    const nonce = header && nonceOf(header);
    if (nonce) this.#active = { pack, handle, nonce, end };
    else await handle.close();
  }

  /** Writes the records behind each other; they are on disk when it resolves. Throws `full`. */
  async append(records: readonly NewRecord[]): Promise<RecordPlace[]> {
    const active = this.#active ?? (await this.#begin());
    const { pack, handle, nonce, end } = active;
    const places: RecordPlace[] = [];
    const buffers: Uint8Array[] = [];
    let offset = end;
    for (const { id, digest, bytes } of records) {
      places.push({ pack, offset });
      const header = encodeRecordHeader({ id, digest, length: bytes.length }, nonce);
      buffers.push(header, bytes);
      offset += header.length + bytes.length;
    }
    try {
      await writeAll(handle, buffers, end);
      await handle.datasync();
    } catch (thrown) {
      await this.rewind(end);
      throw GoliathError.from(thrown);
    }
    active.end = offset;
    if (offset >= this.#packBytesMax) await this.rotate();
    return places;
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
      await this.rotate();
    }
  }

  /** The next append begins a new pack. */
  async rotate(): Promise<void> {
    const active = this.#active;
    this.#active = undefined;
    await active?.handle.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.rotate();
  }

  async #begin(): Promise<ActivePack> {
    const pack = this.#next++;
    const nonce = randomBytes(16);
    const handle = await open(packPath(this.#directory, pack), "wx");
    try {
      await writeAll(handle, [encodePackHeader(nonce)], 0);
      await syncDirectory(this.#directory);
    } catch (thrown) {
      await handle.close();
      await rm(packPath(this.#directory, pack), { force: true });
      throw GoliathError.from(thrown);
    }
    return (this.#active = { pack, handle, nonce, end: PACK_HEADER_BYTES });
  }
}

async function writeAll(handle: FileHandle, buffers: Uint8Array[], position: number) {
  for (let rest = buffers, at = position; rest.length > 0;) {
    const { bytesWritten } = await handle.writev(rest, at);
    at += bytesWritten;
    rest = without(rest, bytesWritten);
  }
}

/** What is left of these buffers after their first `bytes` bytes. */
function without(buffers: Uint8Array[], bytes: number): Uint8Array[] {
  let skip = bytes;
  let index = 0;
  while (index < buffers.length && skip >= buffers[index]!.length) skip -= buffers[index++]!.length;
  const rest = buffers.slice(index);
  if (skip > 0) rest[0] = rest[0]!.subarray(skip);
  return rest;
}

/** A new file's name is on disk only once its directory is. Windows cannot and need not. */
export async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
