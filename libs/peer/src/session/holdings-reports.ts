/**
 * Tells the index what this peer can serve, and what of it is kept in its own store: in full when
 * the index does not know this session, then only what changed. What is told is read from the
 * stores at the moment of telling, so a chunk that moved from one store to another meanwhile is
 * never called lost. Over the same stream come the index's proofs and orders.
 */
import { subtractRuns, type ChunkReader } from "@goliath/chunks";
import { Listeners, type Clock, type Log } from "@goliath/kit";
import {
  connectHoldings,
  HEARTBEAT_INTERVAL_MS,
  PROVE_DIGESTS_MAX,
  REPORT_RUNS_MAX,
  type Heartbeat,
  type HolderService,
  type HoldingsReport,
  type HoldingsService,
  type OrderService,
} from "@goliath/protocols/holdings";
import {
  DIGEST_BYTES,
  equalBytes,
  GoliathError,
  hasCode,
  type ChunkId,
  type ChunkRun,
} from "@goliath/protocols/nouns";
import type { FrameStream } from "@goliath/protocols/wire";
import type { HoldingsReporter } from "../parts.ts";
import { TouchedRuns } from "./touched-runs.ts";

/** Changes are gathered for this long, so that thousands of chunks become one report. */
const GATHER_MS = 50;
/** Runs told in one delta, so that what is held of them mostly fits one report. */
const DELTA_RUNS = REPORT_RUNS_MAX / 4;
/** Of each of the four lists of a report. */
const LIST_RUNS_MAX = REPORT_RUNS_MAX / 4;

export interface HoldingsReportsInit {
  /** All that can be served. */
  chunks: ChunkReader;
  /** Of these, what lies in the peer's own store. */
  kept: ChunkReader;
  /** Does what the index orders; without it orders are refused. */
  orders?: () => OrderService;
  clock: Clock;
  log: Log;
  /** Names this process's numbering of reports. */
  session: string;
  heartbeat: () => Promise<Heartbeat>;
}

export class HoldingsReports implements HoldingsReporter, HolderService {
  readonly #init: HoldingsReportsInit;
  readonly #touched = new TouchedRuns();
  readonly #keptTouched = new TouchedRuns();
  readonly #stirred = new Listeners<void>();
  readonly #told = new Listeners<void>();
  #number = 0;
  /** Whether the index has everything up to `#number`. */
  #inStep = false;
  #sending = false;
  #hurry = false;
  /** The newest stream on which a session was begun: orders of older ones are void. */
  #begun: FrameStream | undefined;
  /** Ends the wait for the next heartbeat. */
  #beatSoon = new AbortController();

  constructor(init: HoldingsReportsInit) {
    this.#init = init;
    this.#watch(init.chunks, this.#touched);
    this.#watch(init.kept, this.#keptTouched);
  }

  #watch(chunks: ChunkReader, touched: TouchedRuns): void {
    chunks.onChange(({ added, removed }) => {
      touched.add(added);
      touched.add(removed);
      this.#stirred.emit();
    });
  }

  /** Speaks over one stream until it ends. */
  async run(frames: FrameStream): Promise<void> {
    this.#inStep = false;
    const ended = new AbortController();
    const orders = this.#init.orders && this.#ordersOf(frames, this.#init.orders());
    const client = connectHoldings(frames, { holder: this, ...(orders && { orders }) });
    const closed = client.closed.finally(() => {
      if (this.#begun === frames) this.#inStep = false;
      ended.abort(new GoliathError("closed", "the index went away"));
      this.#told.emit();
    });
    await Promise.all([
      closed,
      this.#report(client, { frames, signal: ended.signal }),
      this.#beat(client, ended.signal),
    ]);
  }

  /** What the index asks before a commit: whether these ids are these bytes here. */
  async prove({ runs, sums }: { runs: ChunkRun[]; sums: Uint8Array }): Promise<void> {
    if (sums.length > PROVE_DIGESTS_MAX * DIGEST_BYTES)
      throw new GoliathError("too-large", "too many digests");
    let ours: Uint8Array;
    try {
      ours = this.#init.chunks.digests(runs);
    } catch (cause) {
      const { about } = GoliathError.from(cause);
      throw new GoliathError("unverified", "a chunk is not here", { cause, about });
    }
    if (equalBytes(ours, sums)) return;
    throw new GoliathError("unverified", "a chunk's digest is another here");
  }

  async flush(signal?: AbortSignal): Promise<void> {
    this.#hurry = true;
    this.#stirred.emit();
    while (!this.#inStep || this.#sending || !this.#isToldAll) await this.#told.next(signal);
  }

  /** Tells the index at once how this peer stands, if there is a stream. */
  beatNow(): void {
    this.#beatSoon.abort();
  }

  get #isToldAll(): boolean {
    return this.#touched.isEmpty && this.#keptTouched.isEmpty;
  }

  /** An index that restarted has heard anew what is held: what it ordered before must not be done. */
  #ordersOf(frames: FrameStream, orders: OrderService): OrderService {
    const check = (): void => {
      if (this.#begun === frames) return;
      throw new GoliathError("closed", "a session was begun on another stream");
    };
    return {
      announce: async (announcement, options) => {
        check();
        await orders.announce(announcement, options);
      },
      copy: async (order, options) => {
        check();
        await orders.copy(order, options);
      },
      drop: async (request, options) => {
        check();
        await orders.drop(request, options);
      },
    };
  }

  async #report(
    client: HoldingsService,
    { frames, signal }: { frames: FrameStream; signal: AbortSignal },
  ): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!this.#inStep) {
          this.#begun = frames;
          await this.#begin(client);
        }
        await this.#tellTouched(client);
        this.#told.emit();
        if (this.#isToldAll) await this.#stirred.next(signal);
        if (!this.#hurry) await this.#init.clock.sleep(GATHER_MS, signal);
        this.#hurry = false;
      } catch (thrown) {
        if (signal.aborted) return;
        this.#startOver(thrown);
        this.#number = 0;
      }
    }
  }

  async #begin(client: HoldingsService): Promise<void> {
    const { number } = await client.begin({ session: this.#init.session });
    if (number === 0 || number !== this.#number) await this.#tellAll(client);
    this.#inStep = true;
  }

  async #tellAll(client: HoldingsService): Promise<void> {
    let full = true;
    const { chunks, kept } = this.#init;
    for (const added of pagesOf(chunks)) {
      await this.#tell(client, { full, added, removed: [] });
      full = false;
    }
    for (const added of pagesOf(kept)) {
      await this.#tell(client, { full, added: [], removed: [], kept: { added, removed: [] } });
      full = false;
    }
    if (full) await this.#tell(client, { full, added: [], removed: [] });
  }

  async #tellTouched(client: HoldingsService): Promise<void> {
    this.#sending = true;
    try {
      while (!this.#isToldAll) {
        const touched = this.#touched.take(DELTA_RUNS);
        const keptTouched = this.#keptTouched.take(DELTA_RUNS);
        if (touched === "all" || keptTouched === "all") await this.#tellAll(client);
        else await this.#tellDelta(client, { touched, keptTouched });
      }
    } finally {
      this.#sending = false;
    }
  }

  async #tellDelta(
    client: HoldingsService,
    { touched, keptTouched }: { touched: ChunkRun[]; keptTouched: ChunkRun[] },
  ): Promise<void> {
    const { chunks, kept } = this.#init;
    const lists = [chunks.held(touched), kept.held(keptTouched)] as const;
    const [added, keptAdded] = lists;
    const removed = subtractRuns(touched, added);
    const keptRemoved = subtractRuns(keptTouched, keptAdded);
    const longest = Math.max(...[...lists, removed, keptRemoved].map(({ length }) => length));
    for (let at = 0; at < longest; at += LIST_RUNS_MAX) {
      const part = (runs: ChunkRun[]): ChunkRun[] => runs.slice(at, at + LIST_RUNS_MAX);
      await this.#tell(client, {
        full: false,
        added: part(added),
        removed: part(removed),
        kept: { added: part(keptAdded), removed: part(keptRemoved) },
      });
    }
  }

  async #tell(client: HoldingsService, report: Omit<HoldingsReport, "number">): Promise<void> {
    await client.report({ number: ++this.#number, ...report });
  }

  /** All is told anew: the index lacks something, or heard somebody else in this peer's name. */
  #startOver(thrown: unknown): void {
    if (!hasCode(thrown, "reset", "locked")) throw thrown;
    if (thrown.code === "locked")
      this.#init.log.warn("another process runs with this peer's identity: end one of them");
    this.#inStep = false;
  }

  async #beat(client: HoldingsService, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        this.#beatSoon = new AbortController();
        await client.heartbeat(await this.#init.heartbeat());
      } catch (thrown) {
        this.#startOver(thrown);
        this.#stirred.emit();
      }
      const waits = AbortSignal.any([signal, this.#beatSoon.signal]);
      await this.#init.clock.sleep(HEARTBEAT_INTERVAL_MS, waits).catch(() => undefined);
    }
  }
}

/** All that is held, read as it is told. */
function* pagesOf(chunks: ChunkReader): Generator<ChunkRun[]> {
  for (let from = 0 as ChunkId; ;) {
    const runs = chunks.runs(from, REPORT_RUNS_MAX);
    const last = runs.at(-1);
    if (!last) return;
    yield runs;
    from = (last.first + last.count) as ChunkId;
  }
}
