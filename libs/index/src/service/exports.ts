export {
  openIndexServer,
  type IndexServer,
  type IndexServerInit,
  type IndexStatus,
} from "./index-server.ts";
export { indexControl, type IndexControlInit } from "./index-control.ts";
