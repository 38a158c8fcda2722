export * from "./chunk-store.ts";
export * from "./file-stamp.ts";
export { hashFile } from "./hash-file.ts";
export type { HashedFile, HashFileInit } from "./hash-file.ts";
export * from "./memory-chunk-store.ts";
export * from "./placed-chunks.ts";
export * from "./placed-file.ts";
