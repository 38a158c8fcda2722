/** How the peer stands, as `status` and `watch` tell it. */
import { countChunks } from "../monitoring/count-chunks.ts";
import { newestRevision } from "../monitoring/newest-revision.ts";
import type { Peer } from "../peer.ts";
import type { PeerStatus } from "./peer-control.ts";

export async function readStatus(peer: Peer, signal: AbortSignal): Promise<PeerStatus> {
  const { session, credentials, shares, mirrors, traffic } = peer;
  const keeper = await peer.keeperStatus();
  const revision = await newestRevision(session, signal);
  return {
    peerId: peer.peerId,
    name: peer.name,
    drive: peer.drive,
    role: peer.role(),
    index: { peerId: credentials.index ?? "", connected: session.connected(), revision },
    listen: peer.addresses(),
    shares: shares.list(),
    mirrors: mirrors.list(),
    transfers: traffic.status(),
    chunks: countChunks(peer.chunks),
    ...(keeper && { keeper }),
  };
}
