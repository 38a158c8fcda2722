/** Commits of chunks that this peer stored itself, at keepers too where they were asked for. */
import type { ChunkStore } from "@goliath/chunks";
import type { CommitReply } from "@goliath/protocols/index";
import { GoliathError, hasCode, type Change, type ChunkId } from "@goliath/protocols/nouns";
import type { CopiesWish, CopySpread } from "../publish/copy-spread.ts";
import type { Publisher } from "../publish/publisher.ts";
import { ChunkWriter } from "./stored-file.ts";

/** Times it is committed anew with other keepers, because one lost what it had. */
const ATTEMPTS_MAX = 3;

export interface StoredCommitsInit {
  store: ChunkStore;
  publisher: Publisher;
}

export interface StoredCommit {
  changes: Change[];
  signal: AbortSignal;
  spread?: CopySpread | undefined;
  wish?: CopiesWish | undefined;
}

export class StoredCommits {
  readonly #init: StoredCommitsInit;

  constructor(init: StoredCommitsInit) {
    this.#init = init;
  }

  /** Stores chunks here, and begins to push them on as they lie here. */
  writer(spread: CopySpread | undefined): ChunkWriter {
    const { store, publisher } = this.#init;
    const onStored = spread && ((id: ChunkId, bytes: number) => spread.add(id, bytes));
    return new ChunkWriter({ store, publisher, onStored });
  }

  /** With keepers: pushed to them before, and once more where the index does not find it there. */
  async commit(writer: ChunkWriter, commit: StoredCommit): Promise<CommitReply> {
    const { spread } = commit;
    if (!spread) return this.#once(writer, commit);
    await spread.finish();
    for (let attempt = 1; ; attempt++) {
      try {
        const reply = await this.#once(writer, commit);
        // Their copies are proven: what was written here on the way is not needed any more.
        if (spread.isWhole) await this.#init.store.drop(writer.fresh);
        return reply;
      } catch (error) {
        if (!hasCode(error, "unverified") || attempt >= ATTEMPTS_MAX) throw error;
        await spread.mend();
      }
    }
  }

  async #once(
    writer: ChunkWriter,
    { changes, signal, spread, wish }: StoredCommit,
  ): Promise<CommitReply> {
    try {
      const onSent = (): void => writer.keep();
      const { fresh } = writer;
      const copies = spread && { at: spread.locations, minCopies: wish?.minCopies ?? 0 };
      const commit = { changes, fresh, ...(copies && { copies }) };
      return await this.#init.publisher.commitChunks(commit, { signal, onSent });
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      // Only a refusal says that it did not happen: without an answer others may see the files.
      if (!signal.aborted && error.retry === "never") writer.giveUp();
      throw error;
    }
  }
}
