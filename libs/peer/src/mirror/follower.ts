/**
 * Keeps a replica in step with the index: lists the directory once, then follows the feed from the
 * revision listed. The replica is of one whole revision whenever the reconciler looks at it.
 */
import type { FeedEvent } from "@goliath/protocols/feed";
import { GoliathError, hasCode, type DirId, type Revision } from "@goliath/protocols/nouns";
import { backOff, type Clock, type Log } from "@goliath/kit";
import type { IndexLink } from "../parts.ts";
import type { Replica } from "./replica.ts";

const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 10_000;
/** Listings in flight: hides the latency of trees of many small directories. */
const LISTED_AT_ONCE = 32;

export interface FollowerInit {
  link: IndexLink;
  replica: Replica;
  clock: Clock;
  random: () => number;
  log: Log;
  signal: AbortSignal;
  /** Called after every whole revision taken in. */
  onRevision: () => void;
}

/** Runs until aborted or until the directory is lost. */
export async function followDirectory(init: FollowerInit): Promise<void> {
  const wait = backOff({ minMs: RETRY_MIN_MS, maxMs: RETRY_MAX_MS, random: init.random });
  while (!init.signal.aborted) {
    try {
      const { generation } = await init.link.whenConnected(init.signal);
      if (init.replica.row().cursor < 0) await listAll(init, generation);
      wait.reset();
      if ((await followFeed(init, generation)) === "lost") return;
      // `reset`: the cursor cannot be continued, so everything is compared anew.
      await listAll(init, generation);
    } catch (thrown) {
      if (init.signal.aborted) return;
      const error = GoliathError.from(thrown);
      if (hasCode(error, "gone")) init.replica.beginListing();
      init.log.info("following is interrupted", { code: error.code, error: error.message });
      await init.clock.sleep(wait.next(), init.signal).catch(() => undefined);
    }
  }
}

async function followFeed(init: FollowerInit, generation: number): Promise<"lost" | "reset"> {
  const { replica, link, signal } = init;
  const { cursor, dir } = replica.row();
  const request = { dir: dir as DirId, from: cursor as Revision, generation, sums: true };
  for await (const event of link.feed.follow(request, { signal })) {
    if (event.kind === "reset") return "reset";
    if (event.kind === "lost") {
      replica.markLost();
      init.onRevision();
      return "lost";
    }
    await takeEvent(init, { event, generation });
  }
  throw new GoliathError("closed", "the feed ended");
}

async function takeEvent(
  init: FollowerInit,
  {
    event,
    generation,
  }: {
    event: Extract<FeedEvent, { revision: Revision; kind: "changes" | "reached" }>;
    generation: number;
  },
): Promise<void> {
  if (event.kind === "changes") init.replica.takeChanges(event.changes);
  if (event.kind === "changes" && !event.last) return;
  await listUnlisted(init, event.revision);
  init.replica.finishRevision(event.revision, generation);
  init.onRevision();
}

/** Lists the whole subscription at one revision. */
async function listAll(init: FollowerInit, generation: number): Promise<void> {
  init.replica.beginListing();
  const { revision } = await init.link.service.drive({ signal: init.signal });
  await listUnlisted(init, revision);
  init.replica.finishRevision(revision, generation);
  init.onRevision();
}

/** Asks for the content of every directory not known yet, as of `at`. */
async function listUnlisted(init: FollowerInit, at: Revision): Promise<void> {
  for (;;) {
    const dirs = init.replica.unlisted(LISTED_AT_ONCE);
    if (dirs.length === 0) return;
    await Promise.all(dirs.map((dir) => listDirectory(init, { dir, at })));
  }
}

async function listDirectory(
  { link, replica, signal }: FollowerInit,
  { dir, at }: { dir: DirId; at: Revision },
): Promise<void> {
  for (let after: string | undefined; ;) {
    const page = await link.service.list(
      { where: { dir }, at, sums: true, ...(after === undefined ? {} : { after }) },
      { signal },
    );
    replica.takePage(dir, { entries: page.entries, last: page.next === undefined });
    if (page.next === undefined) return;
    after = page.next;
  }
}
