/**
 * A file on its way: written chunk by chunk under a temporary name, its verified chunks served to
 * others meanwhile. After a crash the temporary file is hashed again, chunk by chunk, and only what
 * is missing or wrong is fetched: the bytes are the only record of what arrived.
 */
import { constants } from "node:fs";
import type { Disk, DiskFile } from "@goliath/kit";
import {
  chunkCount,
  digestAt,
  digestOf,
  equalBytes,
  spansOf,
  type ChunkSpan,
  type Extent,
} from "@goliath/protocols/nouns";
import { secondsOf } from "./file-time.ts";
import { codeOf } from "./move-new.ts";

export interface PartialFileInit {
  disk: Disk;
  /** Absolute path of the temporary file. */
  path: string;
  extents: Extent[];
  /** All digests, 32 bytes each. */
  sums: Uint8Array;
  chunkBytes: number;
  /** Permissions, before the user's umask. */
  mode: number;
}

export class PartialFile {
  readonly extents: Extent[];
  readonly sums: Uint8Array;
  readonly chunkBytes: number;
  readonly path: string;
  readonly #disk: Disk;
  readonly #mode: number;
  /** One byte a chunk: 1 when its verified bytes are in the file. */
  readonly #have: Uint8Array;
  #handle: DiskFile | undefined;
  #heldBytes = 0;

  constructor({ disk, path, extents, sums, chunkBytes, mode }: PartialFileInit) {
    this.#disk = disk;
    this.#mode = mode;
    this.path = path;
    this.extents = extents;
    this.sums = sums;
    this.chunkBytes = chunkBytes;
    this.#have = new Uint8Array(chunkCount(extents));
  }

  /** Verified bytes in the file. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Opens or makes the temporary file and finds what an earlier run left in it. */
  async open(signal?: AbortSignal): Promise<void> {
    const size = await this.#openOrMake();
    for (const span of spansOf(this.extents, { chunkBytes: this.chunkBytes, to: Number(size) })) {
      signal?.throwIfAborted();
      if (span.offset + span.length > size) return;
      const bytes = await this.#readSpan(span);
      if (bytes && this.isRight(span, bytes)) this.#hold(span);
    }
  }

  /** Returns how many bytes an earlier run left. */
  async #openOrMake(): Promise<bigint> {
    const flags = constants.O_RDWR | constants.O_NOFOLLOW;
    const make = flags | constants.O_CREAT | constants.O_EXCL;
    try {
      this.#handle = await this.#disk.open(this.path, make, this.#mode);
      return 0n;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const { nlink, size } = await this.#disk.lstat(this.path, { bigint: true });
    // Linked already to its final name, where a user may have written to it since: it is theirs.
    // A file of one chunk has nothing to go on with.
    const isOurs = nlink === 1n && this.#have.length > 1;
    if (!isOurs) await this.#disk.unlink(this.path);
    this.#handle = await this.#disk.open(this.path, isOurs ? flags : make, this.#mode);
    return isOurs ? size : 0n;
  }

  /** Chunks still missing, in the file's order. */
  *missing(): Generator<ChunkSpan> {
    for (const span of spansOf(this.extents, { chunkBytes: this.chunkBytes })) {
      if (this.#have[span.index] === 0) yield span;
    }
  }

  has(span: Pick<ChunkSpan, "index">): boolean {
    return this.#have[span.index] === 1;
  }

  isRight(span: ChunkSpan, bytes: Uint8Array): boolean {
    return equalBytes(digestOf(bytes), digestAt(this.sums, span.index));
  }

  /** Writes a chunk whose bytes were verified. */
  async write(span: ChunkSpan, bytes: Uint8Array): Promise<void> {
    const handle = this.#opened();
    for (let done = 0; done < bytes.length;) {
      const { bytesWritten } = await handle.write(
        bytes,
        done,
        bytes.length - done,
        span.offset + done,
      );
      done += bytesWritten;
    }
    this.#hold(span);
  }

  /** A held chunk's bytes, or undefined when they are not there or not right any more. */
  async read(span: ChunkSpan): Promise<Uint8Array | undefined> {
    if (!this.has(span)) return undefined;
    const bytes = await this.#readSpan(span);
    return bytes && this.isRight(span, bytes) ? bytes : undefined;
  }

  /** Gives the file its length and time, and puts it on the disk. */
  async finish({ size, mtimeMs }: { size: number; mtimeMs: number }): Promise<void> {
    const handle = this.#opened();
    if (this.#have.length > 1) await handle.truncate(size);
    await handle.utimes(secondsOf(mtimeMs), secondsOf(mtimeMs));
    try {
      await handle.sync();
    } catch (error) {
      // What the system could not write it forgets: another sync would succeed and prove nothing.
      await this.#disk.unlink(this.path).catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#handle?.close();
    this.#handle = undefined;
  }

  #hold({ index, length }: ChunkSpan): void {
    if (this.#have[index] === 0) this.#heldBytes += length;
    this.#have[index] = 1;
  }

  #opened(): DiskFile {
    if (!this.#handle) throw new Error("the partial file is not open");
    return this.#handle;
  }

  async #readSpan(span: ChunkSpan): Promise<Uint8Array | undefined> {
    const bytes = Buffer.allocUnsafe(span.length);
    const { bytesRead } = await this.#opened().read(bytes, 0, span.length, span.offset);
    return bytesRead === span.length ? bytes : undefined;
  }
}
