/** A file on this disk on its way into the drive. */
import {
  hashFile,
  isExecutable,
  isSameStamp,
  mtimeMsOf,
  stampOf,
  type HashedFile,
  type PlacedChunks,
} from "@goliath/chunks";
import { Semaphore, type Disk } from "@goliath/kit";
import type { DrivePath, Extent } from "@goliath/protocols/nouns";

/** Files read and hashed at once in the whole peer: two keep a disk and two cores busy. */
const HASHES_MAX = 2;
/** Files of one chunk: their reads go to the disk many at a time. */
const SMALL_HASHES_MAX = 64;

/** What the drive has of a file, as far as this peer knows. */
export interface CommittedVersion {
  extents: readonly Extent[];
  /** All digests, where known. Without them the chunks placed at the file's path are asked. */
  sums?: Uint8Array;
  mtimeMs: number;
  executable: boolean;
}

export interface LocalFile {
  /** Absolute path on this disk. */
  local: string;
  path: DrivePath;
  /** Bytes when it was found; what is hashed may differ. */
  size: number;
  /** The version to take unchanged chunks' ids from. */
  before?: CommittedVersion | undefined;
}

export interface HashOptions {
  chunkBytes: number;
  /** Bytes it had when it was found. */
  size: number;
  signal: AbortSignal;
  /** Called with the bytes of this file hashed so far. */
  onProgress?: (bytes: number) => void;
}

/** Hashes files, a few at a time; one whose placed version still has its stamp is not read. */
export class FileHasher {
  readonly #disk: Disk;
  readonly #placed: PlacedChunks;
  readonly #turns = new Semaphore({ max: HASHES_MAX });
  readonly #smallTurns = new Semaphore({ max: SMALL_HASHES_MAX });

  constructor({ disk, placed }: { disk: Disk; placed: PlacedChunks }) {
    this.#disk = disk;
    this.#placed = placed;
  }

  /** Throws `changed` for a file that is being written to, `not-found` for one that is gone. */
  async hash(local: string, options: HashOptions): Promise<HashedFile> {
    const { size, chunkBytes, signal } = options;
    const turns = size <= chunkBytes ? this.#smallTurns : this.#turns;
    using _turn = await turns.acquire({ signal });
    const disk = this.#disk;
    const placed = await this.#asPlaced(local, chunkBytes);
    return placed ?? (await hashFile({ disk, path: local, ...options }));
  }

  async #asPlaced(local: string, chunkBytes: number): Promise<HashedFile | undefined> {
    const found = this.#placed.placed(local);
    const placed = found && isCutEvenly(found.extents, chunkBytes) ? found : undefined;
    const look = placed && this.#disk.lstat(local, { bigint: true });
    const stats = await look?.catch(() => undefined);
    if (!placed || !stats?.isFile() || !isSameStamp(placed.stamp, stampOf(stats))) return undefined;
    const { stamp, sums } = placed;
    const facts = { mtimeMs: mtimeMsOf(stats), executable: isExecutable(stats) };
    return { stamp, sums, size: stamp.size, ...facts };
  }
}

/** A journal that was mirrored has short chunks inside: as a file of a share it is cut anew. */
function isCutEvenly(extents: readonly Extent[], chunkBytes: number): boolean {
  return extents.slice(0, -1).every(({ bytes }) => bytes % chunkBytes === 0);
}

/** Whether the file still is the one that was hashed. */
export async function isStillSame(
  disk: Disk,
  { local, hashed: { stamp } }: { local: string; hashed: HashedFile },
): Promise<boolean> {
  const stats = await disk.lstat(local, { bigint: true }).catch(() => undefined);
  return stats?.isFile() === true && isSameStamp(stamp, stampOf(stats));
}
