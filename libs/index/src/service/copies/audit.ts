/**
 * Looks whether keepers have what they claim: reads whole chunks back, one at a time, of keepers
 * and chunks that nobody can foresee. Whoever cannot show a chunk loses that claim at once. Only
 * what something uses is asked for: who claims all the ids there are is audited no less for it.
 */
import { withDeadline, type Clock, type Log } from "@goliath/kit";
import {
  digestAt,
  digestOf,
  equalBytes,
  hasCode,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";
import { countRuns } from "@goliath/protocols/wire";
import type { HoldingsMap } from "../holdings/holdings-map.ts";
import { idAt, intersectRuns, runSet } from "../holdings/run-set.ts";
import type { Presence } from "../holdings/presence.ts";
import type { Keepers } from "./keepers.ts";
import type { KeptBook } from "./kept-book.ts";
import { wholeBlock } from "./survey.ts";
import type { UsageMap } from "./usage-map.ts";

/** So many intervals pass at once while there is nobody to audit. */
const TIMES_WITHOUT_KEEPERS = 60;
/** Blocks looked at before the index does something else. */
const TURN_BLOCKS = 512;
/** The largest chunk over a line of half a Mbit/s. */
const READ_TIMEOUT_MS = 60_000;

export interface AuditInit {
  keepers: Keepers;
  book: KeptBook;
  /** What peers serve. */
  map: HoldingsMap;
  presence: Pick<Presence, "isOnline">;
  usage: () => UsageMap | undefined;
  digests: (runs: ChunkRun[]) => Promise<Uint8Array>;
  readBack: (peer: PeerId, id: ChunkId, options: { signal: AbortSignal }) => Promise<Uint8Array>;
  settings: { auditIntervalMs: number };
  clock: Clock;
  /** From 0 to 1, exclusive. Keepers must not be able to foresee it. */
  random: () => number;
  log: Log;
  /** A claim was taken away. */
  onCaught: () => void;
}

export class Audit {
  readonly #init: AuditInit;
  #audited = 0;

  constructor(init: AuditInit) {
    this.#init = init;
  }

  /** Chunks that were read back, right or wrong. */
  get audited(): number {
    return this.#audited;
  }

  /** Until aborted; then it returns. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, settings, log } = this.#init;
    while (!signal.aborted) {
      try {
        const times = this.#init.keepers.all().length > 0 ? 1 : TIMES_WITHOUT_KEEPERS;
        await clock.sleep(times * settings.auditIntervalMs, signal);
        await this.#one(signal);
      } catch (error) {
        if (!signal.aborted) log.error("a keeper could not be audited", { error });
      }
    }
  }

  /** The peer could not show a chunk that it claims: the claim is gone, and counted. */
  async caught(peer: PeerId, id: ChunkId): Promise<void> {
    const { book, map, keepers, log, onCaught } = this.#init;
    const claim = [{ first: id, count: 1 }];
    // What it has told us itself meanwhile is no lie.
    if (book.of(peer, claim).length === 0) return;
    book.remove(peer, claim);
    map.remove(peer, claim);
    log.warn("a keeper could not show a chunk that it claims to keep", { peer, id });
    onCaught();
    await keepers.failed(peer);
  }

  async #one(signal: AbortSignal): Promise<void> {
    const { keepers, book, presence, random } = this.#init;
    const peers = keepers.all().filter((peer) => presence.isOnline(peer) && book.chunks(peer) > 0);
    const peer = peers[Math.floor(random() * peers.length)];
    const id = peer && (await this.#draw(peer, signal));
    if (peer !== undefined && id !== undefined) await this.check(peer, { id, signal });
  }

  /** Whether the peer has shown a chunk just now. One that it should have and has not is caught. */
  async check(
    peer: PeerId,
    { id, signal }: { id: ChunkId; signal: AbortSignal },
  ): Promise<boolean> {
    const shown = await this.#shows(peer, { id, signal });
    if (shown === undefined) return false;
    this.#audited++;
    if (shown) this.#init.keepers.showed(peer);
    else await this.caught(peer, id);
    return shown;
  }

  /**
   * A chunk that the peer claims and something uses, each as likely: what nothing uses has no digest
   * to compare with.
   */
  async #draw(peer: PeerId, signal: AbortSignal): Promise<ChunkId | undefined> {
    const { book, clock, random, usage } = this.#init;
    const used = usage();
    let chosen: ChunkRun[] = [];
    let seen = 0;
    for (const [at, block] of (used?.blocks() ?? []).entries()) {
      if ((at + 1) % TURN_BLOCKS === 0) await clock.sleep(0, signal);
      if (!used || !book.hasOf(block, peer)) continue;
      const pieces = [...used.pieces(wholeBlock(block))];
      const wanted = pieces.filter(({ copies }) => copies !== undefined);
      const claimed = intersectRuns(book.of(peer, [wholeBlock(block)]), runSet(wanted));
      const count = countRuns(claimed);
      seen += count;
      if (random() * seen < count) chosen = claimed;
    }
    return idAt(chosen, Math.floor(random() * countRuns(chosen)));
  }

  /** Undefined when it could not be asked: that it is away or busy says nothing of what it has. */
  async #shows(
    peer: PeerId,
    { id, signal }: { id: ChunkId; signal: AbortSignal },
  ): Promise<boolean | undefined> {
    const { clock, digests, readBack } = this.#init;
    const sums = await digests([{ first: id, count: 1 }]);
    try {
      const bytes = await withDeadline({ clock, timeoutMs: READ_TIMEOUT_MS, signal }, (deadline) =>
        readBack(peer, id, { signal: deadline }),
      );
      return equalBytes(digestOf(bytes), digestAt(sums, 0));
    } catch (error) {
      signal.throwIfAborted();
      return hasCode(error, "missing", "corrupt", "changed") ? false : undefined;
    }
  }
}
