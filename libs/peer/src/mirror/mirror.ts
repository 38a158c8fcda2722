/** One running mirror: a follower that feeds the replica and a reconciler that obeys it. */
import { join } from "node:path";
import type { ChunkReader, PlacedChunks } from "@goliath/chunks";
import { Listeners, type Clock, type Disk, type Log } from "@goliath/kit";
import { GoliathError, type ChunkRun } from "@goliath/protocols/nouns";
import type { ChunkFetcher, IndexLink } from "../parts.ts";
import { checkFolder } from "./check-folder.ts";
import { followDirectory } from "./follower.ts";
import { KeepArea } from "./keep-area.ts";
import type { MirrorContext } from "./mirror-context.ts";
import { OWN_FOLDER } from "./own-name.ts";
import type { PartialChunks } from "./partial-chunks.ts";
import { sweep } from "./reconciler.ts";
import type { Replica } from "./replica.ts";

/** After a sweep that left something undone, the next comes after this long or at the next change. */
const RETRY_MS = 5_000;
/** Problems shown; the oldest are forgotten. */
const PROBLEMS_MAX = 100;

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

export type MirrorState = "syncing" | "complete" | "paused" | "lost";

export class Mirror implements AsyncDisposable {
  readonly #init: MirrorInit;
  readonly #stop = new AbortController();
  readonly #changed = new Listeners<void>();
  /** What a sweep met, until one leaves nothing undone. */
  readonly #problems = new Map<string, string>();
  /** What is wrong with what the index says, until it says otherwise. */
  readonly #refused = new Map<string, string>();
  #state: MirrorState = "syncing";
  #dirty = true;
  #running: Promise<unknown> = Promise.resolve();

  constructor(init: MirrorInit) {
    this.#init = init;
  }

  get state(): MirrorState {
    return this.#state;
  }

  get problems(): string[] {
    return [...this.#refused, ...this.#problems].map(([path, text]) => `${path}: ${text}`);
  }

  /** Called at every change of state or progress. */
  onChange(listener: () => void): () => void {
    return this.#changed.subscribe(listener);
  }

  start(): void {
    const { link, replica, clock, random, log } = this.#init;
    const { signal } = this.#stop;
    const onRevision = (): void => this.#wake();
    const follow = followDirectory({
      link,
      replica,
      clock,
      random,
      log,
      signal,
      onRevision,
      refused: (path, text) => {
        const known = this.#refused.delete(path);
        if (text !== undefined) note(this.#refused, { path, text });
        if (known || text !== undefined) this.#changed.emit();
      },
    });
    this.#running = Promise.allSettled([follow, this.#reconcile()]);
  }

  /** Resolves once all of some revision is on this disk. */
  async whenComplete(signal?: AbortSignal): Promise<void> {
    while (this.#state !== "complete") {
      if (this.#state === "lost") {
        throw new GoliathError("not-found", "the directory was removed from the drive");
      }
      if (this.#state === "paused") throw new GoliathError("not-found", this.problems.join("; "));
      await this.#changed.next(signal);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new GoliathError("aborted", "the mirror was stopped"));
    this.#changed.emit();
    await this.#running;
  }

  #wake(): void {
    this.#dirty = true;
    this.#changed.emit();
  }

  async #reconcile(): Promise<void> {
    const { signal } = this.#stop;
    const { log, clock } = this.#init;
    let context: MirrorContext | undefined;
    while (!signal.aborted) {
      this.#dirty = false;
      try {
        if (await this.#isSameFolder()) {
          context ??= await this.#open();
          await this.#sweepOnce(context);
        }
      } catch (thrown) {
        if (signal.aborted) return;
        log.warn("mirroring is interrupted", { error: GoliathError.from(thrown).message });
        this.#note(context?.local ?? "mirror", GoliathError.from(thrown).message);
      }
      if (this.#dirty) continue;
      const over = new AbortController();
      const waits = AbortSignal.any([signal, over.signal]);
      const until = [this.#changed.next(waits)];
      if (this.#state !== "complete") until.push(clock.sleep(RETRY_MS, waits));
      await Promise.race(until).catch(() => undefined);
      over.abort();
      await Promise.allSettled(until);
    }
  }

  async #sweepOnce(context: MirrorContext): Promise<void> {
    const { replica } = this.#init;
    if (replica.row().lost) return this.#become("lost");
    if (replica.row().cursor < 0) return;
    if (!replica.isClean()) this.#become("syncing");
    const { clean } = await sweep(context);
    if (!clean || this.#dirty) return;
    // All that is wanted is in place, so what is left of unfinished files is of no use.
    await emptyFolder(context.disk, join(context.local, OWN_FOLDER, "tmp"));
    replica.markComplete();
    this.#problems.clear();
    this.#become("complete");
  }

  /** Another disk, or none, where the folder was: nothing is written or deleted there. */
  async #isSameFolder(): Promise<boolean> {
    const { local, rootInode } = this.#init.replica.row();
    const now = await folderIdentity(this.#init.disk, local).catch(() => undefined);
    if (now === rootInode) return true;
    this.#note(
      local,
      now ? "another folder stands here than was mirrored into" : "the folder is missing",
    );
    this.#become("paused");
    return false;
  }

  async #open(): Promise<MirrorContext> {
    const { disk, replica, placed, chunks, partial, fetcher, link, clock, log } = this.#init;
    const { signal } = this.#stop;
    const { local } = replica.row();
    const keep = new KeepArea({ disk, local, placed });
    const info = await link.whenConnected(signal);
    await disk.mkdir(join(local, OWN_FOLDER, "tmp"), { recursive: true });
    await keep.open();
    const digests = (runs: ChunkRun[], signal: AbortSignal): Promise<Uint8Array> =>
      link.service.digests({ runs }, { signal });
    const context = {
      disk,
      local,
      replica,
      placed,
      chunks,
      partial,
      keep,
      fetcher,
      digests,
      clock,
      log,
      signal,
      chunkBytes: info.chunkBytes,
      onChange: (listener: () => void) => this.onChange(listener),
      problem: (path: string, text: string) => this.#note(path, text),
    };
    await checkFolder(context);
    return context;
  }

  #note(path: string, text: string): void {
    note(this.#problems, { path, text });
  }

  #become(state: MirrorState): void {
    this.#state = state;
    this.#changed.emit();
  }
}

function note(problems: Map<string, string>, { path, text }: { path: string; text: string }): void {
  problems.delete(path);
  problems.set(path, text);
  const [oldest] = problems.keys();
  if (problems.size > PROBLEMS_MAX && oldest !== undefined) problems.delete(oldest);
}

/** What tells one folder from another: device and inode. */
export async function folderIdentity(disk: Disk, path: string): Promise<string> {
  const { dev, ino } = await disk.stat(path, { bigint: true });
  return `${dev}:${ino}`;
}

async function emptyFolder(disk: Disk, folder: string): Promise<void> {
  for (const name of await disk.readdir(folder)) await disk.unlink(join(folder, name));
}

/** Removes what is ours from a folder that is no longer mirrored; the mirrored files stay. */
export async function removeOwnFolder(disk: Disk, local: string): Promise<void> {
  await disk.rm(join(local, OWN_FOLDER), { recursive: true, force: true });
}
