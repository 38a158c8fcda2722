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
