/**
 * Tells the index what this peer can serve: in full when the index does not know this session,
 * then only what changed. What is told is read from the stores at the moment of telling, so a chunk
 * that moved from one store to another meanwhile is never called lost.
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
  type HoldingsService,
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
/** Runs told in one delta, so that what is held of them fits one report. */
const DELTA_RUNS = REPORT_RUNS_MAX / 2;

export interface HoldingsReportsInit {
  chunks: ChunkReader;
  clock: Clock;
  log: Log;
  /** Names this process's numbering of reports. */
  session: string;
  heartbeat: () => Heartbeat;
}

export class HoldingsReports implements HoldingsReporter, HolderService {
  readonly #init: HoldingsReportsInit;
  readonly #touched = new TouchedRuns();
  readonly #stirred = new Listeners<void>();
  readonly #told = new Listeners<void>();
  #number = 0;
  /** Whether the index has everything up to `#number`. */
  #inStep = false;
  #sending = false;
  #hurry = false;

  constructor(init: HoldingsReportsInit) {
    this.#init = init;
    init.chunks.onChange(({ added, removed }) => {
      this.#touched.add(added);
      this.#touched.add(removed);
      this.#stirred.emit();
    });
  }

  /** Speaks over one stream until it ends. */
  async run(frames: FrameStream): Promise<void> {
    const ended = new AbortController();
    const client = connectHoldings(frames, { holder: this });
    const closed = client.closed.finally(() => {
      this.#inStep = false;
      ended.abort(new GoliathError("closed", "the index went away"));
      this.#told.emit();
    });
    await Promise.all([
      closed,
      this.#report(client, ended.signal),
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
    while (!this.#inStep || this.#sending || !this.#touched.isEmpty) await this.#told.next(signal);
  }

  async #report(client: HoldingsService, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (!this.#inStep) await this.#begin(client);
        await this.#tellTouched(client);
        this.#told.emit();
        if (this.#touched.isEmpty) await this.#stirred.next(signal);
        if (!this.#hurry) await this.#init.clock.sleep(GATHER_MS, signal);
        this.#hurry = false;
      } catch (thrown) {
        if (signal.aborted) return;
        if (!hasCode(thrown, "reset")) throw thrown;
        this.#inStep = false;
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
    for (let from = 0 as ChunkId; ;) {
      const added = this.#init.chunks.runs(from, REPORT_RUNS_MAX);
      if (added.length === 0 && !full) return;
      await client.report({ number: ++this.#number, full, added, removed: [] });
      full = false;
      const last = added.at(-1);
      if (!last) return;
      from = (last.first + last.count) as ChunkId;
    }
  }

  async #tellTouched(client: HoldingsService): Promise<void> {
    this.#sending = true;
    try {
      while (!this.#touched.isEmpty) {
        const touched = this.#touched.take(DELTA_RUNS);
        if (touched === "all") await this.#tellAll(client);
        else await this.#tellDelta(client, touched);
      }
    } finally {
      this.#sending = false;
    }
  }

  async #tellDelta(client: HoldingsService, touched: ChunkRun[]): Promise<void> {
    const added = this.#init.chunks.held(touched);
    const removed = subtractRuns(touched, added);
    const half = REPORT_RUNS_MAX / 2;
    for (let at = 0; at < Math.max(added.length, removed.length); at += half) {
      await client.report({
        number: ++this.#number,
        full: false,
        added: added.slice(at, at + half),
        removed: removed.slice(at, at + half),
      });
    }
  }

  async #beat(client: HoldingsService, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await client.heartbeat(this.#init.heartbeat());
      } catch (thrown) {
        if (!hasCode(thrown, "reset")) throw thrown;
        // Somebody else reported in this peer's name: the same home runs twice.
        this.#init.log.warn("another process runs with this peer's identity: end one of them");
        this.#inStep = false;
        this.#stirred.emit();
      }
      await this.#init.clock.sleep(HEARTBEAT_INTERVAL_MS, signal).catch(() => undefined);
    }
  }
}
