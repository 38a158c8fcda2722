/** How the index is, in short. */
import type { DriveId, PeerId } from "@goliath/protocols/nouns";

export interface IndexStatus {
  drive: DriveId;
  peerId: PeerId;
  generation: number;
  revision: number;
  listen: string[];
  /** Where the drive is; admits nobody. */
  link: string;
  /** Peers online now. */
  peers: number;
  /** Members whose membership lasts. */
  members: number;
  files: number;
  bytes: number;
}
