/** Uploads in order, some at once: each can be cancelled and tried again, and none replaces a file unasked. */
import { ApiError, sentenceOf } from "../api/api-error.ts";
import { Store } from "../api/store.ts";
import { freeName, joinPath, nameOf, nameProblem, parentOf } from "../parts/drive-path.ts";
import type { PickedFile } from "./dropped-files.ts";

/** A browser has six connections to a host; the others are for what is looked at meanwhile. */
const AT_ONCE = 2;
/** Finished ones that stay in the list. */
const FINISHED_MAX = 200;

/**
 * - `asking`: something with this name stands there: the person chooses.
 * - `skipped`: it was chosen to leave what stands there.
 */
export type UploadState =
  | "waiting"
  | "sending"
  | "asking"
  | "done"
  | "skipped"
  | "cancelled"
  | "failed";

export type OnConflict = "replace" | "keep-both" | "skip";

export interface Upload {
  readonly id: number;
  readonly path: string;
  readonly size: number;
  readonly state: UploadState;
  readonly sentBytes: number;
  /** Why it failed, for a person. */
  readonly problem?: string | undefined;
}

export interface UploadWork {
  /** What stands at a path. */
  standsAt(path: string, signal: AbortSignal): Promise<"file" | "dir" | undefined>;
  send(
    path: string,
    file: File,
    options: { signal: AbortSignal; onSent: (bytes: number) => void },
  ): Promise<void>;
}

interface Item {
  upload: Upload;
  file: File;
  /** What was chosen for it. */
  choice?: OnConflict | undefined;
  stop: AbortController;
}

export class UploadQueue {
  readonly store = new Store<readonly Upload[]>([]);
  readonly #work: UploadWork;
  readonly #items = new Map<number, Item>();
  #next = 1;
  #sending = 0;
  /** Chosen for all conflicts that come. */
  #always: OnConflict | undefined;

  constructor(work: UploadWork) {
    this.#work = work;
  }

  /** Takes files for a folder of the drive; the folders that lead to them are made by the uploads. */
  add(folder: string, files: readonly PickedFile[]): void {
    // A new batch is asked about anew.
    if (!this.busy) this.#always = undefined;
    for (const { file, names } of files) {
      const id = this.#next++;
      const problem = names.map(nameProblem).find((found) => found !== undefined);
      const state = problem === undefined ? "waiting" : "failed";
      const path = joinPath(folder, ...names);
      const upload: Upload = { id, path, size: file.size, state, sentBytes: 0, problem };
      this.#items.set(id, { upload, file, stop: new AbortController() });
    }
    this.#go();
  }

  get busy(): boolean {
    return this.store.get().some(({ state }) => isOpen(state));
  }

  /** Answers for one that asks, or for all that ask now and later. */
  resolve(id: number, choice: OnConflict, { all = false } = {}): void {
    if (all) this.#always = choice;
    for (const item of this.#items.values()) {
      if (item.upload.state !== "asking" || (!all && item.upload.id !== id)) continue;
      item.choice = choice;
      this.#set(item, { state: choice === "skip" ? "skipped" : "waiting" });
    }
    this.#go();
  }

  cancel(id: number): void {
    const item = this.#items.get(id);
    if (!item || !isOpen(item.upload.state)) return;
    item.stop.abort();
    if (item.upload.state !== "sending") this.#set(item, { state: "cancelled" });
    this.#go();
  }

  cancelAll(): void {
    for (const id of this.#items.keys()) this.cancel(id);
  }

  retry(id: number): void {
    const item = this.#items.get(id);
    if (!item || (item.upload.state !== "failed" && item.upload.state !== "cancelled")) return;
    item.stop = new AbortController();
    this.#set(item, { state: "waiting", sentBytes: 0, problem: undefined });
    this.#go();
  }

  /** Forgets what has ended. */
  clear(): void {
    for (const [id, { upload }] of this.#items) if (!isOpen(upload.state)) this.#items.delete(id);
    this.#tell();
  }

  #go(): void {
    this.#tell();
    for (const item of this.#items.values()) {
      if (this.#sending >= AT_ONCE) return;
      if (item.upload.state === "waiting") void this.#send(item);
    }
  }

  async #send(item: Item): Promise<void> {
    this.#sending++;
    this.#set(item, { state: "sending" });
    const { signal } = item.stop;
    try {
      const path = await this.#placeFor(item, signal);
      if (path === undefined) return;
      this.#set(item, { path });
      await this.#work.send(path, item.file, {
        signal,
        onSent: (sentBytes) => this.#set(item, { sentBytes }),
      });
      this.#set(item, { state: "done", sentBytes: item.upload.size });
    } catch (thrown) {
      const { cancelled } = ApiError.from(thrown);
      if (cancelled || signal.aborted) this.#set(item, { state: "cancelled" });
      else this.#set(item, { state: "failed", problem: sentenceOf(thrown) });
    } finally {
      this.#sending--;
      this.#forgetSome();
      this.#go();
    }
  }

  /** Where it goes; undefined when that is not decided, or it is not to go. */
  async #placeFor(item: Item, signal: AbortSignal): Promise<string | undefined> {
    const { path } = item.upload;
    const choice = item.choice ?? this.#always;
    const stands = await this.#work.standsAt(path, signal);
    if (stands === undefined || (choice === "replace" && stands === "file")) return path;
    if (choice === "keep-both") return this.#freePath(path, signal);
    if (choice === undefined) this.#set(item, { state: "asking" });
    else if (choice === "skip") this.#set(item, { state: "skipped" });
    else throw new ApiError("exists", "A folder with this name is there.");
    return undefined;
  }

  async #freePath(path: string, signal: AbortSignal): Promise<string> {
    const tried = new Set<string>();
    for (;;) {
      const name = freeName(nameOf(path), (taken) => tried.has(taken));
      const free = joinPath(parentOf(path), name);
      if ((await this.#work.standsAt(free, signal)) === undefined) return free;
      tried.add(name);
    }
  }

  #forgetSome(): void {
    const ended = [...this.#items.values()].filter(({ upload }) => upload.state === "done");
    for (const { upload } of ended.slice(0, -FINISHED_MAX)) this.#items.delete(upload.id);
  }

  #set(item: Item, change: Partial<Upload>): void {
    item.upload = { ...item.upload, ...change };
    this.#tell();
  }

  #tell(): void {
    this.store.set([...this.#items.values()].map(({ upload }) => upload));
  }
}

export function isOpen(state: UploadState): boolean {
  return state === "waiting" || state === "sending" || state === "asking";
}
