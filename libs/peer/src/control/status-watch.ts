/** `watch`: the peer's status whenever it changed, for a page that stays open. */
import type { ControlCall } from "@goliath/kit";
import type { Peer } from "../peer.ts";
import type { WatchedStatus } from "./peer-control.ts";
import { readStatus } from "./read-status.ts";

/** Nobody reads faster; however many watch, the peer is looked at this often. */
const LOOK_MS = 1_000;
/** Of a slow look, such as at mirrors of millions of files, a twentieth of the time. */
const LOOK_PAUSE_FACTOR = 20;
/** Who is online and what mirrored directories are called is asked of the index: less often. */
const ASK_MS = 5_000;

export class StatusWatch {
  readonly #peer: Peer;
  #shared: Promise<WatchedStatus> | undefined;
  #nextLookMs = 0;
  #nextAskMs = 0;
  #peersOnline = 0;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** Tells at once and then what changed, until the call ends. */
  async follow({ signal, progress }: Pick<ControlCall, "signal" | "progress">): Promise<never> {
    let told = "";
    for (;;) {
      const found = await this.#look();
      const text = JSON.stringify(found);
      if (text !== told) await progress(found);
      told = text;
      const waitMs = Math.max(LOOK_MS, this.#nextLookMs - this.#nowMs());
      await this.#peer.clock.sleep(waitMs, signal);
    }
  }

  /** One look for all who watch. */
  #look(): Promise<WatchedStatus> {
    if (this.#shared && this.#nowMs() < this.#nextLookMs) return this.#shared;
    const startMs = this.#nowMs();
    this.#nextLookMs = Infinity;
    this.#shared = this.#read().finally(() => {
      const tookMs = this.#nowMs() - startMs;
      this.#nextLookMs = startMs + Math.max(LOOK_MS, tookMs * LOOK_PAUSE_FACTOR);
    });
    return this.#shared;
  }

  async #read(): Promise<WatchedStatus> {
    // No caller's own: a look is shared, and one of those who wait may leave.
    const { signal } = new AbortController();
    await this.#ask(signal);
    return { status: await readStatus(this.#peer, signal), peersOnline: this.#peersOnline };
  }

  async #ask(signal: AbortSignal): Promise<void> {
    const { session, mirrors, peerId } = this.#peer;
    if (!session.connected()) this.#peersOnline = 0;
    if (!session.connected() || this.#nowMs() < this.#nextAskMs) return;
    this.#nextAskMs = this.#nowMs() + ASK_MS;
    await mirrors.nameAnew(signal);
    const peers = await session.service.peers({ signal }).catch(() => []);
    this.#peersOnline = peers.filter(({ peer, online }) => online && peer !== peerId).length;
  }

  #nowMs(): number {
    return this.#peer.clock.monotonicMs();
  }
}
