export { callError, diskError, type DiskErrorCode } from "./disk-error.ts";
export { seeded } from "./seeded.ts";
export * from "./simulated-disk.ts";
export type { SimulatedProcess } from "./simulated-process.ts";
export * from "./trials.ts";
