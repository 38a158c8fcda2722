/** The store in memory: for tests, simulations and drives that need not outlive their process. */
import type { DriveId } from "@goliath/protocols/nouns";
import { firstHead } from "./first-head.ts";
import type { Batch, IndexStore, StoreReader, StoreTransaction, WriteJob } from "./index-store.ts";
import { MemoryReader } from "./memory-reader.ts";
import { createTables, Undo, type MemoryTables } from "./memory-tables.ts";
import { writeBatch } from "./memory-writer.ts";

export class MemoryIndexStore implements IndexStore {
  readonly #tables: MemoryTables;
  /** Jobs run one at a time: a reader never sees a transaction under way. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(init: { drive: DriveId; chunkBytes: number } | { copyOf: MemoryIndexStore }) {
    // The tables are rows, maps and bytes, so that a clone is as a backup is: whole and apart.
    this.#tables =
      "copyOf" in init ? structuredClone(init.copyOf.#tables) : createTables(firstHead(init));
  }

  read<Result>(job: (reader: StoreReader) => Promise<Result>): Promise<Result> {
    return this.#alone(() => job(new MemoryReader(this.#tables)));
  }

  write<Result>(jobs: readonly WriteJob<Result>[]): Promise<PromiseSettledResult<Result>[]> {
    return this.#alone(async () => {
      const results: PromiseSettledResult<Result>[] = [];
      for (const job of jobs) results.push(await this.#run(job));
      return results;
    });
  }

  async #run<Result>(job: WriteJob<Result>): Promise<PromiseSettledResult<Result>> {
    const undo = new Undo();
    try {
      const value = await job(new MemoryTransaction(this.#tables, undo));
      return { status: "fulfilled", value };
    } catch (reason) {
      undo.run();
      return { status: "rejected", reason };
    }
  }

  #alone<Result>(job: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(job);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#last;
  }
}

class MemoryTransaction extends MemoryReader implements StoreTransaction {
  readonly #tables: MemoryTables;
  readonly #undo: Undo;

  constructor(tables: MemoryTables, undo: Undo) {
    super(tables);
    this.#tables = tables;
    this.#undo = undo;
  }

  async apply(batch: Batch): Promise<void> {
    writeBatch(batch, { tables: this.#tables, undo: this.#undo });
  }
}
