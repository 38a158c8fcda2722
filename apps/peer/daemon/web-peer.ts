/**
 * A peer behind its web UI. The page is there at once, also before the home has a drive: then it is
 * asked for a link, or makes a drive, and all else answers once the peer is in.
 */
import { randomBytes } from "node:crypto";
import {
  controlSocketPath,
  lockHome,
  serveControl,
  systemClock,
  systemDisk,
  type ControlMethod,
} from "@goliath/kit";
import { startPeer, type RunningPeer } from "@goliath/peer";
import { GoliathError, hasCode } from "@goliath/protocols/nouns";
import { parseLink } from "@goliath/protocols/pass";
import { serveWeb, type SetupStatus } from "@goliath/web";
import manifest from "../package.json" with { type: "json" };
import { endingTogether } from "./ending-together.ts";
import type { Daemon, HttpOptions, PeerReady, StartPeerOptions } from "./daemons.ts";
import { linkToIndex, resumeHomeIndex, startHomeIndex, type HomeIndex } from "./home-index.ts";
import { readHttpSecrets } from "./http-secrets.ts";
import { openWebHome, type WebHome } from "./web-home.ts";

/** How often it is tried again to be let in, while the index is away. */
const JOIN_AGAIN_MS = 5_000;

export type WebPeerOptions = StartPeerOptions & { http: HttpOptions };

/** Throws `locked` for a home in use, `unavailable` when it cannot listen, what `--join` throws. */
export async function startWebPeer(options: WebPeerOptions): Promise<Daemon<PeerReady>> {
  const { home, http, log } = options;
  await using parts = new AsyncDisposableStack();
  parts.use(await lockHome(home, { disk: systemDisk, role: "web" }));
  const kept = await openWebHome(home);
  const token = await kept.token();
  const secrets = await readHttpSecrets(http);
  const web = parts.use(new WebPeer(options, kept));
  const served = parts.use(
    await serveWeb({
      listen: http.listen,
      names: http.names,
      ...secrets,
      token,
      version: manifest.version,
      control: () => web.control(),
      clock: systemClock,
      randomBytes,
      log,
    }),
  );
  const address = `${served.origin}/#token=${token}`;
  const asked: Record<string, ControlMethod> = {
    address: async () => ({ http: address }),
    stop: async () => {
      // A turn of the event loop later, so that whoever asked is answered.
      setImmediate(() => web.end());
      return {};
    },
  };
  parts.use(await serveControl({ socket: controlSocketPath(home, "web"), methods: asked }));
  await web.start();
  return {
    ready: { ...web.ready(), http: address },
    ...endingTogether(parts.move(), web.ended),
  };
}

class WebPeer implements AsyncDisposable {
  readonly #options: WebPeerOptions;
  readonly #kept: WebHome;
  readonly #ended = Promise.withResolvers<void>();
  readonly #closing = new AbortController();
  #index: HomeIndex | undefined;
  #peer: RunningPeer | undefined;
  /** One at a time tries to let the peer in. */
  #trying: Promise<unknown> = Promise.resolve();
  #again: AbortController | undefined;
  #state: "new" | "joining" = "new";
  #problem: string | undefined;
  #asked = false;

  constructor(options: WebPeerOptions, kept: WebHome) {
    this.#options = options;
    this.#kept = kept;
  }

  /** Ends it all. */
  end(): void {
    this.#ended.resolve();
  }

  /** Settles when the peer has ended; rejects with the fault it died of. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  ready(): PeerReady {
    if (this.#peer) return this.#peer.ready;
    return { ready: true, listen: [], setup: this.#state };
  }

  /** Goes on with what the home has; with a link, joins first. */
  async start(): Promise<void> {
    const { join } = this.#options;
    if (this.#kept.runsIndex) this.#index = await resumeHomeIndex(this.#indexOptions());
    this.#state = "joining";
    const tried = this.#try(join);
    await tried.catch((error: unknown) => {
      if (join !== undefined || !isRefused(error)) throw error;
      this.#state = "new";
      // That nothing was joined yet is no problem.
      if (error.code !== "no-pass") this.#problem = error.message;
    });
  }

  control() {
    const own = { setup: this.#setup, join: this.#join, createDrive: this.#createDrive };
    if (this.#peer) {
      const { methods, streams } = this.#peer.control;
      return { methods: { ...methods, ...own }, streams };
    }
    const message = "this peer has not joined a drive yet";
    const refuse: ControlMethod = async () => {
      throw new GoliathError("no-pass", message);
    };
    return { methods: { ...own }, streams: {}, otherwise: refuse };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new GoliathError("closed", "the peer is stopping"));
    await this.#trying.catch(() => undefined);
    try {
      await this.#peer?.stop();
    } finally {
      await this.#index?.stop();
      this.#ended.resolve();
    }
  }

  readonly #setup: ControlMethod = async () => this.#status();

  readonly #join: ControlMethod = async (params) => {
    const link = params.string("link");
    parseLink(link);
    return this.#once(async () => {
      if (this.#kept.runsIndex) throw new GoliathError("exists", "a drive was created here");
      await this.#begin(params.optionalString("name"));
      return this.#letIn(link);
    });
  };

  readonly #createDrive: ControlMethod = (params) =>
    this.#once(async () => {
      await this.#begin(params.optionalString("name"));
      if (!this.#kept.runsIndex) await this.#createIndex();
      return this.#letIn();
    });

  /** One wish at a time: two drives cannot be made here. */
  async #once<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#asked) throw new GoliathError("busy", "this peer is joining a drive already");
    this.#asked = true;
    try {
      return await work();
    } finally {
      this.#asked = false;
    }
  }

  async #createIndex(): Promise<void> {
    // Before it is made: a start that comes after a crash goes on from here.
    await this.#kept.save({ runsIndex: true });
    try {
      this.#index = await startHomeIndex(this.#indexOptions());
    } catch (error) {
      await this.#kept.save({ runsIndex: false });
      this.#state = "new";
      throw error;
    }
  }

  #status(): SetupStatus {
    const problem = this.#problem === undefined ? {} : { problem: this.#problem };
    const homeHasIndex = this.#kept.runsIndex;
    return { state: this.#peer ? "ready" : this.#state, homeHasIndex, ...problem };
  }

  /** Whoever comes later has another wish: what was tried before ends. */
  async #begin(name: string | undefined): Promise<void> {
    this.#again?.abort();
    await this.#trying.catch(() => undefined);
    if (this.#peer) throw new GoliathError("exists", "this peer has joined a drive already");
    if (name !== undefined && name !== "") await this.#kept.save({ name });
    this.#state = "joining";
    this.#problem = undefined;
  }

  async #letIn(link?: string): Promise<SetupStatus> {
    await this.#try(link).catch((error: unknown) => {
      this.#state = "new";
      throw error;
    });
    return this.#status();
  }

  /** Resolves when the peer is in, or when it will be tried again. */
  #try(link: string | undefined): Promise<void> {
    const trying = this.#tryOnce(link);
    this.#trying = trying;
    return trying;
  }

  async #tryOnce(link: string | undefined): Promise<void> {
    const { http: _http, index: _index, home, ...own } = this.#options;
    const { name = own.name } = this.#kept;
    const index = this.#index;
    const join = this.#kept.runsIndex
      ? (state: { isMember: boolean }) => linkToIndex({ home, index }, state)
      : link;
    try {
      this.#closing.signal.throwIfAborted();
      const peer = await startPeer({ ...own, home, name, join });
      this.#peer = peer;
      this.#problem = undefined;
      peer.closed.then(this.#ended.resolve, this.#ended.reject);
    } catch (thrown) {
      const error = GoliathError.from(thrown);
      if (this.#closing.signal.aborted || !isAway(error)) throw error;
      this.#problem = error.message;
      void this.#tryAgain();
    }
  }

  /** The link was taken: it is not needed again. */
  async #tryAgain(): Promise<void> {
    const again = new AbortController();
    this.#again = again;
    const signal = AbortSignal.any([again.signal, this.#closing.signal]);
    await systemClock.sleep(JOIN_AGAIN_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    await this.#try(undefined).catch((error: unknown) => {
      this.#state = "new";
      this.#problem = GoliathError.from(error).message;
    });
  }

  #indexOptions() {
    const { home, log, index } = this.#options;
    return { ...index, home, log };
  }
}

/** The index may answer another time. */
function isAway(error: GoliathError): boolean {
  return hasCode(error, "unavailable", "timeout", "closed", "busy");
}

/** The index said no, or nothing was ever joined: a new link may do. */
function isRefused(error: unknown): error is GoliathError {
  return hasCode(error, "no-pass", "bad-invite");
}
