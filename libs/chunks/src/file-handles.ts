/** Open files, kept for a moment: chunks of one file are asked for in a row. */
import type { Clock, Disk, DiskFile } from "@goliath/kit";

/** Files kept open while nobody reads them. With reads in flight far below the usual 1,024. */
const IDLE_HANDLES_MAX = 128;
/**
 * How long, in milliseconds, a file stays open unused: long enough for the next request of a
 * transfer, short enough that a disk can be unmounted and the space of a deleted file comes back.
 */
const IDLE_MS = 2_000;

interface OpenFile {
  handle: Promise<DiskFile>;
  users: number;
  /** Monotonic; when the last user left. */
  idleSinceMs: number;
}

export interface FileHandlesInit {
  disk: Disk;
  clock: Clock;
  /** How each file is opened. */
  flags: number;
}

/** Files in use are as many as reads in flight, which the callers bound. */
export class FileHandles implements AsyncDisposable {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #flags: number;
  /** By key, the one used longest ago first. */
  readonly #files = new Map<number, OpenFile>();
  readonly #closing = new AbortController();
  #sweeping: Promise<void> | undefined;

  constructor({ disk, clock, flags }: FileHandlesInit) {
    this.#disk = disk;
    this.#clock = clock;
    this.#flags = flags;
  }

  /** Runs `work` on the file known as `key`, opened at `path` unless it is still open. */
  async use<T>(file: { key: number; path: string }, work: (handle: DiskFile) => Promise<T>) {
    const entry = this.#files.get(file.key) ?? this.#open(file.path);
    this.#files.delete(file.key);
    this.#files.set(file.key, entry);
    entry.users++;
    try {
      return await work(await entry.handle);
    } catch (error) {
      // Of a disk that went away and came back only a file opened anew can be read.
      if (this.#files.get(file.key) === entry) this.#files.delete(file.key);
      throw error;
    } finally {
      entry.users--;
      entry.idleSinceMs = this.#clock.monotonicMs();
      await this.#settle(file.key, entry);
    }
  }

  /** The file is closed as soon as nobody reads it; the next use opens it anew. */
  async forget(key: number): Promise<void> {
    const entry = this.#files.get(key);
    this.#files.delete(key);
    if (entry?.users === 0) await close(entry);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort();
    await Promise.all([...this.#files.keys()].map((key) => this.forget(key)));
    await this.#sweeping;
  }

  #open(path: string): OpenFile {
    return { handle: this.#disk.open(path, this.#flags), users: 0, idleSinceMs: 0 };
  }

  async #settle(key: number, entry: OpenFile): Promise<void> {
    if (entry.users > 0) return;
    const kept = this.#files.get(key) === entry && !this.#closing.signal.aborted;
    const opened = await entry.handle.then(
      () => true,
      () => false,
    );
    if (entry.users > 0) return;
    if (!kept || !opened) {
      if (this.#files.get(key) === entry) this.#files.delete(key);
      return close(entry);
    }
    await this.#closeIdle(IDLE_HANDLES_MAX);
    this.#sweeping ??= this.#sweep().finally(() => (this.#sweeping = undefined));
  }

  /** Closes idle files until at most `keep` are left, the oldest first. */
  async #closeIdle(keep: number, idleBeforeMs = Infinity): Promise<void> {
    const idle = [...this.#files].filter(
      ([, entry]) => entry.users === 0 && entry.idleSinceMs <= idleBeforeMs,
    );
    for (const [key] of idle.slice(0, Math.max(0, idle.length - keep))) await this.forget(key);
  }

  async #sweep(): Promise<void> {
    while (this.#files.size > 0) {
      const woken = await this.#clock.sleep(IDLE_MS, this.#closing.signal).then(
        () => true,
        () => false,
      );
      if (!woken) return;
      await this.#closeIdle(0, this.#clock.monotonicMs() - IDLE_MS);
    }
  }
}

async function close(entry: OpenFile): Promise<void> {
  // A file that could not be opened needs no closing; one opened for reading loses nothing here.
  await entry.handle.then((handle) => handle.close()).catch(() => undefined);
}
