/** `standing`: where the bytes of what a page shows are: here, elsewhere, too seldom. */
import type { ChunkReader } from "@goliath/chunks";
import type { ControlMethod } from "@goliath/kit";
import { RUNS_MAX, type HoldersReply } from "@goliath/protocols/index";
import {
  GoliathError,
  isWithin,
  parsePath,
  type DrivePath,
  type Extent,
  type FileEntry,
} from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import type { PeerControl, Standing } from "./peer-control.ts";
import { atParam } from "./read-methods.ts";

/** More than a window shows at once. */
const PATHS_MAX = 200;
/** Extents of all files together that are looked at; what is beyond has no counts. */
const EXTENTS_MAX = RUNS_MAX;

export function standingMethod(peer: Peer): ControlMethod {
  return async (params, { signal }): Promise<PeerControl["standing"]["result"]> => {
    const paths = params.texts("paths", { max: PATHS_MAX }).map((path) => parsePath(path));
    const { entries } = await peer.reader.resolveAll({ paths, at: atParam(params), signal });
    const files: PlacedFile[] = entries.flatMap((entry, at) =>
      entry?.kind === "file" ? [{ at, path: paths[at] ?? parsePath("/"), entry }] : [],
    );
    const chunkBytes = peer.session.info()?.chunkBytes ?? 0;
    const counts = await countHolders(peer, { files, signal });
    return {
      entries: entries.map((entry, at): Standing | null => {
        const path = paths[at];
        if (!entry || path === undefined) return null;
        const covered = coverOf(peer, path);
        if (entry.kind === "dir") return { ...covered.standing, here: covered.here };
        const hereBytes = heldBytes(peer.chunks, entry.extents, chunkBytes);
        const here = hereBytes === entry.size ? "all" : hereBytes === 0 ? "none" : "part";
        return { ...covered.standing, here, hereBytes, ...counts.get(at) };
      }),
    };
  };
}

interface PlacedFile {
  /** Which of the paths. */
  at: number;
  path: DrivePath;
  entry: FileEntry;
}

type Here = Standing["here"];

/** What mirrors and shares say of a path, without a look at what is below. */
function coverOf(
  { mirrors, shares }: Peer,
  path: DrivePath,
): { here: Here; standing: { mirrored: boolean; shared: boolean } } {
  const followed = mirrors.folders();
  const [over, shared] = [
    followed.filter((mirror) => isWithin(path, mirror.path)),
    shares.folders().some((share) => isWithin(path, share.path)),
  ];
  const all = shared || over.some(({ state }) => state === "complete");
  const inside = [...followed, ...shares.folders()].some((one) => isWithin(one.path, path));
  const here = all ? "all" : over.length > 0 || inside ? "part" : "none";
  return { here, standing: { mirrored: over.length > 0, shared } };
}

/** Bytes of a file that this peer can serve. */
function heldBytes(chunks: ChunkReader, extents: readonly Extent[], chunkBytes: number): number {
  let bytes = 0;
  for (const { first, count, bytes: length } of extents) {
    for (const run of chunks.held([{ first, count }])) {
      bytes += run.count * chunkBytes;
      // The last chunk of an extent may be shorter than the others.
      if (run.first + run.count === first + count) bytes -= count * chunkBytes - length;
    }
  }
  return bytes;
}

type Counts = Pick<Standing, "holders" | "reachable" | "copies" | "atRisk">;

/** Nothing while the index is away: it is unknown then, not bad. */
async function countHolders(
  { session }: Peer,
  { files, signal }: { files: readonly PlacedFile[]; signal: AbortSignal },
): Promise<ReadonlyMap<number, Counts>> {
  const asked: PlacedFile[] = [];
  let extents = 0;
  for (const file of files) {
    extents += file.entry.extents.length;
    if (extents > EXTENTS_MAX) break;
    asked.push(file);
  }
  if (asked.length === 0 || !session.connected()) return new Map();
  const runs = asked.flatMap(({ entry }) =>
    entry.extents.map(({ first, count }) => ({ first, count })),
  );
  const asking = Promise.all([
    session.service.policies({ paths: asked.map(({ path }) => path) }, { signal }),
    runs.length > 0 ? session.service.holders({ runs }, { signal }) : { peers: [], runs: [] },
  ]);
  const told = await asking.catch((error: unknown) => {
    if (GoliathError.from(error).retry === "later") return undefined;
    throw error;
  });
  if (!told) return new Map();
  const [policies, reply] = told;
  const replies = repliesByFile(reply, asked);
  return new Map(
    asked.map(({ at }, i) => [at, countsOf(replies[i] ?? [], policies[i]?.copies ?? 0)]),
  );
}

/** The runs of a reply are those that were asked about, in their order, cut into pieces. */
function repliesByFile(
  { runs }: HoldersReply,
  asked: readonly PlacedFile[],
): HoldersReply["runs"][] {
  let next = 0;
  return asked.map(({ entry }) => {
    let left = entry.extents.reduce((sum, { count }) => sum + count, 0);
    const from = next;
    for (; left > 0 && next < runs.length; next++) left -= runs[next]?.count ?? 0;
    return runs.slice(from, next);
  });
}

function countsOf(runs: HoldersReply["runs"], wanted: number): Counts {
  // A file without bytes is everywhere.
  if (runs.length === 0) {
    return { holders: 0, reachable: true, copies: { fewest: 0, wanted }, atRisk: false };
  }
  const holders = Math.min(...runs.map((run) => run.holders.length));
  const fewest = Math.min(...runs.map(({ copies }) => copies));
  return { holders, reachable: holders > 0, copies: { fewest, wanted }, atRisk: fewest < wanted };
}
