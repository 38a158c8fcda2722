/** One running mirror: a follower that feeds the replica and a reconciler that obeys it. */
import { join, relative } from "node:path";
import type { ChunkReader, PlacedChunks } from "@goliath/chunks";
import { Listeners, type Clock, type Disk, type Log } from "@goliath/kit";
import { GoliathError, type ChunkRun } from "@goliath/protocols/nouns";
import { troubleOf } from "../disk-trouble.ts";
import type { ChunkFetcher, IndexLink } from "../parts.ts";
import { Problems } from "../share/problems.ts";
import { isAbsent } from "../share/share-disk.ts";
import { checkFolder } from "./check-folder.ts";
import { openMoving, takeOverMoved } from "./directory-pass.ts";
import { followDirectory, type FollowerInit } from "./follower.ts";
import { OWN_FOLDER } from "./own-name.ts";
import type { MirrorContext } from "./mirror-context.ts";
import { NotedDisk } from "./noted-disk.ts";
import { probeFolding } from "./name-rules.ts";
import { emptyTemporary, hasOwnFolder, isMarked, openOwnFolder } from "./own-folder.ts";
import type { PartialChunks } from "./partial-chunks.ts";
import { PlacingLog } from "./placing-log.ts";
import { recordUnrecorded, sweep, takeOverUnrecorded } from "./reconciler.ts";
import type { Replica } from "./replica.ts";
import { SiblingNames } from "./sibling-names.ts";
import { syncedPlaces } from "./synced-places.ts";

/** After a sweep that left something undone, the next comes after this long or at the next change. */
const RETRY_MS = 5_000;
/** How often it is looked, when there is nothing to do, whether the folder is still there. */
const CHECK_MS = 30_000;

/** Files shown that are newer here than a restored index knows. */
const HELD_SHOWN_MAX = 100;
const HELD_BACK =
  "newer here than the restored index knows: it stays as it is until it is written to the drive anew";

export interface MirrorInit {
  disk: Disk;
  replica: Replica;
  link: IndexLink;
  placed: PlacedChunks;
  chunks: ChunkReader;
  partial: PartialChunks;
  fetcher: ChunkFetcher;
  clock: Clock;
  random: () => number;
  log: Log;
}

/**
 * - `syncing`: something is on its way, or could not be done yet.
 * - `complete`: all of the newest revision is here.
 * - `partial`: all but what this disk cannot hold, which the problems name.
 * - `paused`: the folder is not there, or another: nothing is written or deleted.
 * - `lost`: the directory was removed from the drive: what is here stays.
 */
export const MIRROR_STATES = ["syncing", "complete", "partial", "paused", "lost"] as const;
export type MirrorState = (typeof MIRROR_STATES)[number];

export class Mirror implements AsyncDisposable {
  readonly #init: MirrorInit;
  readonly #stop = new AbortController();
  readonly #changed = new Listeners<void>();
  /** Of the last turn, and what is found anew in this one. */
  #faults = new Problems();
  #found = new Problems();
  /** Where files of the user's went: told until the mirror ends. */
  readonly #notes = new Problems();
  /** What is wrong with what the index says, until it says otherwise. */
  readonly #refused = new Problems();
  #state: MirrorState = "syncing";
  #dirty = true;
  #running: Promise<unknown> = Promise.resolve();
  /** Resolves once what an earlier run did is known: only then may the index want something else. */
  readonly #opened = Promise.withResolvers<void>();

  constructor(init: MirrorInit) {
    this.#init = init;
  }

  get state(): MirrorState {
    return this.#state;
  }

  get problems(): string[] {
    return [this.#refused, this.#faults, this.#notes].flatMap((problems) => problems.list());
  }

  /** Called at every change of state or progress. */
  onChange(listener: () => void): () => void {
    return this.#changed.subscribe(listener);
  }

  start(): void {
    const { link, replica, clock, random, log } = this.#init;
    const { signal } = this.#stop;
    const onRevision = (): void => this.#wake();
    const init: FollowerInit = {
      link,
      replica,
      clock,
      random,
      log,
      signal,
      onRevision,
      refused: (path, text) => {
        if (text === undefined) this.#refused.clear(path);
        else this.#refused.add(path, `${path}: ${text}`);
        this.#changed.emit();
      },
    };
    const follow = this.#opened.promise.then(() => followDirectory(init));
    this.#running = Promise.allSettled([follow, this.#reconcile()]);
  }

  /** Resolves once all of some revision is on this disk, or all that the disk can hold. */
  async whenComplete(signal?: AbortSignal): Promise<void> {
    while (this.#state !== "complete" && this.#state !== "partial") {
      if (this.#state === "lost") {
        throw new GoliathError("not-found", "the directory was removed from the drive");
      }
      if (this.#state === "paused") throw new GoliathError("not-found", this.problems.join("; "));
      this.#stop.signal.throwIfAborted();
      await this.#changed.next(signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GoliathError("aborted", "the mirror was stopped"));
    this.#opened.resolve();
    this.#changed.emit();
    await this.#running;
  }

  #wake(): void {
    this.#dirty = true;
    this.#changed.emit();
  }

  async #reconcile(): Promise<void> {
    const { signal } = this.#stop;
    const { log, disk, replica } = this.#init;
    let context: MirrorContext | undefined;
    const drop = async (): Promise<void> => {
      await context?.placing.close();
      context = undefined;
    };
    while (!signal.aborted) {
      this.#dirty = false;
      this.#found = new Problems();
      try {
        if (!(await this.#isSameFolder())) await drop();
        else {
          // Somebody may have removed our own folder: it is made again.
          if (!(await hasOwnFolder(disk, replica.row().local))) await drop();
          context ??= await this.#open();
          await this.#sweepOnce(context);
        }
      } catch (thrown) {
        if (signal.aborted) break;
        log.warn("mirroring is interrupted", { error: GoliathError.from(thrown).message });
        this.#fault("", troubleOf(thrown));
        this.#become("syncing");
      }
      this.#faults = this.#found;
      if (!this.#dirty) await this.#rest();
    }
    await drop();
  }

  /** Until the next change; a while at most. */
  async #rest(): Promise<void> {
    const idle = this.#state === "complete" || this.#state === "partial";
    const over = new AbortController();
    const waits = AbortSignal.any([this.#stop.signal, over.signal]);
    const slept = this.#init.clock.sleep(idle ? CHECK_MS : RETRY_MS, waits);
    const until = [this.#changed.next(waits), slept];
    await Promise.race(until).catch(() => undefined);
    over.abort();
    await Promise.allSettled(until);
  }

  async #sweepOnce(context: MirrorContext): Promise<void> {
    const { replica } = this.#init;
    if (replica.row().lost) return this.#become("lost");
    if (replica.row().cursor < 0) return this.#become("syncing");
    if (!replica.isClean() && this.#state !== "partial") this.#become("syncing");
    const { clean, refused } = await sweep(context);
    if (this.#dirty) return;
    for (const { name } of replica.heldBack(HELD_SHOWN_MAX))
      this.#found.add(name, `${name}: ${HELD_BACK}`);
    if (!clean) return this.#become(refused ? "partial" : "syncing");
    if (this.#state === "complete" && replica.row().complete === replica.row().cursor) return;
    // All that is wanted is in place, so what is left of unfinished files is of no use.
    await emptyTemporary(context.disk, context.local);
    replica.markComplete();
    this.#become("complete");
  }

  /** Another disk, or none, where the folder was: nothing is written or deleted there. */
  async #isSameFolder(): Promise<boolean> {
    const { local } = this.#init.replica.row();
    const problem = await this.#folderProblem();
    if (problem === undefined) return true;
    this.#fault(local, `${problem}, or end it: goliath unmirror ${local}`);
    this.#become("paused");
    return false;
  }

  /** Why nothing may be done in the folder, and what to do. */
  async #folderProblem(): Promise<string | undefined> {
    const { replica, disk } = this.#init;
    const { local, rootInode, dir } = replica.row();
    const identity = await folderIdentity(disk, local).catch(troubleWith);
    if (identity === undefined) return "the folder is missing: bring it or its disk back";
    if ((await disk.realpath(local)) !== local) return "a link leads to it now: take it away";
    if (identity === rootInode) return undefined;
    const drive = this.#init.link.info()?.drive;
    const mirrored = drive && { drive, dir };
    if (!mirrored || !(await isMarked(disk, { local, mirrored })))
      return "another folder stands here than was mirrored into: bring that one back";
    this.#init.log.info("the folder is back under another number: it is compared anew", { local });
    replica.recompare(identity);
    return undefined;
  }

  async #open(): Promise<MirrorContext> {
    const { replica, chunks, partial, fetcher, link, clock, log } = this.#init;
    const disk = new NotedDisk(this.#init.disk);
    const placed = syncedPlaces(this.#init.placed, { disk });
    const { signal } = this.#stop;
    const { local, dir } = replica.row();
    const { chunkBytes, drive } = await link.whenConnected(signal);
    const note = (path: string, text: string): void =>
      this.#notes.add(path, `${relative(local, path)}: ${text}`);
    const mirrored = { drive, dir };
    const shared = { disk, local, placed, chunkBytes, clock, signal };
    const keep = await openOwnFolder({ ...shared, note, mirrored });
    const folding = await probeFolding(disk, join(local, OWN_FOLDER, "tmp"));
    const windows = process.platform === "win32";
    const context: MirrorContext = {
      ...shared,
      replica,
      chunks,
      partial,
      keep,
      placing: new PlacingLog(shared),
      names: new SiblingNames({ replica, folding, windows }),
      fetcher,
      digests: (runs: ChunkRun[], signal: AbortSignal) =>
        link.service.digests({ runs }, { signal }),
      log,
      onChange: (listener) => this.onChange(listener),
      problem: (path, text) => this.#fault(path, `${path}: ${text}`),
    };
    await openMoving(context);
    await takeOverMoved(context);
    await recordUnrecorded(context);
    await checkFolder(context);
    await takeOverUnrecorded(context);
    this.#opened.resolve();
    return context;
  }

  #fault(about: string, text: string): void {
    this.#faults.add(about, text);
    this.#found.add(about, text);
  }

  #become(state: MirrorState): void {
    const isNews = this.#state !== state || state === "syncing" || state === "complete";
    this.#state = state;
    if (state === "complete" || state === "partial") this.#faults = this.#found;
    if (isNews) this.#changed.emit();
  }
}

/** What tells one folder from another: device and inode. */
export async function folderIdentity(disk: Disk, path: string): Promise<string> {
  const { dev, ino } = await disk.stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

function troubleWith(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
