/**
 * Keeps a replica in step with the index: lists the directory once, then follows the feed from the
 * revision listed. The replica is of one whole revision whenever the reconciler looks at it.
 */
import type { FeedEvent } from "@goliath/protocols/feed";
import {
  GoliathError,
  hasCode,
  type DirId,
  type Entry,
  type Revision,
} from "@goliath/protocols/nouns";
import { backOff, type Clock, type Log } from "@goliath/kit";
import type { IndexLink } from "../parts.ts";
import { isOwnName } from "./own-name.ts";
import type { Replica } from "./replica.ts";

const RETRY_MIN_MS = 100;
const RETRY_MAX_MS = 10_000;
/** Listings in flight: hides the latency of trees of many small directories. */
const LISTED_AT_ONCE = 32;
/** What is refused when it is not about one name. */
const INDEX_WORD = "the index's word";

export interface FollowerInit {
  link: IndexLink;
  replica: Replica;
  clock: Clock;
  random: () => number;
  log: Log;
  signal: AbortSignal;
  /** Called after every whole revision taken in. */
  onRevision: () => void;
  /** Tells what of the index's word is not followed, and why; without a text that it is no more. */
  refused: (path: string, text?: string) => void;
}

/** Runs until aborted or until the directory is lost. */
export async function followDirectory(init: FollowerInit): Promise<void> {
  const wait = backOff({ minMs: RETRY_MIN_MS, maxMs: RETRY_MAX_MS, random: init.random });
  while (!init.signal.aborted) {
    try {
      await init.link.whenConnected(init.signal);
      const isNew = init.replica.row().cursor < 0;
      // `reset`: the cursor cannot be continued, so everything is compared anew.
      const ended = isNew ? "reset" : await followFeed(init);
      if (ended === "lost") return;
      if ((await listAll(init)) === "lost") return;
      wait.reset();
    } catch (thrown) {
      if (init.signal.aborted) return;
      const error = GoliathError.from(thrown);
      if (hasCode(error, "gone")) init.replica.beginListing();
      init.log.info("following is interrupted", { code: error.code, error: error.message });
      // What passes by itself is no news; an index that says what cannot be is.
      if (error.retry === "never") init.refused(INDEX_WORD, error.message);
      await init.clock.sleep(wait.next(), init.signal).catch(() => undefined);
    }
  }
}

/** Goes on from the state the replica has, which is of the generation it came from. */
async function followFeed(init: FollowerInit): Promise<"lost" | "reset"> {
  const { replica, link, signal } = init;
  const { cursor, dir, generation } = replica.row();
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
  checkForward(init, event.revision);
  if (event.kind === "changes") {
    init.replica.takeChanges(event.changes.filter(({ dir, ...named }) => takes(init, dir, named)));
  }
  if (event.kind === "changes" && !event.last) return;
  await listUnlisted(init, event.revision);
  init.replica.finishRevision(event.revision, generation);
  init.refused(INDEX_WORD);
  init.onRevision();
}

/** Lists the whole subscription at one revision. */
async function listAll(init: FollowerInit): Promise<"lost" | undefined> {
  const { replica, link, signal } = init;
  const was = replica.row();
  const { revision, generation } = await link.service.drive({ signal });
  if (was.generation === generation) checkForward(init, revision);
  replica.beginListing();
  // Removed before it was first listed, or made after the backup that the index came back from.
  if (!(await isThere(init, { dir: was.dir, at: revision }))) {
    init.log.warn("the index does not know this directory: it is followed no more");
    replica.markLost();
    init.onRevision();
    return "lost";
  }
  await listUnlisted(init, revision);
  replica.finishRevision(revision, generation);
  init.onRevision();
  return undefined;
}

/** Whether the index knows a directory; ids it gave after its backup are never given again. */
async function isThere(
  { link, signal }: FollowerInit,
  { dir, at }: { dir: number; at: Revision },
): Promise<boolean> {
  try {
    await link.service.list({ where: { dir: dir as DirId }, at, limit: 1 }, { signal });
    return true;
  } catch (error) {
    if (hasCode(error, "not-found")) return false;
    throw error;
  }
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
  init: FollowerInit,
  { dir, at }: { dir: DirId; at: Revision },
): Promise<void> {
  const { link, replica, signal } = init;
  for (let after: string | undefined; ;) {
    const page = await link.service.list(
      { where: { dir }, at, sums: true, ...(after === undefined ? {} : { after }) },
      { signal },
    );
    const entries = page.entries.filter((named) => takes(init, dir, named));
    replica.takePage(dir, { entries, last: page.next === undefined });
    if (page.next === undefined) return;
    after = page.next;
  }
}

/** One index never goes back: what it says now would undo what it acknowledged. */
function checkForward({ replica }: FollowerInit, revision: Revision): void {
  const { cursor } = replica.row();
  if (revision >= cursor) return;
  throw new GoliathError(
    "bad-request",
    `the index went back from revision ${cursor} to ${revision}: nothing is changed here`,
  );
}

/**
 * Whether a name in a directory is taken in. A name of our own is left out: it would be written
 * among our temporary and kept files. Throws for a directory that would stand above itself.
 */
function takes(
  { replica, refused, log }: FollowerInit,
  dir: DirId,
  { name, entry }: { name: string; entry?: Entry | undefined },
): boolean {
  const root = replica.row().dir;
  if (entry?.kind === "dir" && (entry.dir === root || entry.dir === 0)) {
    throw new GoliathError("bad-request", "the index says that a directory lies in itself");
  }
  if (dir !== root || !isOwnName(name)) return true;
  if (!entry) refused(name);
  else {
    log.warn("a name is left out that a mirror keeps for itself", { name });
    refused(name, "a mirror keeps this name for itself: rename it on the drive");
  }
  return false;
}
