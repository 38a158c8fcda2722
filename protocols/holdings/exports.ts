export * from "./bounds.ts";
export * from "./holdings-client.ts";
export * from "./serve-holdings.ts";
export * from "./service.ts";
