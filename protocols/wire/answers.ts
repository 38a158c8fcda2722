/** The requests of the other side that are being answered. Whoever reads the stream feeds it. */
import { GoliathError, isFault } from "../nouns/exports.ts";
import {
  CALLS_IN_FLIGHT_MAX,
  REQUEST_BYTES_HELD_MAX,
  type AnswerInit,
  type Message,
  type Numbered,
  type Received,
} from "./calls.ts";
import { closedBy } from "./closed-by.ts";
import { Slots } from "./slots.ts";
import { STATUS_OK, toStatus } from "./status.ts";

/** A request that is being answered. */
class Running {
  /** Never rejects. */
  done: Promise<void> = Promise.resolve();
  #control: AbortController | undefined;
  #reason: GoliathError | undefined;

  /** Made when somebody looks at it: most answers wait for nothing, and it costs more than they do. */
  get signal(): AbortSignal {
    this.#control ??= new AbortController();
    if (this.#reason) this.#control.abort(this.#reason);
    return this.#control.signal;
  }

  abort(reason: GoliathError): void {
    this.#reason ??= reason;
    this.#control?.abort(reason);
  }
}

export class Answers<Request, Reply> {
  readonly #init: AnswerInit<Request, Reply>;
  readonly #inFlightMax: number;
  readonly #active: Slots;
  readonly #running = new Map<number, Running>();
  #heldBytes = 0;
  #wake: (() => void) | undefined;

  constructor(init: AnswerInit<Request, Reply>) {
    this.#init = init;
    this.#inFlightMax = init.inFlightMax ?? CALLS_IN_FLIGHT_MAX;
    this.#active = new Slots(init.activeMax ?? this.#inFlightMax);
    // Who waits for room does not read, and would not hear of it.
    void init.frames.broken.then(() => this.abort(closedBy()));
  }

  /** Whether another request would have to wait. */
  get full(): boolean {
    return this.#running.size >= this.#inFlightMax || this.#heldBytes >= REQUEST_BYTES_HELD_MAX;
  }

  /**
   * Takes a request up; a promise when there is no room yet. Throws `bad-request` for a number that
   * is in use.
   */
  accept(request: Received<Request>): Promise<void> | undefined {
    if (this.#cancels(request)) return undefined;
    if (this.full) return this.#acceptLater(request);
    this.#start(request);
    return undefined;
  }

  /** Takes a request up, or refuses it with `busy` when there is no room. */
  async acceptOrRefuse(request: Received<Request>): Promise<void> {
    if (this.#cancels(request)) return;
    if (this.full)
      await this.#refuse(request.body.call, new GoliathError("busy", "too many calls"));
    else this.#start(request);
  }

  /** The stream broke: whatever still runs is told to stop. */
  abort(error: GoliathError): void {
    for (const running of this.#running.values()) running.abort(error);
  }

  /** Resolves when nothing runs any more. */
  async finish(): Promise<void> {
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #acceptLater(request: Received<Request>): Promise<void> {
    while (this.full) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#start(request);
  }

  #cancels({ body }: Message<Request & Numbered>): boolean {
    if (!this.#init.isCancel?.(body)) return false;
    this.#running.get(body.call)?.abort(new GoliathError("aborted", "given up by the caller"));
    return true;
  }

  #start(request: Received<Request>): void {
    const { call } = request.body;
    if (this.#running.has(call)) throw new GoliathError("bad-request", "a call number is in use");
    const running = new Running();
    this.#running.set(call, running);
    this.#heldBytes += request.bytes;
    running.done = this.#run(request, running);
  }

  async #run(request: Received<Request>, running: Running): Promise<void> {
    try {
      await this.#answer(request, running);
    } catch (error) {
      this.#init.frames.abort(GoliathError.from(error));
    }
    this.#running.delete(request.body.call);
    this.#heldBytes -= request.bytes;
    this.#wake?.();
  }

  async #answer(request: Message<Request & Numbered>, running: Running): Promise<void> {
    const { handle, encode, frames } = this.#init;
    const { call } = request.body;
    const options = {
      get signal(): AbortSignal {
        return running.signal;
      },
    };
    let active = false;
    try {
      if (!this.#active.takeNow()) await this.#active.take(running.signal);
      active = true;
      const { body, payload } = await handle(request, options);
      await frames.send(encode({ ...body, call, status: STATUS_OK, about: "" }), payload);
    } catch (thrown) {
      await this.#refuse(call, thrown);
    } finally {
      if (active) this.#active.give();
    }
  }

  async #refuse(call: number, thrown: unknown): Promise<void> {
    const { encode, frames, refusal, onFault } = this.#init;
    const error = GoliathError.from(thrown);
    if (isFault(error)) onFault?.(error);
    await frames.send(encode({ ...refusal, call, ...toStatus(error) }));
  }
}
