/** What one subscription received and its follower has not taken yet. */
import { GoliathError } from "../nouns/exports.ts";
import { FEED_WINDOW_BYTES } from "./bounds.ts";

export interface Received<Message> {
  message: Message;
  bytes: number;
}

/** Bounded by the window: whoever sends beyond it breaks the protocol. */
export class Inbox<Message> {
  readonly #messages: Received<Message>[] = [];
  /** Bytes received for which no credit was given yet. */
  #held = 0;
  #taken = 0;
  #ended = false;
  #error: GoliathError | undefined;
  #wake: (() => void) | undefined;

  /** Throws `too-large` for a message that was sent without credit. */
  push(received: Received<Message>): void {
    if (this.#held >= FEED_WINDOW_BYTES) {
      throw new GoliathError("too-large", "more was sent than the window allows");
    }
    if (this.#ended) return;
    this.#held += received.bytes;
    this.#messages.push(received);
    this.#wake?.();
  }

  /** No more comes. What came before can still be taken, and `error` is thrown after it. */
  end(error?: GoliathError): void {
    this.#ended = true;
    this.#error ??= error;
    this.#wake?.();
  }

  /** No more is wanted. What came is forgotten. */
  discard(): void {
    this.#messages.length = 0;
    this.end();
  }

  /** The next message; undefined at the end. One caller at a time. */
  async next(): Promise<Received<Message> | undefined> {
    while (this.#messages.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    const received = this.#messages.shift();
    if (!received && this.#error) throw this.#error;
    return received;
  }

  /**
   * Counts bytes as taken by the follower and returns the credit to give for them now, or 0: small
   * messages are credited together.
   */
  credit(bytes: number): number {
    this.#taken += bytes;
    if (this.#taken < FEED_WINDOW_BYTES / 2) return 0;
    const credit = this.#taken;
    this.#taken = 0;
    this.#held -= credit;
    return credit;
  }
}
