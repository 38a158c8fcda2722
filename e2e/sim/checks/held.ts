/** What running peers hold, and what the drive has below a directory. */
import type { ModelEntry, ModelTree } from "@goliath/index/testing";
import type { Peer } from "@goliath/peer";
import type { ChunkId, DrivePath, FileBody } from "@goliath/protocols/nouns";
import type { World } from "../world.ts";

/** Whether each chunk of a version is held by somebody, as far as they know themselves. */
export function isHeld({ peers }: World, { extents }: Pick<FileBody, "extents">): boolean {
  return extents.every(({ first, count }) =>
    Array.from({ length: count }, (_, i) => (first + i) as ChunkId).every((id) =>
      peers.some(({ peer }) => peer?.chunks.has(id)),
    ),
  );
}

/** Whether one peer holds all of a version. */
export function holds(peer: Peer, { extents }: Pick<FileBody, "extents">): boolean {
  const count = (runs: { count: number }[]): number =>
    runs.reduce((sum, run) => sum + run.count, 0);
  return count(peer.chunks.held(extents)) === count(extents);
}

/** What lies below a directory, by the place inside it. */
export function below(tree: ModelTree, path: DrivePath): Map<string, ModelEntry> {
  const prefix = path === "/" ? "/" : `${path}/`;
  return new Map(
    [...tree]
      .filter(([other]) => other.startsWith(prefix) && other !== path)
      .map(([other, entry]) => [other.slice(prefix.length), entry]),
  );
}
