/** The asking end of a stream that carries calls one way. */
import { GoliathError } from "../nouns/exports.ts";
import type { AskInit, CallOptions, Message, Numbered } from "./calls.ts";
import { closedBy } from "./closed-by.ts";
import { PendingCalls } from "./pending-calls.ts";
import type { WireStatus } from "./status.ts";

export interface CallerInit<Request, Reply> extends AskInit<Request> {
  /** Throws for bytes that are no reply: the stream is then aborted. */
  decode: (header: Uint8Array) => Reply & Numbered & WireStatus;
}

/** Its loop ends with the stream; every call then rejects with `closed`. */
export class Caller<Request, Reply> {
  readonly #init: CallerInit<Request, Reply>;
  readonly #calls: PendingCalls<Request, Reply>;
  /** Settles when the stream ended. Never rejects. */
  readonly closed: Promise<void>;

  constructor(init: CallerInit<Request, Reply>) {
    this.#init = init;
    this.#calls = new PendingCalls(init);
    this.closed = this.#receive();
  }

  /**
   * Sends one request and waits for its reply. Rejects with the status the other side sent, with
   * `closed` when the stream ends first, and with `aborted` or `timeout` by the signal.
   */
  call(
    request: Request,
    options?: CallOptions & { payload?: Uint8Array },
  ): Promise<Message<Reply>> {
    return this.#calls.call(request, options);
  }

  /** Ends our side: no further calls, those under way are still answered. */
  close(): Promise<void> {
    this.#calls.refuse(closedBy());
    return this.#init.frames.close();
  }

  abort(error: Error): void {
    this.#init.frames.abort(error);
  }

  async #receive(): Promise<void> {
    const { frames, decode } = this.#init;
    try {
      for (let frame = await frames.next(); frame;) {
        this.#calls.settle({ body: decode(frame.header), payload: frame.payload });
        frame = frames.nextHere() ?? (await frames.next());
      }
      this.#calls.end(closedBy());
      await frames.close();
    } catch (error) {
      this.#calls.end(closedBy(error));
      frames.abort(GoliathError.from(error));
    }
  }
}
