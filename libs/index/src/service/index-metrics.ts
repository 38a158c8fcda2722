/** The index's figures for Prometheus. A further one is a line in the list. */
import { gauge, type Metric } from "@goliath/kit";
import type { PeerInfo } from "@goliath/protocols/index";
import type { HoldingsMap } from "./holdings/holdings-map.ts";
import type { IndexStatus } from "./index-status.ts";

export interface IndexMetricsInit {
  status: IndexStatus;
  map: HoldingsMap;
  /** Of all members, those that are away too. */
  peers: readonly PeerInfo[];
}

export function indexMetrics({ status, map, peers }: IndexMetricsInit): Metric[] {
  const online = peers.filter((peer) => peer.online);
  const sum = (of: (peer: PeerInfo) => number): number =>
    online.reduce((total, peer) => total + of(peer), 0);
  const { blocks, bitmaps } = map.size;
  return [
    gauge(
      "goliath_index_revision",
      "The drive's newest revision: one for each commit.",
      status.revision,
    ),
    gauge(
      "goliath_index_generation",
      "Grows by one with each restore of the store.",
      status.generation,
    ),
    gauge("goliath_index_members", "Members whose membership lasts.", status.members),
    gauge("goliath_index_peers_online", "Peers that are connected.", status.peers),
    gauge(
      "goliath_index_holders",
      "Connected peers that hold chunks.",
      online.filter((peer) => peer.chunks > 0).length,
    ),
    gauge(
      "goliath_index_held_chunks",
      "Chunks that connected peers hold, each copy counted.",
      sum((peer) => peer.chunks),
    ),
    gauge(
      "goliath_index_keepers",
      "Connected peers that pledged capacity.",
      online.filter((peer) => peer.capacityBytes > 0).length,
    ),
    gauge(
      "goliath_index_capacity_bytes",
      "Pledged by connected keepers.",
      sum((peer) => peer.capacityBytes),
    ),
    gauge(
      "goliath_index_capacity_free_bytes",
      "Of it, what is free.",
      sum((peer) => peer.freeBytes),
    ),
    gauge("goliath_index_files", "Files of the drive.", status.files),
    gauge("goliath_index_file_bytes", "Bytes of the drive's files.", status.bytes),
    gauge(
      "goliath_index_held_blocks",
      "Blocks of 1,024 chunk ids of which somebody holds something.",
      blocks,
    ),
    gauge("goliath_index_held_bitmaps", "Of them, bitmaps kept for those held in part.", bitmaps),
  ];
}
