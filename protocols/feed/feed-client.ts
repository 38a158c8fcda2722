/** The following end of the feed protocol. */
import { GoliathError } from "../nouns/exports.ts";
import {
  closedBy,
  decodeHeader,
  fromStatus,
  STATUS_OK,
  type Frame,
  type FrameStream,
} from "../wire/exports.ts";
import {
  eventFromWire,
  followRequest,
  revocationsFromWire,
  type FeedMessageBody,
} from "./feed-wire.ts";
import { FeedMessage, FeedRequest } from "./generated/feed.js";
import { Inbox } from "./inbox.ts";
import {
  SUBSCRIPTIONS_MAX,
  type FeedEvent,
  type FeedService,
  type FollowRequest,
  type Revocations,
} from "./service.ts";

interface SubscribeInit<Event> {
  body: Partial<FeedRequest>;
  signal: AbortSignal;
  fromWire: (message: FeedMessageBody) => Event;
}

/**
 * Follows over `frames`, after the handshake: many subscriptions on one stream, each at its own
 * pace. A subscription begins when it is first iterated. It ends without an error when its signal
 * aborts.
 */
export class FeedClient implements FeedService {
  readonly #frames: FrameStream;
  /** Kept until the other end confirms the end: it counts towards the bound there as well. */
  readonly #subscriptions = new Map<number, Inbox<FeedMessage>>();
  /** Settles when the stream ended. Never rejects. */
  readonly closed: Promise<void>;
  #number = 0;
  #ended: GoliathError | undefined;

  constructor(frames: FrameStream) {
    this.#frames = frames;
    this.closed = this.#receive();
  }

  /** Throws `busy` beyond `SUBSCRIPTIONS_MAX`. */
  follow(request: FollowRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<FeedEvent> {
    const body = { follow: followRequest.toWire(request) };
    return this.#subscribe({ body, signal, fromWire: eventFromWire });
  }

  /** Throws `busy` beyond `SUBSCRIPTIONS_MAX`. */
  revocations({ signal }: { signal: AbortSignal }): AsyncGenerator<Revocations> {
    return this.#subscribe({ body: { revocations: {} }, signal, fromWire: revocationsFromWire });
  }

  /** Ends our side; the other end then ends all subscriptions. */
  close(): Promise<void> {
    return this.#frames.close();
  }

  abort(error: Error): void {
    this.#frames.abort(error);
  }

  async *#subscribe<Event>(init: SubscribeInit<Event>): AsyncGenerator<Event> {
    const { body, signal, fromWire } = init;
    if (signal.aborted) return;
    const { inbox, subscription } = this.#open();
    const onAbort = (): void => inbox.discard();
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      await this.#send({ subscription, ...body });
      for (let next = await inbox.next(); next; next = await inbox.next()) {
        yield fromWire(next.message);
        const bytes = inbox.credit(next.bytes);
        if (bytes > 0) await this.#send({ subscription, credit: { bytes } });
      }
    } finally {
      signal.removeEventListener("abort", onAbort);
      inbox.discard();
      if (this.#subscriptions.has(subscription)) {
        this.#send({ subscription, stop: {} }).catch(() => undefined);
      }
    }
  }

  #open(): { inbox: Inbox<FeedMessage>; subscription: number } {
    if (this.#ended) throw this.#ended;
    if (this.#subscriptions.size >= SUBSCRIPTIONS_MAX) {
      throw new GoliathError("busy", `more than ${SUBSCRIPTIONS_MAX} subscriptions at once`);
    }
    const inbox = new Inbox<FeedMessage>();
    const subscription = ++this.#number;
    this.#subscriptions.set(subscription, inbox);
    return { inbox, subscription };
  }

  #send(request: Partial<FeedRequest>): Promise<void> {
    return this.#frames.send(FeedRequest.encode(request));
  }

  async #receive(): Promise<void> {
    try {
      for await (const frame of this.#frames.frames()) this.#take(frame);
      this.#end(closedBy());
      await this.#frames.close();
    } catch (error) {
      this.#end(closedBy(error));
      this.#frames.abort(GoliathError.from(error));
    }
  }

  #take({ header }: Frame): void {
    const message = decodeHeader(FeedMessage, header);
    const { subscription, end } = message;
    const inbox = this.#subscriptions.get(subscription);
    if (!inbox) throw new GoliathError("bad-request", "a message of no subscription");
    if (!end) return inbox.push({ message, bytes: header.length });
    this.#subscriptions.delete(subscription);
    inbox.end(end.status === STATUS_OK ? undefined : fromStatus(end));
  }

  #end(error: GoliathError): void {
    this.#ended = error;
    for (const inbox of this.#subscriptions.values()) inbox.end(error);
    this.#subscriptions.clear();
  }
}
