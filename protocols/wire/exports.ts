export * from "./byte-stream.ts";
export * from "./calls.ts";
export * from "./frame.ts";
export * from "./status.ts";
export * from "./stream-pair.ts";
