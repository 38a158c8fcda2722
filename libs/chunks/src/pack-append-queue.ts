/** Writes that wait while the disk syncs are written together, and share the next sync. */
import type { Database } from "better-sqlite3";
import { GoliathError, hasCode } from "@goliath/protocols/nouns";
import type { ChunkRun } from "@goliath/protocols/nouns";
import { normalizeRuns } from "./chunk-runs.ts";
import { recordBytes, type PackCatalogue, type PackedChunk } from "./pack-catalogue.ts";
import type { PackRoom, PackSpace } from "./pack-space.ts";
import type { NewRecord, PackWriter } from "./pack-writer.ts";

/** Bytes that may wait: 64 chunks of the largest size. Beyond it a write is refused as `busy`. */
const WAITING_BYTES_MAX = 256 * 1024 * 1024;

export interface AppendJob {
  records: readonly NewRecord[];
  /** Enters the records, inside a transaction; returns the runs that are held from now on. */
  commit: (chunks: readonly PackedChunk[]) => ChunkRun[];
  /** The room that was promised for it. */
  room?: PackRoom | undefined;
  /** Whether it may use the space that is kept free: it helps to get more. */
  urgent?: boolean;
}

interface WaitingJob extends AppendJob {
  bytes: number;
  resolve: () => void;
  reject: (error: GoliathError) => void;
}

export interface AppendQueueInit {
  db: Database;
  catalogue: PackCatalogue;
  writer: PackWriter;
  space: PackSpace;
  /** Bytes written with one sync: as much again waits meanwhile. */
  groupBytesMax: number;
  onAdded: (added: ChunkRun[]) => void;
}

export class PackAppendQueue {
  readonly #init: AppendQueueInit;
  #waiting: WaitingJob[] = [];
  #waitingBytes = 0;
  /** The last piece of work that has the writer to itself. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(init: AppendQueueInit) {
    this.#init = init;
  }

  /** On disk and entered when it resolves. Throws `full`, `busy`. */
  append(job: AppendJob): Promise<void> {
    const bytes = job.records.reduce((sum, { bytes }) => sum + recordBytes(bytes), 0);
    if (this.#waitingBytes + bytes > WAITING_BYTES_MAX) {
      return Promise.reject(new GoliathError("busy", "too many chunks wait to be written"));
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...job, bytes, resolve, reject });
      this.#waitingBytes += bytes;
      void this.exclusively(() => this.#writeGroup());
    });
  }

  /** Runs `work` while nothing is appended. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Each waiting job has asked for a turn; the first takes along what fits. */
  async #writeGroup(): Promise<void> {
    let bytes = 0;
    const { groupBytesMax } = this.#init;
    const beyond = this.#waiting.findIndex(
      (job, i) => (bytes += job.bytes) > groupBytesMax && i > 0,
    );
    const group = this.#waiting.splice(0, beyond < 0 ? Infinity : beyond);
    for (const job of group) this.#waitingBytes -= job.bytes;
    if (group.length > 0) await this.#write(group);
  }

  async #write(group: WaitingJob[]): Promise<void> {
    try {
      const added = await this.#writeDurably(group);
      for (const job of group) job.resolve();
      if (added.length > 0) this.#init.onAdded(added);
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      // What does not fit together may fit in part.
      if (group.length > 1 && hasCode(error, "full"))
        for (const job of group) await this.#write([job]);
      else for (const job of group) job.reject(error);
    }
  }

  async #writeDurably(group: WaitingJob[]): Promise<ChunkRun[]> {
    const { db, catalogue, writer, space } = this.#init;
    using claim = await space.claim(group.filter((job) => !job.urgent));
    const { pack, start, end, chunks } = await writer.append(group.flatMap((job) => job.records));
    try {
      const added = db.transaction(() => {
        catalogue.setPackBytes(pack, end);
        let done = 0;
        return normalizeRuns(
          group.flatMap((job) => job.commit(chunks.slice(done, (done += job.records.length)))),
        );
      })();
      claim.settle();
      return added;
    } catch (thrown) {
      await writer.rewind(start);
      throw thrown;
    }
  }
}
