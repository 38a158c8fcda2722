/** How the packs of a peer are laid out, by what it pledged. */
import type { PackChunkStoreInit } from "@goliath/chunks";

/** Packs of a keeper: many enough that compacting one takes little of its capacity. */
const PACKS_MIN = 128;
/** Longest pack, in bytes: as long as any peer's. */
const PACK_BYTES_MAX = 256 * 1024 * 1024;

export interface KeptPacksInit {
  capacityBytes?: number | undefined;
  reserveBytes?: number | undefined;
}

/** A keeper's packs never take more than it pledged, not even while they are compacted. */
export function keptPacksInit({
  capacityBytes = 0,
  reserveBytes,
}: KeptPacksInit): Pick<
  PackChunkStoreInit,
  "capacityBytes" | "packBytesMax" | "spareBytes" | "freeBytesMin"
> {
  const reserve = reserveBytes === undefined ? {} : { freeBytesMin: reserveBytes };
  if (capacityBytes === 0) return reserve;
  const packBytesMax = Math.min(PACK_BYTES_MAX, Math.ceil(capacityBytes / PACKS_MIN));
  return { ...reserve, capacityBytes, packBytesMax, spareBytes: packBytesMax };
}
