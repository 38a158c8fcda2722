export type * from "./engine/engine.ts";
export { openMemoryIndexEngine, type IndexEngineInit } from "./engine/open-memory-engine.ts";
export { openSqliteIndexEngine, type SqliteIndexEngineInit } from "./engine/open-sqlite-engine.ts";
export * from "./service/exports.ts";
export { backUpIndex, checkIndex, type BackupInit } from "./upkeep/store-upkeep.ts";
