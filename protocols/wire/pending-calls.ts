/** The calls of one side that wait for their replies. Whoever reads the stream feeds it. */
import { GoliathError } from "../nouns/exports.ts";
import {
  CALLS_IN_FLIGHT_MAX,
  type AskInit,
  type CallOptions,
  type Message,
  type Numbered,
} from "./calls.ts";
import { cancelled } from "./cancelled.ts";
import { Slots } from "./slots.ts";
import { fromStatus, STATUS_OK, type WireStatus } from "./status.ts";

interface Waiting<Reply> {
  resolve: (message: Message<Reply>) => void;
  reject: (error: GoliathError) => void;
}

export class PendingCalls<Request, Reply> {
  readonly #init: AskInit<Request>;
  readonly #waiting = new Map<number, Waiting<Reply>>();
  readonly #slots: Slots;
  #number = 0;
  /** Calls given up whose reply may still come. */
  #givenUp = 0;
  #ended: GoliathError | undefined;

  constructor(init: AskInit<Request>) {
    this.#init = init;
    this.#slots = new Slots(init.inFlightMax ?? CALLS_IN_FLIGHT_MAX);
  }

  /** Sends one request and waits for its reply. Rejects with the status the other side sent. */
  async call(
    request: Request,
    { signal, payload }: CallOptions & { payload?: Uint8Array } = {},
  ): Promise<Message<Reply>> {
    await this.#slots.take(signal);
    try {
      if (this.#ended) throw this.#ended;
      if (signal?.aborted) throw cancelled(signal);
      const call = ++this.#number;
      const header = this.#init.encode({ ...request, call });
      const reply = this.#await(call, signal);
      this.#init.frames.send(header, payload).catch((error: unknown) => this.#fail(call, error));
      return await reply;
    } finally {
      this.#slots.give();
    }
  }

  /** A reply came. Throws `bad-request` for one that nobody can have asked for. */
  settle({ body, payload }: Message<Reply & Numbered & WireStatus>): void {
    const waiting = this.#waiting.get(body.call);
    if (!waiting) return this.#late();
    if (body.status === STATUS_OK) waiting.resolve({ body, payload });
    else waiting.reject(fromStatus(body));
  }

  /** No further call is sent; those under way may still be answered. */
  refuse(error: GoliathError): void {
    this.#ended ??= error;
  }

  /** No reply will come any more. */
  end(error: GoliathError): void {
    this.refuse(error);
    for (const { reject } of this.#waiting.values()) reject(error);
  }

  #await(call: number, signal: AbortSignal | undefined): Promise<Message<Reply>> {
    return new Promise((resolve, reject) => {
      const settle = (then: () => void): void => {
        signal?.removeEventListener("abort", onAbort);
        this.#waiting.delete(call);
        then();
      };
      const onAbort = (): void => {
        this.#givenUp++;
        settle(() => reject(cancelled(signal)));
        this.#cancel(call);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.set(call, {
        resolve: (message) => settle(() => resolve(message)),
        reject: (error) => settle(() => reject(error)),
      });
    });
  }

  /** A late reply to a call that was given up is not a fault, but one for each. */
  #late(): void {
    if (this.#givenUp-- > 0) return;
    throw new GoliathError("bad-request", "a reply to no call");
  }

  #cancel(call: number): void {
    const { cancel, encode, frames } = this.#init;
    if (!cancel || this.#ended) return;
    frames.send(encode({ ...cancel, call })).catch(() => undefined);
  }

  /** The request did not leave: too long for a frame, or the stream is broken. */
  #fail(call: number, thrown: unknown): void {
    this.#waiting.get(call)?.reject(GoliathError.from(thrown));
  }
}
