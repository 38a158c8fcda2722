export { openPeer, type Peer, type PeerInit } from "./peer.ts";
export { Credentials } from "./session/credentials.ts";
export {
  LISTEN_DEFAULT,
  startPeer,
  type PeerMethods,
  type Reserve,
  type RunningPeer,
  type StartPeerInit,
} from "./start-peer.ts";
export { openPeerDatabase } from "./state/peer-database.ts";
