/** How many holders and keepers' copies the chunks of a file or a tree have now. */
import { RESOLVE_PATHS_MAX, RUNS_MAX, type HoldersReply } from "@goliath/protocols/index";
import type { ChunkRun, DrivePath, Revision } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import type { CopyCounts } from "./peer-control.ts";

/** Runs asked about at once: their holders make more runs of them. */
const RUNS_AT_ONCE = RUNS_MAX / 4;

export async function countCopies(
  { reader, session }: Peer,
  { path, at, signal }: { path: DrivePath; at?: Revision; signal: AbortSignal },
): Promise<CopyCounts> {
  const tally = new CopyTally();
  let paths: DrivePath[] = [];
  let runs: (ChunkRun & { file: number })[] = [];
  const ask = async (): Promise<void> => {
    if (runs.length === 0) return;
    const [policies, reply] = await Promise.all([
      session.service.policies({ paths }, { signal }),
      session.service.holders({ runs }, { signal }),
    ]);
    tally.take(reply, { asked: runs, wanted: policies.map(({ copies }) => copies) });
    [paths, runs] = [[], []];
  };
  for await (const { path: file, entry } of reader.walk({ path, at, signal })) {
    if (entry.kind === "dir") continue;
    const which = paths.push(file) - 1;
    for (const { first, count } of entry.extents) {
      runs.push({ first, count, file: which });
      if (runs.length < RUNS_AT_ONCE) continue;
      await ask();
      paths.push(file);
    }
    if (paths.length >= RESOLVE_PATHS_MAX) await ask();
  }
  await ask();
  return tally.counts();
}

class CopyTally {
  readonly #holders = new Map<string, number>();
  #chunks = 0;
  #fewest = Infinity;
  #fewestCopies = Infinity;
  #under = 0;
  #bare = 0;
  #unreachable = 0;

  /** The runs of a reply are those that were asked about, in their order, cut into pieces. */
  take(
    reply: HoldersReply,
    { asked, wanted }: { asked: readonly (ChunkRun & { file: number })[]; wanted: number[] },
  ): void {
    let at = 0;
    let left = asked[0]?.count ?? 0;
    for (const { count, holders, copies } of reply.runs) {
      if (left === 0) left = asked[++at]?.count ?? 0;
      left -= count;
      this.#chunks += count;
      this.#fewest = Math.min(this.#fewest, holders.length);
      this.#fewestCopies = Math.min(this.#fewestCopies, copies);
      const target = wanted[asked[at]?.file ?? 0] ?? 0;
      if (copies < target) this.#under += count;
      if (holders.length === 0) this.#unreachable += count;
      if (copies === 0 && target > 0) this.#bare += count;
      for (const index of holders) {
        const peer = reply.peers[index]?.peer ?? "";
        this.#holders.set(peer, (this.#holders.get(peer) ?? 0) + count);
      }
    }
  }

  counts(): CopyCounts {
    const none = this.#chunks === 0;
    return {
      chunks: this.#chunks,
      fewest: none ? 0 : this.#fewest,
      fewestCopies: none ? 0 : this.#fewestCopies,
      under: this.#under,
      bare: this.#bare,
      unreachable: this.#unreachable,
      holders: Array.from(this.#holders, ([peer, chunks]) => ({ peer, chunks })),
    };
  }
}
