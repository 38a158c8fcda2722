/**
 * Dead connections, noticed. yamux pings every connection each tick, so a living one is never
 * silent for long; one that stays silent is aborted, and with it its streams. Only silence counts,
 * not a slow answer: behind megabytes on a slow link a ping waits its turn while bytes flow.
 */
import type { MessageStream } from "@libp2p/interface";
import type { Clock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";

/** Milliseconds between pings. 5 s keeps NAT bindings and TCP open for 12 bytes each way. */
export const PING_INTERVAL_MS = 5_000;
/**
 * Silent ticks after which a connection is dead: it is noticed 15 to 20 s after the last byte.
 * Ticks are counted, not time: after a stall of our own only one tick has passed.
 */
export const SILENT_TICKS_MAX = 3;

export interface LivenessInit {
  clock: Clock;
  pingIntervalMs?: number;
}

interface Watched {
  connection: MessageStream;
  silentTicks: number;
}

export class Liveness {
  readonly pingIntervalMs: number;
  readonly #clock: Clock;
  readonly #watched = new Set<Watched>();

  constructor({ clock, pingIntervalMs = PING_INTERVAL_MS }: LivenessInit) {
    this.#clock = clock;
    this.pingIntervalMs = pingIntervalMs;
  }

  /** Counts a connection dead once it falls silent. Its other end must ping, or answer pings. */
  watch(connection: MessageStream): void {
    const watched = { connection, silentTicks: 0 };
    this.#watched.add(watched);
    connection.addEventListener("message", () => (watched.silentTicks = 0));
    connection.addEventListener("close", () => this.#watched.delete(watched));
  }

  /** Watches until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#clock.sleep(this.pingIntervalMs, signal).catch(() => undefined);
      if (!signal.aborted) this.#tick();
    }
  }

  #tick(): void {
    for (const watched of this.#watched) {
      if (++watched.silentTicks <= SILENT_TICKS_MAX) continue;
      this.#watched.delete(watched);
      watched.connection.abort(new GoliathError("closed", "the other side fell silent"));
    }
  }
}
