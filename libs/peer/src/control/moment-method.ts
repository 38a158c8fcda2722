/** `at`: the revision that the drive had at a time. */
import type { ControlMethod } from "@goliath/kit";
import type { LogEntry } from "@goliath/protocols/index";
import { GoliathError, parseRevision } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import type { PeerControl } from "./peer-control.ts";

/** Halves the log until the commit is found: some thirty questions for a billion commits. */
export function momentMethod({ session }: Pick<Peer, "session">): ControlMethod {
  return async (params, { signal }): Promise<PeerControl["at"]["result"]> => {
    const timeMs = params.integer("timeMs");
    const { revision: newest, oldest } = await session.service.drive({ signal });
    /** The last commit up to a revision. */
    const upTo = async (revision: number): Promise<LogEntry | undefined> => {
      const request = { before: parseRevision(revision + 1), limit: 1 };
      const [entry] = await session.service.log(request, { signal });
      return entry;
    };
    let [low, high] = [Number(oldest), Number(newest)];
    let found: LogEntry | undefined;
    while (low <= high) {
      const middle = Math.floor((low + high) / 2);
      const entry = await upTo(middle);
      if (entry && entry.at > timeMs) {
        high = Math.min(middle, entry.revision) - 1;
        continue;
      }
      if (entry) found = entry;
      low = middle + 1;
    }
    if (found) return { revision: Math.max(found.revision, oldest), madeMs: found.at };
    // Before the first commit there was an empty drive, if it is still kept.
    if (oldest === 0) return { revision: 0, madeMs: null };
    const text = "the drive is not kept that far back";
    throw new GoliathError("gone", text, { about: { oldest } });
  };
}
