/**
 * The bytes of a simulated file, in blocks: as the processes see them, and what of it a power cut
 * would find. A block written since the last sync is kept or lost by itself, and so is the length.
 */

/** What is written to a disk whole. */
export const BLOCK_BYTES = 4096;

/** Where blocks come from: refuses when the disk is full. */
export interface BlockSpace {
  /** Takes one block; false when there is none. */
  take(): boolean;
  give(blocks: number): void;
}

export class FileContent {
  readonly #space: BlockSpace;
  /** By number; one that is not there is a hole, all zeros. */
  readonly #blocks = new Map<number, Uint8Array>();
  /** What blocks were at the last sync, of those written since; undefined: a hole. */
  readonly #synced = new Map<number, Uint8Array | undefined>();
  /** The same of blocks whose sync failed: the system does not try again, it forgets them. */
  #failed = new Map<number, Uint8Array | undefined>();
  #size = 0;
  #syncedSize = 0;

  constructor(space: BlockSpace) {
    this.#space = space;
  }

  get size(): number {
    return this.#size;
  }

  get blocks(): number {
    return this.#blocks.size;
  }

  /** Fills what it can of `target` from `position`; returns how many bytes there were. */
  read(target: Uint8Array, position: number): number {
    const end = Math.min(this.#size, position + target.length);
    for (let at = position; at < end;) {
      const { number, start, length } = pieceAt(at, end);
      const block = this.#blocks.get(number);
      const into = target.subarray(at - position, at - position + length);
      if (block) into.set(block.subarray(start, start + length));
      else into.fill(0);
      at += length;
    }
    return Math.max(0, end - position);
  }

  /** Returns how many bytes found room: fewer than given when the disk is full. */
  write(bytes: Uint8Array, position: number): number {
    const end = position + bytes.length;
    let at = position;
    while (at < end) {
      const { number, start, length } = pieceAt(at, end);
      const block = this.#writable(number);
      if (!block) break;
      block.set(bytes.subarray(at - position, at - position + length), start);
      at += length;
    }
    if (at > position) this.#size = Math.max(this.#size, at);
    return at - position;
  }

  truncate(size: number): void {
    if (size < this.#size) {
      const kept = Math.ceil(size / BLOCK_BYTES);
      for (const number of this.#blocks.keys()) if (number >= kept) this.#drop(number);
      if (size % BLOCK_BYTES > 0) this.#writable(kept - 1)?.fill(0, size % BLOCK_BYTES);
    }
    this.#size = size;
  }

  /** All of it is this now, on the disk, whatever room there is: as a database keeps its own. */
  replace(bytes: Uint8Array): void {
    this.truncate(0);
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      const block = new Uint8Array(BLOCK_BYTES);
      block.set(bytes.subarray(at, at + BLOCK_BYTES));
      this.#blocks.set(at / BLOCK_BYTES, block);
    }
    this.#space.give(-this.#blocks.size);
    this.#size = bytes.length;
    this.sync();
  }

  /** A power cut finds all of this. */
  sync(): void {
    this.#synced.clear();
    this.#syncedSize = this.#size;
  }

  /** The sync failed: what was to be synced never is, unless it is written again. */
  syncFailed(): void {
    for (const [number, before] of this.#synced) this.#failed.set(number, before);
    this.#synced.clear();
  }

  /** What a power cut leaves: `keep` says whether one more thing that was not synced is there. */
  losePower(keep: () => boolean): void {
    const size = this.#sizeAfter(keep);
    for (const [number, before] of this.#synced) {
      // What was cut off and is back has no other bytes than those of before.
      const cutOff = number * BLOCK_BYTES >= this.#size && number * BLOCK_BYTES < size;
      if (cutOff || !keep()) this.#put(number, before);
    }
    for (const [number, before] of this.#failed) this.#put(number, before);
    this.#failed.clear();
    this.#size = size;
    for (const number of this.#blocks.keys()) {
      if (number * BLOCK_BYTES >= size) this.#blocks.delete(number);
    }
    this.sync();
  }

  /** Rot: one bit of a byte is another one, and nobody wrote it. */
  flip(position: number): void {
    const block = this.#blocks.get(Math.floor(position / BLOCK_BYTES));
    const at = position % BLOCK_BYTES;
    if (!block || position >= this.#size) throw new RangeError(`no byte at ${position}`);
    block[at] = (block[at] ?? 0) ^ 1;
  }

  /** Nothing leads to it any more. A power cut may bring its name back, and its bytes with it. */
  free(): void {
    this.#space.give(this.#blocks.size);
  }

  /** One that grew may have grown in part only. */
  #sizeAfter(keep: () => boolean): number {
    if (this.#size <= this.#syncedSize) return keep() ? this.#size : this.#syncedSize;
    let size = this.#syncedSize;
    while (size < this.#size && keep()) size = Math.min(this.#size, size + BLOCK_BYTES);
    return size;
  }

  #writable(number: number): Uint8Array | undefined {
    const block = this.#blocks.get(number);
    if (!block && !this.#space.take()) return undefined;
    this.#remember(number, block && Uint8Array.from(block));
    if (block) return block;
    const fresh = new Uint8Array(BLOCK_BYTES);
    this.#blocks.set(number, fresh);
    return fresh;
  }

  #drop(number: number): void {
    const block = this.#blocks.get(number);
    if (!block) return;
    this.#remember(number, block);
    this.#blocks.delete(number);
    this.#space.give(1);
  }

  /** Keeps what a power cut would find of a block that is about to change. */
  #remember(number: number, block: Uint8Array | undefined): void {
    if (this.#synced.has(number)) return;
    this.#synced.set(number, this.#failed.has(number) ? this.#failed.get(number) : block);
    this.#failed.delete(number);
  }

  #put(number: number, block: Uint8Array | undefined): void {
    if (block) this.#blocks.set(number, block);
    else this.#blocks.delete(number);
  }
}

/** The part of one block at `at` and before `end`. */
function pieceAt(at: number, end: number) {
  const number = Math.floor(at / BLOCK_BYTES);
  const start = at % BLOCK_BYTES;
  return { number, start, length: Math.min(BLOCK_BYTES - start, end - at) };
}
