/** Runs operations in this thread, grouping the writes that wait into one transaction. */
import type { Clock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import type { IndexStore, StoreReader, StoreTransaction, WriteJob } from "../store/index-store.ts";
import type { Context, WriteContext } from "./context.ts";
import { READS, WRITES } from "./operations.ts";
import type { ReadName, Reads, ReplyOf, RequestOf, WriteName, Writes } from "./operations.ts";
import type { Runner } from "./runner.ts";

/** Writes in one transaction: one sync to disk serves all, and a reader waits for none of them. */
const GROUP_WRITES_MAX = 256;

export interface LocalRunnerInit {
  store: IndexStore;
  clock: Pick<Clock, "nowMs" | "monotonicMs">;
  leaseMs: number;
  /** Lets further writes arrive before a group is taken. By default those of this turn. */
  gather?: () => Promise<void>;
}

interface Waiting {
  job: WriteJob<unknown>;
  settle: (result: PromiseSettledResult<unknown>) => void;
}

type AnyRead = (reader: StoreReader, request: unknown, context: Context) => Promise<unknown>;
type AnyWrite = (
  reader: StoreTransaction,
  request: unknown,
  context: WriteContext,
) => Promise<unknown>;

export class LocalRunner implements Runner {
  readonly #init: LocalRunnerInit;
  #waiting: Waiting[] = [];
  #draining: Promise<void> | undefined;
  #closed = false;
  readonly #openedAtMs: number;
  /** The running time that the store had before it was opened here. */
  #ranMs: number | undefined;

  constructor(init: LocalRunnerInit) {
    this.#init = init;
    this.#openedAtMs = init.clock.monotonicMs();
  }

  async read<Name extends ReadName>(
    name: Name,
    request: RequestOf<Reads[Name]>,
  ): Promise<ReplyOf<Reads[Name]>> {
    this.#checkOpen();
    const operation = READS[name] as AnyRead;
    const context = this.#context();
    const job = (reader: StoreReader): Promise<unknown> => operation(reader, request, context);
    return (await this.#init.store.read(job)) as ReplyOf<Reads[Name]>;
  }

  async write<Name extends WriteName>(
    name: Name,
    request: RequestOf<Writes[Name]>,
  ): Promise<ReplyOf<Writes[Name]>> {
    this.#checkOpen();
    const operation = WRITES[name] as AnyWrite;
    const context = this.#context();
    const openMs = this.#init.clock.monotonicMs() - this.#openedAtMs;
    const job: WriteJob<unknown> = async (store) => {
      // Only writes through here move it: before the first of them it is what it was at the start.
      this.#ranMs ??= (await store.head()).runMs;
      return operation(store, request, { ...context, runMs: Math.floor(this.#ranMs + openMs) });
    };
    const result = await new Promise<PromiseSettledResult<unknown>>((settle) => {
      this.#waiting.push({ job, settle });
      this.#draining ??= this.#drain();
    });
    if (result.status === "rejected") throw GoliathError.from(result.reason);
    return result.value as ReplyOf<Writes[Name]>;
  }

  #context(): Context {
    return { nowMs: this.#init.clock.nowMs(), leaseMs: this.#init.leaseMs };
  }

  #checkOpen(): void {
    if (this.#closed) throw new GoliathError("closed", "the index is closed");
  }

  async #drain(): Promise<void> {
    await this.#init.gather?.();
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, GROUP_WRITES_MAX);
      const results = await this.#runGroup(group);
      for (const [index, { settle }] of group.entries()) {
        settle(results[index] ?? { status: "rejected", reason: new Error("no result") });
      }
      await this.#init.gather?.();
    }
    this.#draining = undefined;
  }

  async #runGroup(group: Waiting[]): Promise<PromiseSettledResult<unknown>[]> {
    try {
      return await this.#init.store.write(group.map(({ job }) => job));
    } catch (reason) {
      // Nothing of the group is on disk: nobody in it hears of success.
      return group.map(() => ({ status: "rejected", reason }));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    await this.#draining;
    await this.#init.store[Symbol.asyncDispose]();
  }
}
