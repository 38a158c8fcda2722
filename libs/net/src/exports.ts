export * from "./identity.ts";
export * from "./libp2p-network.ts";
export * from "./network.ts";
