export * from "./chunk-store.ts";
export * from "./placed-file.ts";
