/**
 * The disk as a mirror has it: it notes the folders in which names came, went or changed, so that
 * they can be put on the disk together before anything is recorded that rests on them. A power cut
 * then finds names that are as recorded or ahead of it, never behind: what is ahead is looked at
 * and taken over, what is behind would look like a user's edit for ever.
 */
import {
  mapBounded,
  runSteps,
  syncDirectory,
  type Disk,
  type DiskStats,
  type StatOptions,
  type Step,
  type StepsDone,
} from "@goliath/kit";
import { OPEN_IN_PLACE } from "@goliath/chunks";
import { dirname } from "node:path";
import { codeOf } from "./move-new.ts";

/** Folders synced at once: the disk takes them together. */
const SYNCS_AT_ONCE = 8;
/** From so many files on all of the file system is synced: fewer take less one by one. */
const SYNCED_TOGETHER_MIN = 32;

export class NotedDisk implements Disk {
  readonly #disk: Disk;
  #noted = new Set<string>();
  #running: Promise<void> = Promise.resolve();
  /** The sync that takes along what is noted until it begins. */
  #next: Promise<void> | undefined;

  #unsynced: string[] = [];
  #syncingFiles: Promise<void> = Promise.resolve();
  #nextFiles: Promise<void> | undefined;

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  /** Resolves once every name that was changed before the call is on the disk as it is. */
  syncNames(): Promise<void> {
    if (this.#noted.size === 0 && !this.#next) return this.#running;
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        return (this.#running = this.#syncNoted());
      });
    return this.#next;
  }

  /** Puts new files on the disk, those of several calls together. Rejects when one of them is not. */
  syncFiles(paths: readonly string[]): Promise<void> {
    this.#unsynced.push(...paths);
    this.#nextFiles ??= this.#syncingFiles
      .catch(() => undefined)
      .then(() => {
        this.#nextFiles = undefined;
        return (this.#syncingFiles = this.#syncUnsynced());
      });
    return this.#nextFiles;
  }

  async #syncUnsynced(): Promise<void> {
    const paths = this.#unsynced.splice(0);
    // All of them lie in one folder of ours.
    const isMany = paths.length >= SYNCED_TOGETHER_MIN;
    if (isMany && (await this.syncFileSystems(paths.slice(0, 1)))) return;
    await mapBounded(paths, SYNCS_AT_ONCE, async (path) => {
      await using file = await this.#disk.open(path, OPEN_IN_PLACE);
      await file.sync();
    });
  }

  async #syncNoted(): Promise<void> {
    const noted = this.#noted;
    this.#noted = new Set();
    await mapBounded(noted, SYNCS_AT_ONCE, async (folder) => {
      try {
        await syncDirectory(this.#disk, folder);
        noted.delete(folder);
      } catch (error) {
        // A folder that is gone has no names; its own going is noted above it.
        if (codeOf(error) !== "ENOENT" && codeOf(error) !== "ENOTDIR") throw error;
        noted.delete(folder);
      }
    }).finally(() => {
      for (const folder of noted) this.#noted.add(folder);
    });
  }

  #note(...paths: string[]): void {
    for (const path of paths) this.#noted.add(dirname(path));
  }

  async link(existing: string, path: string): Promise<void> {
    await this.#disk.link(existing, path);
    this.#note(path);
  }

  async rename(from: string, to: string): Promise<void> {
    await this.#disk.rename(from, to);
    this.#note(from, to);
  }

  async mkdir(
    path: string,
    options?: { recursive?: boolean; mode?: number },
  ): Promise<string | undefined> {
    const first = await this.#disk.mkdir(path, options);
    this.#note(path);
    if (first === undefined) return undefined;
    for (let made = path; made.length > first.length; made = dirname(made)) {
      this.#note(dirname(made));
    }
    return first;
  }

  async rmdir(path: string): Promise<void> {
    await this.#disk.rmdir(path);
    this.#note(path);
  }

  /** Not noted: what comes back under a temporary or kept name is dropped again. */
  unlink(path: string): Promise<void> {
    return this.#disk.unlink(path);
  }

  rm(path: string, options?: { recursive?: boolean; force?: boolean }): Promise<void> {
    return this.#disk.rm(path, options);
  }

  open(path: string, flags: string | number, mode?: number) {
    return this.#disk.open(path, flags, mode);
  }

  lstat(path: string, options: StatOptions): Promise<DiskStats> {
    return this.#disk.lstat(path, options);
  }

  stat(path: string, options: StatOptions): Promise<DiskStats> {
    return this.#disk.stat(path, options);
  }

  readdir(path: string): Promise<string[]>;
  readdir(path: string, options: { encoding: "buffer" }): Promise<Buffer[]>;
  readdir(path: string, options?: { encoding: "buffer" }): Promise<string[] | Buffer[]> {
    return options ? this.#disk.readdir(path, options) : this.#disk.readdir(path);
  }

  opendir(path: string) {
    return this.#disk.opendir(path);
  }

  utimes(path: string, atime: number, mtime: number): Promise<void> {
    return this.#disk.utimes(path, atime, mtime);
  }

  chmod(path: string, mode: number): Promise<void> {
    return this.#disk.chmod(path, mode);
  }

  statfs(path: string) {
    return this.#disk.statfs(path);
  }

  readFile(path: string, encoding: "utf8"): Promise<string> {
    return this.#disk.readFile(path, encoding);
  }

  realpath(path: string): Promise<string> {
    return this.#disk.realpath(path);
  }

  /** Names of new files are not noted: what comes back under a temporary name is dropped again. */
  async steps(steps: readonly Step[]): Promise<StepsDone> {
    const done = await runSteps(this.#disk, steps);
    for (const step of steps.slice(0, done.results.length)) {
      if (step.do === "link") this.#note(step.path);
    }
    return done;
  }

  async syncFileSystems(paths: readonly string[]): Promise<boolean> {
    return (await this.#disk.syncFileSystems?.(paths)) ?? false;
  }

  database(file: string, options: { timeoutMs: number }) {
    return this.#disk.database(file, options);
  }
}
