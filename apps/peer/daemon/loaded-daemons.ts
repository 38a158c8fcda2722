/** The real daemons, loaded only when one is started: other commands start in a moment. */
import type { Daemons } from "./daemons.ts";

export const loadedDaemons: Daemons = {
  startIndex: async (options) => (await import("@goliath/index-daemon")).startIndex(options),
  startPeer: async (options) => (await import("./peer-home.ts")).startPeerHome(options),
  restoreIndex: async (options) => (await import("@goliath/index-daemon")).restoreIndex(options),
};
