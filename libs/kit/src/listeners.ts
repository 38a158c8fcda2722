/** Who wants to hear of something. */

export interface ListenersInit {
  /** Told of what a listener throws. Without it a fault ends the process, as any uncaught one. */
  onFault?: (fault: unknown) => void;
}

export class Listeners<Event> {
  readonly #listeners = new Set<{ hear: (event: Event) => void }>();
  readonly #onFault: (fault: unknown) => void;

  constructor({ onFault = throwLater }: ListenersInit = {}) {
    this.#onFault = onFault;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Returns the unsubscriber, which may be called more than once. */
  subscribe(hear: (event: Event) => void): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** The next event. Rejects with the signal's reason when aborted. */
  next(signal?: AbortSignal): Promise<Event> {
    return new Promise((resolve, reject) => {
      const finish = (settle: () => void): void => {
        unsubscribe();
        signal?.removeEventListener("abort", abort);
        settle();
      };
      const abort = (): void => finish(() => reject(signal?.reason));
      const unsubscribe = this.subscribe((event) => finish(() => resolve(event)));
      if (signal?.aborted) abort();
      else signal?.addEventListener("abort", abort, { once: true });
    });
  }

  /** Tells all who are subscribed now, in order; one that throws keeps nobody from hearing. */
  emit(event: Event): void {
    // A copy: whoever subscribes meanwhile hears of the next event only.
    const now = Array.from(this.#listeners);
    for (const { hear } of now) {
      try {
        hear(event);
      } catch (fault) {
        this.#onFault(fault);
      }
    }
  }
}

function throwLater(fault: unknown): void {
  queueMicrotask(() => {
    throw fault;
  });
}
