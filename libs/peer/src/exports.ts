export type { EntryView, FoundEntry, PeerControl, PeerStatus } from "./control/peer-control.ts";
export type { MirrorStatus } from "./mirror/mirrors.ts";
export { openPeer, type Peer, type PeerInit } from "./peer.ts";
export { Credentials } from "./session/credentials.ts";
export type { ShareStatus } from "./share/share-status.ts";
export {
  LISTEN_DEFAULT,
  startPeer,
  type Reserve,
  type RunningPeer,
  type StartPeerInit,
} from "./start-peer.ts";
export { openPeerDatabase } from "./state/peer-database.ts";
export type { TrafficStatus } from "./traffic.ts";
