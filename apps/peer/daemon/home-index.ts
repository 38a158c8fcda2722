/** The index of a drive that was created from the web UI: it runs in the home of its first peer. */
import { callControl, controlSocketPath, type Log } from "@goliath/kit";
import { hasCode, type Role } from "@goliath/protocols/nouns";
import type { Daemon, IndexReady, StartIndexOptions } from "./daemons.ts";
import type { IndexControl } from "./index-methods.ts";

/** Used at once, by the peer in the same home. */
const INVITE_LIFE_MS = 3_600_000;
/** Where the usual port is taken: another one, which the index keeps from then on. */
const LISTEN_ELSEWHERE = ["/ip4/0.0.0.0/tcp/0"];

export type HomeIndex = Daemon<IndexReady>;

export async function startHomeIndex(options: StartIndexOptions): Promise<HomeIndex> {
  const { startIndex } = await import("@goliath/index-daemon");
  try {
    return await startIndex(options);
  } catch (error) {
    if (options.listen || !hasCode(error, "unavailable")) throw error;
    return startIndex({ ...options, listen: LISTEN_ELSEWHERE });
  }
}

/** As `startHomeIndex`; undefined where another process runs the index already. */
export async function resumeHomeIndex(options: StartIndexOptions): Promise<HomeIndex | undefined> {
  const { log } = options as { log: Log };
  return startHomeIndex(options).catch((error: unknown) => {
    if (!hasCode(error, "locked")) throw error;
    log.info("the index of this home runs in another process already");
    return undefined;
  });
}

/**
 * A link to the index of a home: one that lets the peer in where it is no member yet. The index may
 * run in another process; a member knows already where it is then.
 */
export async function linkToIndex(
  { home, index }: { home: string; index: HomeIndex | undefined },
  { isMember }: { isMember: boolean },
): Promise<string | undefined> {
  // It may have moved to another address since the last start.
  if (isMember) return index?.ready.link;
  const role: Role = "admin";
  const { link } = await callControl<IndexControl["invite"]["result"]>(
    controlSocketPath(home, "index"),
    "invite",
    { role, expiresInMs: INVITE_LIFE_MS, uses: 1 },
  );
  return link;
}
