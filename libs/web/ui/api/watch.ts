/** What the peer tells of itself as it changes, and whether it can be heard at all. */
import type { Clock } from "@goliath/kit";
import { ApiError } from "./api-error.ts";
import type { Client } from "./client.ts";
import type { PeerStatus, SetupState } from "./methods.ts";
import { Store } from "./store.ts";

/** First pause before asking again, doubled up to the longest: a stopped daemon is not besieged. */
const RETRY_FIRST_MS = 500;
const RETRY_LONGEST_MS = 10_000;

/**
 * - `opening`: nothing was heard yet.
 * - `live`: `status` is as it is now.
 * - `away`: the daemon does not answer; what was last heard stays.
 * - `signed-out`: there is no token, or it is not taken.
 * - `setup`: the daemon is there, but has no drive yet.
 */
export type WatchPhase = "opening" | "live" | "away" | "signed-out" | "setup";

export interface Watched {
  phase: WatchPhase;
  status?: PeerStatus;
  peersOnline: number;
  setup?: SetupState;
  /** Why it is away. */
  error?: ApiError;
}

export interface WatchInit {
  client: Client;
  /** Whether there is a token to ask with. */
  signedIn: () => boolean;
  /** Called when the token was refused: it is not sent again. */
  onRefused: () => void;
  clock: Clock;
}

export class Watch {
  readonly store = new Store<Watched>({ phase: "opening", peersOnline: 0 });
  readonly #init: WatchInit;
  #again = new AbortController();

  constructor(init: WatchInit) {
    this.#init = init;
  }

  /** Listens until aborted. */
  async run(signal: AbortSignal): Promise<void> {
    for (let pauseMs = RETRY_FIRST_MS; !signal.aborted;) {
      const heard = this.#init.signedIn() ? await this.#listen(signal) : this.#signedOut();
      if (signal.aborted) return;
      pauseMs = heard ? RETRY_FIRST_MS : Math.min(pauseMs * 2, RETRY_LONGEST_MS);
      this.#again = new AbortController();
      const early = AbortSignal.any([signal, this.#again.signal]);
      await this.#init.clock.sleep(pauseMs, early).catch(() => undefined);
    }
  }

  /** Asks again at once: after signing in, or when a person presses "try again". */
  retry(): void {
    this.#again.abort();
  }

  /** Resolves when the answer has ended: whether anything came. */
  async #listen(signal: AbortSignal): Promise<boolean> {
    let heard = false;
    try {
      // Asked first: a home without a drive would refuse all else, and the console report a fault.
      const setup = await this.#init.client.call("setup", {}, { signal });
      if (setup.state !== "ready") {
        this.store.set({ phase: "setup", peersOnline: 0, setup: setup.state });
        return false;
      }
      await this.#init.client.call(
        "watch",
        {},
        {
          signal,
          onProgress: ({ status, peersOnline }) => {
            heard = true;
            this.store.set({ phase: "live", status, peersOnline });
          },
        },
      );
      this.#away(new ApiError("closed", "Goliath has stopped."));
    } catch (thrown) {
      this.#failed(ApiError.from(thrown), signal);
    }
    return heard;
  }

  #failed(why: ApiError, signal: AbortSignal): void {
    if (signal.aborted) return;
    if (why.code === "signed-out") {
      this.#init.onRefused();
      this.#signedOut();
      return;
    }
    this.#away(why);
  }

  #signedOut(): false {
    if (this.store.get().phase !== "signed-out")
      this.store.set({ phase: "signed-out", peersOnline: 0 });
    return false;
  }

  #away(error: ApiError): void {
    this.store.update((before) => ({ ...before, phase: "away", error }));
  }
}
