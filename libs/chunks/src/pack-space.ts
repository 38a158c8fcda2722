/**
 * The room of a pack store: what is taken, what is promised, what is to be had. The packs never
 * grow beyond the capacity, and never leave less of the disk than is reserved for others.
 */
import type { Disk } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import type { StoreSpace } from "./chunk-store.ts";
import { PACK_HEADER_BYTES } from "./pack-format.ts";

export interface PackSpaceInit {
  disk: Disk;
  directory: string;
  capacityBytes: number;
  /** Of the disk, left to others. */
  freeBytesMin: number;
  /** Of the capacity, left to compaction: a pack is copied before it is deleted. */
  spareBytes: number;
  /** Bytes of all packs on the disk now. */
  usedBytes: () => number;
  /** What the next append takes beside its records: it may begin a pack. */
  headerBytes: () => number;
}

/** Room that was promised; only what is written within it, or its end, gives it back. */
export class PackRoom {
  leftBytes: number;

  constructor(bytes: number) {
    this.leftBytes = bytes;
  }
}

interface Claimant {
  bytes: number;
  room?: PackRoom | undefined;
}

/** Room for what is being appended; `settle` once it counts as used. */
export interface SpaceClaim extends Disposable {
  settle(): void;
}

export class PackSpace {
  readonly #init: PackSpaceInit;
  readonly #rooms = new Set<PackRoom>();
  /** Being appended and in no room: not yet among the used bytes. */
  #claimedBytes = 0;

  constructor(init: PackSpaceInit) {
    this.#init = init;
  }

  /** Throws `full`. */
  async reserve(bytes: number): Promise<PackRoom> {
    const onDisk = await this.#freeOnDisk();
    this.#check(bytes, onDisk);
    const room = new PackRoom(bytes);
    this.#rooms.add(room);
    return room;
  }

  release(room: PackRoom): void {
    this.#rooms.delete(room);
    room.leftBytes = 0;
  }

  async space(): Promise<StoreSpace> {
    const onDisk = await this.#freeOnDisk();
    const { usedBytes, headerBytes } = this.#init;
    const free = Math.min(this.#freeOfCapacity(), onDisk) - this.#promised() - headerBytes();
    return {
      usedBytes: usedBytes(),
      reservedBytes: this.#promised(),
      freeBytes: Math.max(0, Math.min(Math.floor(free), Number.MAX_SAFE_INTEGER)),
    };
  }

  /** Takes room for one group of writes. Throws `full`. */
  async claim(group: readonly Claimant[]): Promise<SpaceClaim> {
    if (group.length === 0) return { settle: () => undefined, [Symbol.dispose]: () => undefined };
    const onDisk = await this.#freeOnDisk();
    const shares = coveredShares(group);
    const bytes = group.reduce((sum, job) => sum + job.bytes, 0);
    const covered = shares.values().reduce((sum, share) => sum + share, 0);
    const beyond = bytes - covered;
    if (beyond > 0) this.#check(beyond, onDisk);
    // What was promised may use the spare room, never more than there is.
    else this.#checkHard(bytes, onDisk);
    this.#claimedBytes += beyond;
    return {
      settle: () => {
        for (const [room, share] of shares) room.leftBytes -= Math.min(room.leftBytes, share);
      },
      [Symbol.dispose]: () => void (this.#claimedBytes -= beyond),
    };
  }

  /** Whether compaction may copy so much: not beyond the capacity, unless none was set apart. */
  hasRoomToCopy(bytes: number): boolean {
    const { capacityBytes, spareBytes, usedBytes } = this.#init;
    const used = usedBytes();
    // A capacity that was lowered is reached again only by copying.
    if (spareBytes === 0 || used > capacityBytes) return true;
    return used + this.#promised() + bytes + PACK_HEADER_BYTES <= capacityBytes;
  }

  #check(bytes: number, onDisk: number): void {
    const needed = this.#promised() + bytes;
    if (needed + this.#init.headerBytes() > this.#freeOfCapacity()) throw beyondCapacity();
    if (needed > onDisk) throw beyondDisk();
  }

  #checkHard(bytes: number, onDisk: number): void {
    const { capacityBytes, usedBytes, headerBytes } = this.#init;
    if (usedBytes() + bytes + headerBytes() > capacityBytes) throw beyondCapacity();
    if (bytes > onDisk) throw beyondDisk();
  }

  #promised(): number {
    return this.#rooms.values().reduce((sum, room) => sum + room.leftBytes, this.#claimedBytes);
  }

  #freeOfCapacity(): number {
    const { capacityBytes, spareBytes, usedBytes } = this.#init;
    return capacityBytes - spareBytes - usedBytes();
  }

  /** Of the disk, beyond what is left to others. */
  async #freeOnDisk(): Promise<number> {
    const { disk, directory, freeBytesMin } = this.#init;
    const { bavail, bsize } = await disk.statfs(directory);
    return bavail * bsize - freeBytesMin;
  }
}

/** How much of each room the group's writes take. */
function coveredShares(group: readonly Claimant[]): Map<PackRoom, number> {
  const shares = new Map<PackRoom, number>();
  for (const { bytes, room } of group) {
    if (room) shares.set(room, Math.min(room.leftBytes, (shares.get(room) ?? 0) + bytes));
  }
  return shares;
}

function beyondCapacity(): GoliathError {
  return new GoliathError("full", "the capacity given to this store is used up");
}

function beyondDisk(): GoliathError {
  return new GoliathError("full", "the disk is full: free some space");
}
