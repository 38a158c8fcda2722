export * from "./chunk-runs.ts";
export * from "./chunk-store.ts";
export * from "./file-stamp.ts";
export { hashFile, isExecutable, mtimeMsOf } from "./hash-file.ts";
export type { HashedFile, HashFileInit } from "./hash-file.ts";
export * from "./memory-chunk-store.ts";
export { openPackChunkStore } from "./pack-chunk-store.ts";
export type {
  PackChunkStore,
  PackChunkStoreInit,
  PackProblem,
  PackWork,
} from "./pack-chunk-store.ts";
export type { PackUsage } from "./pack-catalogue.ts";
export type { PackRecovery } from "./pack-recovery.ts";
export type { Pace, ScrubbedPack } from "./pack-scrub.ts";
export { openPlacedChunks } from "./placed-chunks.ts";
export type { PlacedChunksInit } from "./placed-chunks.ts";
export * from "./placed-file.ts";
export { combineChunkReaders } from "./combined-chunks.ts";
export * from "./faulty-chunks.ts";
export type { Decorated } from "./forwarded-chunks.ts";
export * from "./metered-chunks.ts";
