/**
 * One stream of changes on its way into the drive: hashed as they come, cut into bounded batches,
 * one batch being committed while the next one fills.
 */
import { Semaphore } from "@goliath/kit";
import { GoliathError, type DrivePath } from "@goliath/protocols/nouns";
import { commitBatch, type BatchOptions, type BatchParts } from "./file-batch.ts";
import type { FileHasher } from "./local-file.ts";
import type { PublishItem, ReadyItem } from "./publish-item.ts";

/** Changes in one batch: ten thousand new files are one commit, of about 2 MB. */
const BATCH_CHANGES_MAX = 10_000;
/** Bytes hashed for one batch, about 6 s of two cores: more makes others wait for the first file. */
const BATCH_BYTES_MAX = 8 * 1024 ** 3;
/** The first batch takes no more after this, so that others soon see something. */
const BATCH_MS_FIRST = 1_500;
/** Each further batch may take this many times as long: ten thousand files are a few commits. */
const BATCH_MS_GROWTH = 4;
const BATCH_MS_MAX = 60_000;
/** Files of one publication that wait for their turn to be read: beyond it `add` waits. */
const READS_AHEAD_MAX = 128;

export interface PublicationParts extends BatchParts {
  hasher: FileHasher;
}

export interface PublicationInit extends Omit<BatchOptions, "blocked"> {
  /** Called as bytes are hashed, with how many more. */
  onHashed?: (bytes: number) => void;
}

export class Publication {
  readonly #parts: PublicationParts;
  readonly #init: PublicationInit;
  readonly #blocked: DrivePath[] = [];
  readonly #ahead = new Semaphore({ max: READS_AHEAD_MAX });
  #batch: Batch | undefined;
  #batchMs = BATCH_MS_FIRST;
  /** The batch being committed. */
  #committing: Promise<void> = Promise.resolve();
  #committed = 0;

  constructor(parts: PublicationParts, init: PublicationInit) {
    this.#parts = parts;
    this.#init = init;
  }

  /** Batches committed so far. */
  get committed(): number {
    return this.#committed;
  }

  /**
   * Takes one item; waits while many files are to be read, or two full batches are under way.
   * Throws what refused a batch.
   */
  async add(item: PublishItem): Promise<void> {
    const place =
      "file" in item ? await this.#ahead.acquire({ signal: this.#init.signal }) : undefined;
    if (this.#batch && this.#isFull(this.#batch)) await this.#seal();
    this.#batch ??= { items: [], bytes: 0, openedMs: this.#parts.clock.monotonicMs() };
    this.#batch.items.push(this.#read(item).finally(() => place?.[Symbol.dispose]()));
    if ("file" in item) this.#batch.bytes += item.file.size;
  }

  /** Resolves when everything added is committed. */
  async flush(): Promise<void> {
    await this.#seal();
    await this.#committing;
  }

  #isFull({ items, bytes, openedMs }: Batch): boolean {
    return (
      items.length >= BATCH_CHANGES_MAX ||
      bytes >= BATCH_BYTES_MAX ||
      this.#parts.clock.monotonicMs() - openedMs >= this.#batchMs
    );
  }

  async #seal(): Promise<void> {
    const batch = this.#batch;
    this.#batch = undefined;
    await this.#committing;
    if (!batch) return;
    this.#batchMs = Math.min(this.#batchMs * BATCH_MS_GROWTH, BATCH_MS_MAX);
    this.#committing = this.#commit(batch);
    // Whoever adds or flushes next gets the failure.
    this.#committing.catch(() => undefined);
  }

  async #commit({ items }: Batch): Promise<void> {
    const read = await Promise.all(items);
    this.#init.signal.throwIfAborted();
    const ready = read.filter((item) => item !== undefined);
    await commitBatch(this.#parts, { ...this.#init, blocked: this.#blocked, items: ready });
    if (ready.length > 0) this.#committed++;
  }

  /** Never rejects: a file that cannot be read is left out. */
  async #read(item: PublishItem): Promise<ReadyItem | undefined> {
    if ("change" in item) return item;
    const { file } = item;
    let done = 0;
    const onProgress = (bytes: number): void => {
      this.#init.onHashed?.(bytes - done);
      done = bytes;
    };
    try {
      const { signal } = this.#init;
      const { chunkBytes } = await this.#parts.link.whenConnected(signal);
      return {
        ...item,
        hashed: await this.#parts.hasher.hash(file.local, {
          ...{ chunkBytes, signal, onProgress },
          size: file.size,
        }),
      };
    } catch (thrown) {
      this.#init.onHashed?.(-done);
      if (!this.#init.signal.aborted) this.#init.onSkipped(file.path, GoliathError.from(thrown));
      return undefined;
    }
  }
}

interface Batch {
  items: Promise<ReadyItem | undefined>[];
  bytes: number;
  openedMs: number;
}
