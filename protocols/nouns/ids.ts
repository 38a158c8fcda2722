/** Branded ids. A `ChunkId` is not a `Revision`, though both are integers below 2^53. */
import { GoliathError } from "./error.ts";

declare const brand: unique symbol;
type Branded<Base, Name extends string> = Base & { readonly [brand]: Name };

/** A machine's identity: the libp2p peer id of its Ed25519 key, in base58btc (`12D3Koo…`). */
export type PeerId = Branded<string, "PeerId">;
/** A drive's identity: the peer-id form of the drive key. It outlives any index. */
export type DriveId = Branded<string, "DriveId">;
/** A place in the drive's history: generation (13 bits), then a counter (40 bits); never reused. */
export type ChunkId = Branded<number, "ChunkId">;
/** The drive's commit counter. Revision 0 is the empty drive. */
export type Revision = Branded<number, "Revision">;
/** A directory's identity, kept through renames. The root is `ROOT_DIR`. */
export type DirId = Branded<number, "DirId">;
/** A run of chunk ids promised to one writer for a time. */
export type LeaseId = Branded<number, "LeaseId">;

/** Chunk ids carry the index's generation above this many bits of counter (1 EiB of 1 MiB chunks). */
export const CHUNK_COUNTER_BITS = 40;
/** The last generation whose chunk ids stay below 2^53. */
export const GENERATION_MAX = 2 ** (53 - CHUNK_COUNTER_BITS) - 1;
/** Chunks in a block, the unit of placement, repair and holdings. A power of two. */
export const BLOCK_CHUNKS = 1024;
/** The directory every path starts in. */
export const ROOT_DIR = 1 as DirId;
/** The empty drive. */
export const REVISION_ZERO = 0 as Revision;

function parseInteger(value: unknown, what: string): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) {
    throw new GoliathError("bad-request", `${what} is not an integer from 0 to 2^53-1`);
  }
  return value;
}

export const parseChunkId = (value: unknown): ChunkId => parseInteger(value, "chunk id") as ChunkId;
export const parseRevision = (value: unknown): Revision =>
  parseInteger(value, "revision") as Revision;
export const parseDirId = (value: unknown): DirId => parseInteger(value, "directory id") as DirId;
export const parseLeaseId = (value: unknown): LeaseId => parseInteger(value, "lease id") as LeaseId;

/** The first chunk id of a generation. A new generation begins when an index is restored. */
export function firstChunkId(generation: number): ChunkId {
  if (!Number.isInteger(generation) || generation < 0 || generation > GENERATION_MAX) {
    throw new GoliathError("bad-request", `a generation is not from 0 to ${GENERATION_MAX}`);
  }
  return (generation * 2 ** CHUNK_COUNTER_BITS) as ChunkId;
}

/** The block a chunk id falls in. */
export function blockOf(id: ChunkId): number {
  return Math.floor(id / BLOCK_CHUNKS);
}

/** `count` consecutive chunk ids from `first`. */
export interface ChunkRun {
  first: ChunkId;
  count: number;
}
