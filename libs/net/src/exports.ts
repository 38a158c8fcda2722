export * from "./identity.ts";
export * from "./kept-stream.ts";
export * from "./libp2p-network.ts";
export * from "./network.ts";
export type { LinkConditions } from "./simulated-link.ts";
export * from "./simulated-world.ts";
