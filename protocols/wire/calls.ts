/**
 * Many calls in flight on one stream: requests carry a number, replies carry it back, in any order.
 * Each protocol brings its own messages; this file brings the bookkeeping and its bounds.
 */
import { GoliathError } from "../nouns/exports.ts";
import type { Frame, FrameStream } from "./frame.ts";
import { fromStatus, STATUS_OK, toStatus, type WireStatus } from "./status.ts";

/** Calls one side may have unanswered. Bounds memory at both ends; beyond it `call` waits. */
export const CALLS_IN_FLIGHT_MAX = 256;

/** What travels besides the protocol's own fields. */
export interface Numbered {
  call: number;
}

export interface Message<Body> {
  body: Body;
  payload: Uint8Array;
}

export interface CallerInit<Request, Reply> {
  frames: FrameStream;
  encode: (request: Request & Numbered) => Uint8Array;
  /** Throws for bytes that are no reply. */
  decode: (header: Uint8Array) => Reply & Numbered & WireStatus;
  inFlightMax?: number;
}

/** Deadlines are the caller's: there is no clock here. */
export interface CallOptions {
  signal?: AbortSignal;
}

interface Waiting<Reply> {
  resolve: (message: Message<Reply>) => void;
  reject: (error: GoliathError) => void;
}

/** The asking end. Its loop ends with the stream; every call then rejects with `closed`. */
export class Caller<Request, Reply> {
  readonly #init: CallerInit<Request, Reply>;
  readonly #waiting = new Map<number, Waiting<Reply>>();
  readonly #queue: (() => void)[] = [];
  /** Settles when the stream ended. Never rejects. */
  readonly closed: Promise<void>;
  #number = 0;
  #slots: number;
  #ended: GoliathError | undefined;

  constructor(init: CallerInit<Request, Reply>) {
    this.#init = init;
    this.#slots = init.inFlightMax ?? CALLS_IN_FLIGHT_MAX;
    this.closed = this.#receive();
  }

  /** Sends one request and waits for its reply. Rejects with the status the other side sent. */
  async call(
    request: Request,
    { signal, payload }: CallOptions & { payload?: Uint8Array } = {},
  ): Promise<Message<Reply>> {
    if (signal?.aborted) throw new GoliathError("aborted", "cancelled", { cause: signal.reason });
    await this.#takeSlot();
    try {
      return await this.#exchange(request, { signal, payload });
    } finally {
      this.#freeSlot();
    }
  }

  close(): Promise<void> {
    return this.#init.frames.close();
  }

  abort(error: Error): void {
    this.#init.frames.abort(error);
  }

  #exchange(
    request: Request,
    { signal, payload }: { signal: AbortSignal | undefined; payload: Uint8Array | undefined },
  ): Promise<Message<Reply>> {
    const call = ++this.#number;
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        settle(() => reject(new GoliathError("aborted", "cancelled", { cause: signal?.reason })));
      };
      const settle = (then: () => void): void => {
        signal?.removeEventListener("abort", onAbort);
        this.#waiting.delete(call);
        then();
      };
      if (this.#ended) return settle(() => reject(this.#ended as GoliathError));
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#waiting.set(call, {
        resolve: (message) => settle(() => resolve(message)),
        reject: (error) => settle(() => reject(error)),
      });
      const header = this.#init.encode({ ...request, call });
      this.#init.frames.send(header, payload).catch((error: unknown) => this.#end(error));
    });
  }

  async #receive(): Promise<void> {
    try {
      for await (const frame of this.#init.frames.frames()) this.#settle(frame);
      this.#end(new GoliathError("closed", "the other side closed the connection"));
    } catch (error) {
      this.#end(error);
      this.#init.frames.abort(GoliathError.from(error));
    }
  }

  #settle({ header, payload }: Frame): void {
    const body = this.#init.decode(header);
    const waiting = this.#waiting.get(body.call);
    // A late reply to a call that was given up is not a fault.
    if (!waiting) return;
    if (body.status === STATUS_OK) waiting.resolve({ body, payload });
    else waiting.reject(fromStatus(body));
  }

  #end(error: unknown): void {
    const cause = GoliathError.from(error);
    this.#ended ??= new GoliathError("closed", "the connection was closed", { cause });
    for (const { reject } of this.#waiting.values()) reject(this.#ended);
    for (const next of this.#queue.splice(0)) next();
  }

  async #takeSlot(): Promise<void> {
    if (this.#slots > 0) this.#slots--;
    else await new Promise<void>((resolve) => this.#queue.push(resolve));
  }

  #freeSlot(): void {
    const next = this.#queue.shift();
    if (next) next();
    else this.#slots++;
  }
}

export interface ServeInit<Request, Reply> {
  frames: FrameStream;
  /** Throws for bytes that are no request: the stream is then aborted. */
  decode: (header: Uint8Array) => Request & Numbered;
  encode: (reply: Reply & Numbered & WireStatus) => Uint8Array;
  /** Does one request. What it throws becomes a status. `signal` aborts when the stream ends. */
  handle: (
    request: Message<Request>,
    options: { signal: AbortSignal },
  ) => Promise<{ body: Reply; payload?: Uint8Array }>;
  /** The empty reply that carries a refusal. */
  refusal: Reply;
  inFlightMax?: number;
  /** Told of faults of ours (`internal`), which the other side sees as a number only. */
  onFault?: (error: GoliathError) => void;
}

/** The answering end: returns when the other side closed and everything under way has ended. */
export async function serveCalls<Request, Reply>(init: ServeInit<Request, Reply>): Promise<void> {
  const max = init.inFlightMax ?? CALLS_IN_FLIGHT_MAX;
  const running = new Set<Promise<void>>();
  const ended = new AbortController();
  try {
    for await (const { header, payload } of init.frames.frames()) {
      const body = init.decode(header);
      const one = answer(init, { body, payload }, ended.signal).finally(() => running.delete(one));
      one.catch((error: unknown) => init.frames.abort(GoliathError.from(error)));
      running.add(one);
      // Not reading on is the back-pressure: the other side's sends wait.
      while (running.size >= max) await Promise.race(running);
    }
  } finally {
    ended.abort();
    await Promise.allSettled(running);
  }
}

async function answer<Request, Reply>(
  init: ServeInit<Request, Reply>,
  request: Message<Request & Numbered>,
  signal: AbortSignal,
): Promise<void> {
  const { call } = request.body;
  try {
    const { body, payload } = await init.handle(request, { signal });
    await init.frames.send(init.encode({ ...body, call, status: STATUS_OK, about: "" }), payload);
  } catch (thrown) {
    const error = GoliathError.from(thrown);
    if (error.code === "internal") init.onFault?.(error);
    await init.frames.send(init.encode({ ...init.refusal, call, ...toStatus(error) }));
  }
}
