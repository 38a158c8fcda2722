/**
 * A peer's figures for Prometheus. A further one is a line in one of the lists; no name, path or id
 * of what others have belongs here.
 */
import type { ChunkReader, PackChunkStore } from "@goliath/chunks";
import { countStates, counter, gauge, type Disk, type Metric } from "@goliath/kit";
import type { Bandwidth } from "../bandwidth/bandwidth.ts";
import type { PackUpkeep } from "../keeper/pack-upkeep.ts";
import { MIRROR_STATES } from "../mirror/mirror.ts";
import type { Mirrors, MirrorStatus } from "../mirror/mirrors.ts";
import type { IndexLink } from "../parts.ts";
import { SHARE_STATES } from "../share/share-status.ts";
import type { Shares } from "../share/shares.ts";
import type { Swarm } from "../swarm/swarm.ts";
import type { Traffic } from "../traffic.ts";
import { countChunks } from "./count-chunks.ts";
import { newestRevision } from "./newest-revision.ts";

export interface PeerMetricsInit {
  link: IndexLink;
  shares: Shares;
  mirrors: Mirrors;
  chunks: ChunkReader;
  packs: PackChunkStore;
  upkeep: PackUpkeep;
  traffic: Traffic;
  bandwidth: Bandwidth;
  swarm: Swarm;
  disk: Disk;
  home: string;
  capacityBytes: number;
  reserveBytes: number;
}

export async function peerMetrics(init: PeerMetricsInit, signal: AbortSignal): Promise<Metric[]> {
  const revision = await newestRevision(init.link, signal);
  return [
    gauge("goliath_peer_index_connected", "Whether the index is connected.", init.link.connected()),
    gauge("goliath_peer_index_revision", "The drive's newest revision heard of.", revision),
    ...folderMetrics(init, revision),
    ...transferMetrics(init),
    ...(await storeMetrics(init)),
    ...(await diskMetrics(init)),
  ];
}

function folderMetrics({ shares, mirrors }: PeerMetricsInit, revision: number): Metric[] {
  const mirrored = mirrors.list();
  const shared = shares.list();
  const sum = (of: (mirror: MirrorStatus) => number): number =>
    mirrored.reduce((total, mirror) => total + of(mirror), 0);
  // A mirror that has no whole revision yet lacks them all.
  const lags = mirrored.map((mirror) => revision - Math.max(0, mirror.revision));
  const states = <State extends string>(all: readonly { state: State }[]): State[] =>
    all.map(({ state }) => state);
  const problems = [...shared, ...mirrored].reduce((count, one) => count + one.problems.length, 0);
  return [
    gauge("goliath_peer_shares", "Folders shared.", countStates(SHARE_STATES, states(shared))),
    gauge(
      "goliath_peer_mirrors",
      "Folders mirrored.",
      countStates(MIRROR_STATES, states(mirrored)),
    ),
    gauge(
      "goliath_peer_mirror_lag_revisions",
      "Revisions between the newest and the one that the mirror furthest behind has whole.",
      Math.max(0, ...lags),
    ),
    gauge(
      "goliath_peer_mirror_missing_files",
      "Still to come.",
      sum((one) => one.missingFiles),
    ),
    gauge(
      "goliath_peer_mirror_missing_bytes",
      "Still to come.",
      sum((one) => one.missingBytes),
    ),
    gauge("goliath_peer_folder_problems", "What `goliath status` warns of.", problems),
  ];
}

function transferMetrics({ traffic, swarm, bandwidth }: PeerMetricsInit): Metric[] {
  const { sentBytes, sentChunks, receivedBytes, receivedChunks } = traffic.totals();
  const { upload, download } = bandwidth;
  const limit = "Bytes a second, at most";
  const directed = (up: number, down: number) => [
    { value: up, labels: { direction: "up" } },
    { value: down, labels: { direction: "down" } },
  ];
  return [
    counter("goliath_peer_sent_bytes_total", "Bytes of chunks sent to peers.", sentBytes),
    counter("goliath_peer_sent_chunks_total", "Chunks sent to peers.", sentChunks),
    counter("goliath_peer_received_bytes_total", "Bytes of chunks fetched.", receivedBytes),
    counter("goliath_peer_received_chunks_total", "Chunks fetched and verified.", receivedChunks),
    counter("goliath_peer_failed_fetches_total", "Asked of a peer in vain.", swarm.counts.failed),
    counter("goliath_peer_wrong_chunks_total", "Sent to us with wrong bytes.", swarm.counts.wrong),
    gauge("goliath_peer_fetches_in_flight", "Chunks being fetched.", swarm.counts.fetching),
    gauge(
      "goliath_peer_transfers_waiting",
      "Chunks that wait for their turn within the limits.",
      directed(upload.waiting, download.waiting),
    ),
    gauge(
      "goliath_peer_limit_bytes_per_second",
      `${limit}, +Inf for no limit.`,
      directed(upload.rate, download.rate),
    ),
  ];
}

async function storeMetrics(watched: PeerMetricsInit): Promise<Metric[]> {
  const { chunks, packs, upkeep, ...init } = watched;
  const { bytes, live } = packs.usage();
  const { reservedBytes, freeBytes } = await packs.space();
  const scrubbed = upkeep.counts;
  return [
    gauge("goliath_peer_chunks", "Chunks that can be served.", countChunks(chunks)),
    gauge("goliath_peer_store_bytes", "The store's pack files on the disk.", bytes),
    gauge("goliath_peer_store_live_bytes", "Of them, what is still wanted.", live),
    counter("goliath_peer_scrubbed_bytes_total", "Of the store, hashed anew.", scrubbed.bytes),
    counter("goliath_peer_rotten_chunks_total", "Found wrong in the store.", scrubbed.rotten),
    counter(
      "goliath_peer_unreadable_chunks_total",
      "That the disk failed to read for long.",
      scrubbed.unreadable,
    ),
    gauge("goliath_peer_capacity_bytes", "Pledged to the drive.", init.capacityBytes),
    gauge("goliath_peer_capacity_promised_bytes", "Of it, promised to writers.", reservedBytes),
    // Without a pledge nothing of the disk is anybody's to use.
    gauge(
      "goliath_peer_capacity_free_bytes",
      "Of it, what can still be promised.",
      init.capacityBytes > 0 ? freeBytes : 0,
    ),
    gauge("goliath_peer_reserve_bytes", "Left free on the home's disk.", init.reserveBytes),
  ];
}

async function diskMetrics({ disk, home }: PeerMetricsInit): Promise<Metric[]> {
  const { blocks, bavail, bsize } = await disk.statfs(home);
  return [
    gauge("goliath_peer_disk_size_bytes", "Size of the home's disk.", blocks * bsize),
    gauge("goliath_peer_disk_free_bytes", "Free on the home's disk.", bavail * bsize),
  ];
}
