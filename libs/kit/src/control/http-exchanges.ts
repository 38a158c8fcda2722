/** The exchanges of an HTTP server that are under way, so that it can end without cutting them. */
import type { Server } from "node:http";
import { GoliathError } from "@goliath/protocols/nouns";
import { systemClock, type Clock } from "../clock.ts";

/** How long a stopping daemon waits for clients to read the last of their answers. */
const CLOSING_GRACE_MS = 1_000;

export class HttpExchanges {
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #closing: Promise<void> | undefined;

  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Aborts when the server is to end. */
  get stopping(): AbortSignal {
    return this.#stopping.signal;
  }

  /** Is waited for when the server ends; never rejects by itself. */
  track(exchange: Promise<void>): void {
    this.#running.add(exchange);
    void exchange.finally(() => this.#running.delete(exchange));
  }

  /** Takes no more, aborts what is under way, waits for it, and for its readers a little. */
  close(server: Server): Promise<void> {
    return (this.#closing ??= this.#close(server));
  }

  async #close(server: Server): Promise<void> {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    this.#stopping.abort(new GoliathError("closed", "the daemon is stopping"));
    await Promise.allSettled(this.#running);
    const grace = new AbortController();
    const waited = this.#clock.sleep(CLOSING_GRACE_MS, grace.signal);
    await Promise.race([closed, waited]);
    grace.abort();
    await waited.catch(() => undefined);
    server.closeAllConnections();
    await closed;
  }
}
