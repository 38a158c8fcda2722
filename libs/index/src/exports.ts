export type * from "./engine/engine.ts";
export {
  openMemoryIndexEngine,
  openStoreIndexEngine,
  type IndexEngineInit,
  type StoreIndexEngineInit,
} from "./engine/open-memory-engine.ts";
export type { IndexStore } from "./store/index-store.ts";
export { MemoryIndexStore } from "./store/memory-index-store.ts";
export { openSqliteIndexStore } from "./store/sqlite-index-store.ts";
export { openSqliteIndexEngine, type SqliteIndexEngineInit } from "./engine/open-sqlite-engine.ts";
export * from "./service/exports.ts";
export { backUpIndex, checkIndex, type BackupInit } from "./upkeep/store-upkeep.ts";
