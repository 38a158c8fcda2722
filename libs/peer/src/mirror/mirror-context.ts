/** What the parts of one mirror share. */
import { join } from "node:path";
import type { ChunkReader } from "@goliath/chunks";
import type { Clock, Log } from "@goliath/kit";
import { GoliathError, PATH_DEPTH_MAX, type ChunkRun } from "@goliath/protocols/nouns";
import type { ChunkFetcher } from "../parts.ts";
import type { KeepArea } from "./keep-area.ts";
import type { NotedDisk } from "./noted-disk.ts";
import type { PartialChunks } from "./partial-chunks.ts";
import type { PlacingLog } from "./placing-log.ts";
import type { Replica } from "./replica.ts";
import type { SiblingNames } from "./sibling-names.ts";
import type { Places } from "./synced-places.ts";

export interface MirrorContext {
  disk: NotedDisk;
  /** Absolute path of the folder mirrored into. */
  local: string;
  replica: Replica;
  placed: Places;
  /** Everything this peer holds, for reuse without the network. */
  chunks: ChunkReader;
  partial: PartialChunks;
  keep: KeepArea;
  placing: PlacingLog;
  names: SiblingNames;
  fetcher: ChunkFetcher;
  /** Digests of runs, from the index. */
  digests: (runs: ChunkRun[], signal: AbortSignal) => Promise<Uint8Array>;
  chunkBytes: number;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  /** Calls back whenever the replica may have changed; returns the unsubscriber. */
  onChange: (listener: () => void) => () => void;
  /** Tells what could not be done: told until it is done. */
  problem: (path: string, text: string) => void;
}

/** Where a directory stands on the disk, or undefined when it (or a parent) does not yet. */
export function diskPathOf({ replica, local }: MirrorContext, dir: number): string | undefined {
  const names: string[] = [];
  for (let at = dir; ;) {
    const row = replica.dir(at);
    if (!row || row.diskParent === null || row.diskName === null) return undefined;
    if (row.diskParent === 0) return join(local, ...names.toReversed());
    names.push(row.diskName);
    at = row.diskParent;
    if (names.length > 1000) throw new GoliathError("internal", "directories form a circle");
  }
}

/**
 * Depth of a directory where it should stand; used to make parents before children. Throws
 * `bad-request` for directories that the index says lie in each other.
 */
export function depthOf({ replica }: MirrorContext, dir: number): number {
  let depth = 0;
  for (let row = replica.dir(dir); row?.parent; row = replica.dir(row.parent)) {
    if (++depth > PATH_DEPTH_MAX) {
      throw new GoliathError("bad-request", "the index says that directories form a circle");
    }
  }
  return depth;
}
