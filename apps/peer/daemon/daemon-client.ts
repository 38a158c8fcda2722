/** Calls to the daemons of one home. */
import {
  callControl,
  controlSocketPath,
  isNoDaemon,
  streamControl,
  type CallControlOptions,
} from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import { formatHome, homeOption } from "../arguments/home.ts";
import type { Nothing, PeerControl, PeerStreams, SharedControl } from "@goliath/peer/control";
import type { IndexControl } from "./index-methods.ts";

export type DaemonRole = "peer" | "index";

/** What the web UI of a home is asked besides. */
interface WebAnswers {
  address: { http: string };
  stop: Nothing;
}

export interface DaemonClientInit {
  home: string;
  signal: AbortSignal;
}

type Options = Omit<CallControlOptions, "signal">;

export class DaemonClient {
  readonly #home: string;
  readonly #signal: AbortSignal;

  constructor({ home, signal }: DaemonClientInit) {
    this.#home = home;
    this.#signal = signal;
  }

  peer<Name extends keyof PeerControl>(
    method: Name,
    params: PeerControl[Name]["params"],
    options: Options = {},
  ): Promise<PeerControl[Name]["result"]> {
    return this.#call("peer", { method, params, options });
  }

  index<Name extends keyof IndexControl>(
    method: Name,
    params: IndexControl[Name]["params"],
  ): Promise<IndexControl[Name]["result"]> {
    return this.#call("index", { method, params, options: {} });
  }

  /** The web UI of the home, before there is a peer too. */
  async web<Name extends keyof WebAnswers>(method: Name): Promise<WebAnswers[Name]> {
    const socket = controlSocketPath(this.#home, "web");
    try {
      return await callControl(socket, method, {}, { signal: this.#signal });
    } catch (error) {
      if (!isNoDaemon(error)) throw error;
      const start = `goliath peer start --http 4680${homeOption(this.#home)}`;
      const message = `no web UI runs in ${formatHome(this.#home)}: start one with \`${start}\``;
      throw new GoliathError("unavailable", message, { about: GoliathError.from(error).about });
    }
  }

  /** Stops the peer, or what waits for a drive to be joined. */
  async stopPeer(): Promise<Nothing> {
    try {
      return await this.peer("stop", {});
    } catch (noPeer) {
      if (!isNoDaemon(noPeer)) throw noPeer;
      return await this.web("stop").catch((error: unknown) => {
        throw isNoDaemon(error) ? noPeer : error;
      });
    }
  }

  /** Bytes from the peer, on their way when it resolves. */
  async bytes<Name extends keyof PeerStreams>(
    method: Name,
    params: PeerStreams[Name],
  ): Promise<AsyncIterable<Uint8Array>> {
    const socket = controlSocketPath(this.#home, "peer");
    try {
      return await streamControl(socket, method, params, { signal: this.#signal });
    } catch (error) {
      throw this.#explain("peer", error);
    }
  }

  /** Asks the home's peer, or its index where no peer runs. */
  shared<Name extends keyof SharedControl>(
    method: Name,
    params: SharedControl[Name]["params"],
    { index }: { index: boolean },
  ): Promise<PeerControl[Name]["result"]> {
    return this.either({
      index,
      peer: () => this.#call("peer", { method, params, options: {} }),
      otherwise: () => this.#call("index", { method, params, options: {} }),
    });
  }

  /** Tries the peer first, then the index; when neither runs, says how to start a peer. */
  async either<Result>(init: EitherInit<Result>): Promise<Result> {
    if (init.index) return init.otherwise();
    try {
      return await init.peer();
    } catch (noPeer) {
      if (!isNoDaemon(noPeer)) throw noPeer;
      return await init.otherwise().catch((error: unknown) => {
        throw isNoDaemon(error) ? noPeer : error;
      });
    }
  }

  async #call<Result>(
    role: DaemonRole,
    { method, params, options }: { method: string; params: object; options: Options },
  ): Promise<Result> {
    const socket = controlSocketPath(this.#home, role);
    try {
      return await callControl<Result>(socket, method, params, {
        ...options,
        signal: this.#signal,
      });
    } catch (error) {
      throw this.#explain(role, error);
    }
  }

  #explain(role: DaemonRole, error: unknown): unknown {
    if (!isNoDaemon(error)) return error;
    const start = `goliath ${role} start${homeOption(this.#home)}`;
    const message = `no ${role} runs in ${formatHome(this.#home)}: start one with \`${start}\``;
    return new GoliathError("unavailable", message, { about: GoliathError.from(error).about });
  }
}

export interface EitherInit<Result> {
  /** Whether only the index will do (`--index`). */
  index: boolean;
  peer: () => Promise<Result>;
  otherwise: () => Promise<Result>;
}
