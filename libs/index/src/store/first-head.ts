/** What an empty store begins with. */
import { REVISION_ZERO, ROOT_DIR } from "@goliath/protocols/nouns";
import type { ChunkId, DirId, DriveId, LeaseId } from "@goliath/protocols/nouns";
import type { DirRow, Head } from "./index-store.ts";

/** The head of a drive that was just made. Id 0 is never given: on the wire it means "left out". */
export function firstHead({ drive, chunkBytes }: { drive: DriveId; chunkBytes: number }): Head {
  return {
    drive,
    chunkBytes,
    generation: 0,
    revision: REVISION_ZERO,
    oldest: REVISION_ZERO,
    nextDir: (ROOT_DIR + 1) as DirId,
    nextChunk: 1 as ChunkId,
    nextLease: 1 as LeaseId,
    runMs: 0,
  };
}

/** The empty root, there from revision 0. */
export function emptyDir(init: Pick<DirRow, "dir" | "parent" | "name" | "made">): DirRow {
  return {
    ...init,
    gone: REVISION_ZERO,
    files: 0,
    bytes: 0,
    claims: 0,
    height: 0,
    reach: 0,
    owner: undefined,
    kept: REVISION_ZERO,
  };
}
