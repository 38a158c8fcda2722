export { openIndexServer, type IndexServer, type IndexServerInit } from "./index-server.ts";
export type { IndexStatus } from "./index-status.ts";
export { indexControl, type IndexControlInit } from "./index-control.ts";
