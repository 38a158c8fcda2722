/** The telling end of the feed protocol. */
import { GoliathError } from "../nouns/exports.ts";
import { decodeHeader, type FrameStream } from "../wire/exports.ts";
import {
  eventToWire,
  followRequest,
  revocationsToWire,
  type FeedMessageBody,
} from "./feed-wire.ts";
import { FeedRequest } from "./generated/feed.js";
import { Outbox } from "./outbox.ts";
import { SUBSCRIPTIONS_MAX, type FeedService } from "./service.ts";

export interface ServeFeedOptions {
  /** Told of faults of ours, which the follower sees as `internal` only. */
  onFault?: (error: GoliathError) => void;
}

/**
 * Answers until the other side closed, and ends all subscriptions then. Throws what broke the
 * stream. `service` is the caller's own: it knows who asks.
 */
export async function serveFeed(
  frames: FrameStream,
  service: FeedService,
  options: ServeFeedOptions = {},
): Promise<void> {
  const subscriptions = new Subscriptions({ frames, service, ...options });
  try {
    for await (const { header } of frames.frames()) {
      await subscriptions.take(decodeHeader(FeedRequest, header));
    }
  } catch (thrown) {
    const error = GoliathError.from(thrown);
    frames.abort(error);
    throw error;
  } finally {
    await subscriptions.finish();
    await frames.close().catch(() => undefined);
  }
}

interface SubscriptionsInit extends ServeFeedOptions {
  frames: FrameStream;
  service: FeedService;
}

class Subscriptions {
  readonly #init: SubscriptionsInit;
  readonly #running = new Map<number, { outbox: Outbox; done: Promise<void> }>();
  #last = 0;

  constructor(init: SubscriptionsInit) {
    this.#init = init;
  }

  /** Resolves when the next request may come. */
  async take(request: FeedRequest): Promise<void> {
    const { subscription, credit, stop } = request;
    // Credit and stop may cross the end of their subscription.
    if (credit) this.#running.get(subscription)?.outbox.credit(credit.bytes);
    else if (stop) this.#running.get(subscription)?.outbox.stop();
    else await this.#start(request);
  }

  async finish(): Promise<void> {
    const running = [...this.#running.values()];
    for (const { outbox } of running) outbox.stop();
    await Promise.all(running.map(({ done }) => done));
  }

  async #start(request: FeedRequest): Promise<void> {
    const { subscription } = request;
    if (subscription <= this.#last) {
      throw new GoliathError("bad-request", "a subscription's number was used before");
    }
    this.#last = subscription;
    const outbox = new Outbox(this.#init.frames, subscription);
    if (this.#running.size >= SUBSCRIPTIONS_MAX) {
      return outbox.end(new GoliathError("busy", "too many subscriptions at once"));
    }
    const done = outbox
      .run(this.#messages(request, outbox.signal), this.#init.onFault)
      .finally(() => this.#running.delete(subscription));
    this.#running.set(subscription, { outbox, done });
  }

  async *#messages(
    { follow, revocations }: FeedRequest,
    signal: AbortSignal,
  ): AsyncGenerator<FeedMessageBody> {
    const { service } = this.#init;
    if (follow) {
      const events = service.follow(followRequest.fromWire(follow), { signal });
      for await (const event of events) yield* eventToWire(event);
    } else if (revocations) {
      for await (const list of service.revocations({ signal })) yield* revocationsToWire(list);
    } else throw new GoliathError("unsupported", "a request that this version does not know");
  }
}
