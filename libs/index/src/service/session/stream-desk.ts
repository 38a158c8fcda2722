/** Takes the streams peers open, admits their openers, and serves each by its protocol. */
import type { Clock, Log } from "@goliath/kit";
import type { Network } from "@goliath/net";
import { FEED_BOUNDS, FEED_PROTOCOL, serveFeed } from "@goliath/protocols/feed";
import {
  HOLDINGS_BOUNDS,
  HOLDINGS_PROTOCOL,
  serveHoldings,
  type Holder,
} from "@goliath/protocols/holdings";
import { INDEX_BOUNDS, INDEX_PROTOCOL, serveIndex, StageBudget } from "@goliath/protocols/index";
import { GoliathError } from "@goliath/protocols/nouns";
import { welcome } from "@goliath/protocols/pass";
import { FrameStream, type ByteStream, type FrameBounds } from "@goliath/protocols/wire";
import type { CommitFeed } from "../feed/commit-feed.ts";
import type { Presence } from "../holdings/presence.ts";
import type { ReportDesk } from "../holdings/report-desk.ts";
import { withDeadline } from "@goliath/kit";
import { CallerService, type CallerParts } from "./caller-service.ts";
import type { LiveStreams } from "./live-streams.ts";

/** Streams of one protocol from one peer: the one it uses, and those it has given up on. */
const STREAMS_PER_PEER_MAX = 4;
/** A peer that opens a stream has its hello ready; strangers do not hold streams for longer. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface StreamDeskInit {
  callers: CallerParts;
  feed: CommitFeed;
  reports: ReportDesk;
  presence: Presence;
  live: LiveStreams;
  clock: Clock;
  log: Log;
}

interface Offer {
  bounds: FrameBounds;
  /** Whether an invite opens it. */
  mayJoin: boolean;
  serve: (frames: FrameStream) => Promise<void>;
}

export class StreamDesk {
  readonly #init: StreamDeskInit;
  /** Bounds what all peers together have staged of commits under way. */
  readonly #stageBudget = new StageBudget();
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();

  constructor(init: StreamDeskInit) {
    this.#init = init;
  }

  async answerOn(network: Network): Promise<void> {
    const offers: Record<string, Offer> = {
      [INDEX_PROTOCOL]: {
        bounds: INDEX_BOUNDS,
        mayJoin: true,
        serve: (frames) => this.#serveIndex(frames),
      },
      [FEED_PROTOCOL]: {
        bounds: FEED_BOUNDS,
        mayJoin: false,
        serve: (frames) => serveFeed(frames, this.#init.feed, this.#options),
      },
      [HOLDINGS_PROTOCOL]: {
        bounds: HOLDINGS_BOUNDS,
        mayJoin: false,
        serve: (frames) => this.#serveHoldings(frames),
      },
    };
    for (const [protocol, offer] of Object.entries(offers)) {
      await network.handle(protocol, (stream) => this.#track(this.#answer(stream, offer)), {
        inboundMax: STREAMS_PER_PEER_MAX,
      });
    }
  }

  /** Ends every stream and waits for what was under way. */
  async close(): Promise<void> {
    const reason = new GoliathError("closed", "the index is stopping");
    this.#closing.abort(reason);
    this.#init.live.endAll(reason);
    await Promise.allSettled(this.#running);
  }

  async #answer(stream: ByteStream, offer: Offer): Promise<void> {
    const { callers, live, clock } = this.#init;
    const { peer } = stream;
    this.#closing.signal.throwIfAborted();
    const frames = new FrameStream(stream, offer.bounds);
    // Known before it is admitted: a revocation in between ends it too.
    using _live = live.add(peer, frames);
    await withDeadline(
      { clock, timeoutMs: HANDSHAKE_TIMEOUT_MS, signal: this.#closing.signal },
      (signal) =>
        welcome(
          frames,
          (hello) => callers.admission.admit(hello, { peer, mayJoin: offer.mayJoin }),
          {
            signal,
          },
        ),
    );
    await offer.serve(frames);
  }

  #serveIndex(frames: FrameStream): Promise<void> {
    const service = new CallerService(this.#init.callers, frames.peer);
    return serveIndex(frames, service, { ...this.#options, stageBudget: this.#stageBudget });
  }

  async #serveHoldings(frames: FrameStream): Promise<void> {
    const { reports, presence } = this.#init;
    const { peer } = frames;
    const arrived: Holder[] = [];
    try {
      await serveHoldings(frames, {
        service: reports.serviceFor(peer),
        onHolder: (holder) => {
          arrived.push(holder);
          presence.arrive(peer, holder);
        },
        ...this.#options,
      });
    } finally {
      for (const holder of arrived) presence.leave(peer, holder);
    }
  }

  get #options(): { onFault: (error: GoliathError) => void } {
    return { onFault: (error) => this.#init.log.error("a call failed by our fault", { error }) };
  }

  #track(running: Promise<void>): Promise<void> {
    const one = running.finally(() => this.#running.delete(one));
    this.#running.add(one);
    return one;
  }
}
