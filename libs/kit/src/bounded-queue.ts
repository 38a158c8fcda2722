/** A queue between a producer and a consumer that makes the producer wait. */
import { GoliathError } from "@goliath/protocols/nouns";
import { Listeners } from "./listeners.ts";
import type { WaitOptions } from "./semaphore.ts";

export interface BoundedQueueInit {
  /** Items held before `push` waits. */
  max: number;
}

export class BoundedQueue<Item extends NonNullable<unknown>> implements AsyncIterable<Item> {
  readonly #items: Item[] = [];
  readonly #changed = new Listeners<void>();
  readonly #max: number;
  #ended: { error?: Error } | undefined;

  constructor({ max }: BoundedQueueInit) {
    this.#max = max;
  }

  get size(): number {
    return this.#items.length;
  }

  get closed(): boolean {
    return this.#ended !== undefined;
  }

  /** Resolves when the queue has taken the item. Throws `closed` after `close` or `fail`. */
  async push(item: Item, { signal }: WaitOptions = {}): Promise<void> {
    while (!this.tryPush(item)) await this.#change(signal);
  }

  /** Takes the item if there is room now. Throws `closed` after `close` or `fail`. */
  tryPush(item: Item): boolean {
    if (this.#ended)
      throw new GoliathError("closed", "the queue is closed", { cause: this.#ended.error });
    if (this.#items.length >= this.#max) return false;
    this.#items.push(item);
    this.#changed.emit();
    return true;
  }

  /** The next item, or undefined once closed and empty. Throws the error given to `fail`. */
  async shift({ signal }: WaitOptions = {}): Promise<Item | undefined> {
    while (this.#items.length === 0) {
      if (this.#ended?.error) throw this.#ended.error;
      if (this.#ended) return undefined;
      await this.#change(signal);
    }
    const item = this.#items.shift();
    this.#changed.emit();
    return item;
  }

  /** No more items: what is queued can still be taken. */
  close(): void {
    this.#ended ??= {};
    this.#changed.emit();
  }

  /** Ends the queue at once: what is queued is dropped and the consumer gets the error. */
  fail(error: Error): void {
    this.#ended = { error };
    this.#items.length = 0;
    this.#changed.emit();
  }

  /** Every further item. Leaving the loop early closes the queue, so that a producer hears of it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    try {
      for (let item = await this.shift(); item !== undefined; item = await this.shift()) yield item;
    } finally {
      this.close();
    }
  }

  #change(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const finish = (settle: () => void) => () => {
        unsubscribe();
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const abort = finish(() => reject(signal?.reason));
      const unsubscribe = this.#changed.subscribe(finish(resolve));
      signal?.addEventListener("abort", abort, { once: true });
    });
  }
}
