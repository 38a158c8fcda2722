/** What of a folder nobody but this peer holds. */
import type { PlacedChunks, PlacedFile } from "@goliath/chunks";
import { RUNS_MAX } from "@goliath/protocols/index";
import type { ChunkRun } from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";

/** Files asked about in one go. */
const PAGE_FILES = 500;
/** Goes in all: beyond it the count is a lower bound, which is said. */
const PAGES_MAX = 100;

export interface OnlyHere {
  files: number;
  bytes: number;
  /** False: not all could be asked about, there may be more. */
  complete: boolean;
}

export interface OnlyHereOptions {
  placed: PlacedChunks;
  link: IndexLink;
  signal?: AbortSignal;
}

/** Counts the files at or below `local` of which some chunk has no other holder. */
export async function onlyHere(local: string, options: OnlyHereOptions): Promise<OnlyHere> {
  const sum: OnlyHere = { files: 0, bytes: 0, complete: false };
  let after: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const limit = { limit: PAGE_FILES, ...(after === undefined ? {} : { after }) };
    const files = options.placed.list(local, limit);
    const last = files.at(-1);
    if (!last) return { ...sum, complete: true };
    for (const file of await filesOnlyHere(files, options)) {
      sum.files++;
      sum.bytes += file.stamp.size;
    }
    after = last.path;
  }
  return sum;
}

async function filesOnlyHere(files: PlacedFile[], options: OnlyHereOptions): Promise<PlacedFile[]> {
  const { link, signal } = options;
  const runs = files.flatMap(({ extents }) => extents).slice(0, RUNS_MAX);
  if (runs.length === 0) return [];
  const reply = await link.service.holders({ runs }, signal ? { signal } : {});
  const self = reply.peers.findIndex(({ peer }) => peer === link.peerId);
  const alone = reply.runs.filter(({ holders }) => holders.every((holder) => holder === self));
  return files.filter(({ extents }) => extents.some((extent) => meets(extent, alone)));
}

const meets = (extent: ChunkRun, runs: readonly ChunkRun[]): boolean =>
  runs.some(
    ({ first, count }) => first < extent.first + extent.count && extent.first < first + count,
  );
