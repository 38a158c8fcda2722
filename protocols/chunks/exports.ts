export * from "./bounds.ts";
export * from "./chunks-client.ts";
export * from "./serve-chunks.ts";
export * from "./service.ts";
