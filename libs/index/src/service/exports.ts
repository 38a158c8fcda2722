export {
  openIndexServer,
  type IndexServer,
  type IndexServerInit,
  type IndexStatus,
} from "./index-server.ts";
