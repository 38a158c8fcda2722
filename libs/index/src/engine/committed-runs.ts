/** Which ids have committed digests: what no revision uses any more is found among them. */
import type { ChunkId } from "@goliath/protocols/nouns";
import type { StoreReader } from "../store/index-store.ts";
import { DIGEST_RUNS_PER_PAGE } from "./bounds.ts";
import type { CommittedPage } from "./engine.ts";
import { mergeRuns } from "./merge-runs.ts";

export async function committedRuns(
  reader: StoreReader,
  { first }: { first: ChunkId },
): Promise<CommittedPage> {
  const runs = await reader.digestRuns(first, DIGEST_RUNS_PER_PAGE);
  const last = runs.length < DIGEST_RUNS_PER_PAGE ? undefined : runs.at(-1);
  const next = last && ((last.first + last.count) as ChunkId);
  return { runs: mergeRuns(runs), ...(next !== undefined && { next }) };
}
