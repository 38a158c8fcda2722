/** How a keeper stands, for its operator. */
import type { ScrubCounts } from "./pack-upkeep.ts";

export interface KeeperStatus {
  capacityBytes: number;
  /** What its store takes, and what is promised to writers beyond that. */
  usedBytes: number;
  freeBytes: number;
  labels: string[];
  draining: boolean;
  /** Since the process began. */
  scrub: ScrubCounts;
}
