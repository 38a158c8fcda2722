/** What one subscription sends, as far as the follower's credit goes. */
import { GoliathError, isFault } from "../nouns/exports.ts";
import { STATUS_OK, toStatus, type FrameStream } from "../wire/exports.ts";
import { FEED_WINDOW_BYTES } from "./bounds.ts";
import type { FeedMessageBody } from "./feed-wire.ts";
import { FeedMessage } from "./generated/feed.js";

export class Outbox {
  readonly #frames: FrameStream;
  readonly #subscription: number;
  readonly #stopping = new AbortController();
  #credit = FEED_WINDOW_BYTES;
  #wake: (() => void) | undefined;

  constructor(frames: FrameStream, subscription: number) {
    this.#frames = frames;
    this.#subscription = subscription;
  }

  /** Aborts when the follower wants no more, or is gone. */
  get signal(): AbortSignal {
    return this.#stopping.signal;
  }

  /** The follower took this many bytes. */
  credit(bytes: number): void {
    this.#credit = Math.min(FEED_WINDOW_BYTES, this.#credit + bytes);
    this.#wake?.();
  }

  stop(): void {
    this.#stopping.abort(new GoliathError("aborted", "the follower wants no more"));
    this.#wake?.();
  }

  /** Sends all messages, then the end with what ended them. Never rejects. */
  async run(
    messages: AsyncIterable<FeedMessageBody>,
    onFault?: (error: GoliathError) => void,
  ): Promise<void> {
    let reason: GoliathError | undefined;
    try {
      for await (const message of messages) await this.#send(message);
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      if (isFault(error)) onFault?.(error);
      if (!this.signal.aborted) reason = error;
    }
    await this.end(reason);
  }

  /** Tells the follower that no more comes, and why. Never rejects. */
  async end(reason?: GoliathError): Promise<void> {
    const end = reason ? toStatus(reason) : { status: STATUS_OK, about: "" };
    await this.#frames.send(this.#encode({ end })).catch(() => undefined);
  }

  async #send(message: FeedMessageBody): Promise<void> {
    while (this.#credit <= 0 && !this.signal.aborted) {
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    this.signal.throwIfAborted();
    const header = this.#encode(message);
    this.#credit -= header.length;
    await this.#frames.send(header);
  }

  #encode(message: FeedMessageBody): Uint8Array {
    return FeedMessage.encode({ ...message, subscription: this.#subscription });
  }
}
