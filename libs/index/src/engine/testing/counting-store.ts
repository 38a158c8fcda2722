import type {
  Batch,
  IndexStore,
  StoreReader,
  StoreTransaction,
  WriteJob,
} from "../../store/index-store.ts";

/** A store that counts the rows of names and directories which pass through transactions. */
export class CountingStore implements IndexStore {
  readonly #inner: IndexStore;
  rows = 0;

  constructor(inner: IndexStore) {
    this.#inner = inner;
  }

  read<Result>(job: (reader: StoreReader) => Promise<Result>): Promise<Result> {
    return this.#inner.read(job);
  }

  write<Result>(jobs: readonly WriteJob<Result>[]): Promise<PromiseSettledResult<Result>[]> {
    return this.#inner.write(jobs.map((job) => (transaction) => job(this.#counting(transaction))));
  }

  #counting(transaction: StoreTransaction): StoreTransaction {
    const count = (rows: number): void => void (this.rows += rows);
    return new Proxy(transaction, {
      get(target, name: keyof StoreTransaction) {
        const method = target[name].bind(target) as (...args: unknown[]) => Promise<unknown>;
        return async (...args: unknown[]) => {
          if (name === "apply") count(written(args[0] as Batch));
          const result = await method(...args);
          if (name === "entries" || name === "dirs") count((result as unknown[]).length);
          if (name === "list") count((result as { rows: unknown[] }).rows.length);
          return result;
        };
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inner[Symbol.asyncDispose]();
  }
}

function written({ entries = [], dirs = [], places = [] }: Batch): number {
  return entries.length + dirs.length + places.length;
}
