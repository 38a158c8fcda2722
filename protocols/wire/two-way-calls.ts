/** One stream on which both sides call: one loop reads requests and replies alike. */
import { GoliathError } from "../nouns/exports.ts";
import { Answers } from "./answers.ts";
import type { AnswerInit, AskInit, CallOptions, Message, Numbered } from "./calls.ts";
import { closedBy } from "./closed-by.ts";
import type { FrameStream } from "./frame.ts";
import { PendingCalls } from "./pending-calls.ts";
import type { WireStatus } from "./status.ts";

/** What a frame's header turns out to be. */
export type TwoWayMessage<Request, Reply> =
  | { request: Request & Numbered }
  | { reply: Reply & Numbered & WireStatus };

export interface TwoWayInit<Ask, AskReply, Told, ToldReply> {
  frames: FrameStream;
  /** Throws for bytes that are neither: the stream is then aborted. */
  decode: (header: Uint8Array) => TwoWayMessage<Told, AskReply>;
  /** Our calls on the other side. */
  ask: Omit<AskInit<Ask>, "frames">;
  /** The other side's calls on us. */
  answer: Omit<AnswerInit<Told, ToldReply>, "frames">;
}

/**
 * Requests beyond `answer.inFlightMax` are refused with `busy` instead of waited for: the replies
 * to our own calls come on the same stream, behind them.
 */
export class TwoWayCalls<Ask, AskReply, Told, ToldReply> {
  readonly #frames: FrameStream;
  readonly #decode: (header: Uint8Array) => TwoWayMessage<Told, AskReply>;
  readonly #calls: PendingCalls<Ask, AskReply>;
  readonly #answers: Answers<Told, ToldReply>;
  /**
   * Settles when the stream ended and nothing of ours runs any more, with what broke the stream
   * if anything did. Never rejects.
   */
  readonly closed: Promise<GoliathError | undefined>;

  constructor(init: TwoWayInit<Ask, AskReply, Told, ToldReply>) {
    this.#frames = init.frames;
    this.#decode = init.decode;
    this.#calls = new PendingCalls({ ...init.ask, frames: init.frames });
    this.#answers = new Answers({ ...init.answer, frames: init.frames });
    this.closed = this.#receive();
  }

  /** As `Caller.call`. */
  call(request: Ask, options?: CallOptions & { payload?: Uint8Array }): Promise<Message<AskReply>> {
    return this.#calls.call(request, options);
  }

  /** Ends our side: no further calls, those under way are still answered. */
  close(): Promise<void> {
    this.#calls.refuse(closedBy());
    return this.#frames.close();
  }

  abort(error: Error): void {
    this.#frames.abort(error);
  }

  async #receive(): Promise<GoliathError | undefined> {
    const broken = await this.#read();
    this.#calls.end(closedBy(broken));
    if (broken) {
      this.#frames.abort(broken);
      this.#answers.abort(broken);
    }
    await this.#answers.finish();
    await this.#frames.close().catch(() => undefined);
    return broken;
  }

  async #read(): Promise<GoliathError | undefined> {
    const frames = this.#frames;
    try {
      for (let frame = await frames.next(); frame;) {
        const { header, payload } = frame;
        const message = this.#decode(header);
        if ("reply" in message) this.#calls.settle({ body: message.reply, payload });
        else {
          const bytes = header.length + payload.length;
          await this.#answers.acceptOrRefuse({ body: message.request, payload, bytes });
        }
        frame = frames.nextHere() ?? (await frames.next());
      }
      return undefined;
    } catch (thrown) {
      return GoliathError.from(thrown);
    }
  }
}
