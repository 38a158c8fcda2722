/** A peer's end of the holdings protocol, over the real wire, with an index that keeps a record. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { combineChunkReaders, MemoryChunkStore } from "@goliath/chunks";
import { countIds, normalizeRuns, subtractRuns } from "@goliath/chunks";
import { ManualClock, silentLog } from "@goliath/kit";
import {
  HOLDINGS_BOUNDS,
  HOLDINGS_PROTOCOL,
  serveHoldings,
  type Heartbeat,
  type Holder,
  type HoldingsReport,
} from "@goliath/protocols/holdings";
import {
  digestOf,
  GoliathError,
  type ChunkId,
  type ChunkRun,
  type PeerId,
} from "@goliath/protocols/nouns";
import { createStreamPair, FrameStream } from "@goliath/protocols/wire";
import { HoldingsReports } from "./holdings-reports.ts";

const [PEER, INDEX] = ["peer", "index"] as PeerId[] as [PeerId, PeerId];
const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });

const stores = { placed: new MemoryChunkStore(), packs: new MemoryChunkStore() };
let clock: ManualClock;
let reports: HoldingsReports;
let beat: Heartbeat;
let dropped: ChunkRun[][];
let open: RecordingIndex[];
let warned: string[];
beforeEach(() => {
  clock = new ManualClock();
  stores.placed = new MemoryChunkStore();
  stores.packs = new MemoryChunkStore();
  beat = { addresses: [], name: "peer", capacityBytes: 5, freeBytes: 4, load: 0 };
  [dropped, open, warned] = [[], [], []];
  reports = new HoldingsReports({
    chunks: combineChunkReaders([stores.placed, stores.packs]),
    kept: stores.packs,
    orders: () => ({
      announce: async () => undefined,
      copy: async () => undefined,
      drop: async ({ runs }) => {
        dropped.push(runs);
        await stores.packs.drop(runs);
      },
    }),
    clock,
    log: { ...silentLog, warn: (text) => void warned.push(text) },
    session: "session",
    heartbeat: async () => beat,
  });
});
afterEach(async () => {
  await Promise.all(open.map((index) => index.end()));
});

/** An index that adds up what it is told. */
class RecordingIndex {
  readonly reports: HoldingsReport[] = [];
  readonly beats: Heartbeat[] = [];
  served: ChunkRun[] = [];
  kept: ChunkRun[] = [];
  holder!: Holder;
  known = 0;
  /** Before it takes a heartbeat. */
  onBeat: () => void = () => undefined;
  /** Before it answers a `begin`. */
  onBegin: () => Promise<void> = async () => undefined;
  readonly #frames: FrameStream;
  readonly #ended: Promise<unknown>[];

  constructor({ known = 0 } = {}) {
    const [there, here] = createStreamPair({
      protocol: HOLDINGS_PROTOCOL,
      opener: PEER,
      answerer: INDEX,
    });
    this.known = known;
    this.#frames = new FrameStream(here, HOLDINGS_BOUNDS);
    const served = serveHoldings(this.#frames, {
      service: {
        begin: async () => {
          await this.onBegin();
          return { number: this.known };
        },
        report: async (report) => this.#take(report),
        heartbeat: async (told) => {
          this.onBeat();
          this.beats.push(told);
        },
      },
      onHolder: (holder) => (this.holder = holder),
    });
    this.#ended = [served.catch(() => undefined)];
    open.push(this);
    this.#ended.push(reports.run(new FrameStream(there, HOLDINGS_BOUNDS)).catch(() => undefined));
  }

  async end(): Promise<void> {
    this.#frames.abort(new Error("the test is over"));
    await Promise.all(this.#ended);
  }

  #take(report: HoldingsReport): void {
    this.reports.push(report);
    if (report.full) [this.served, this.kept] = [[], []];
    const kept = report.kept ?? { added: [], removed: [] };
    this.served = after(this.served, report);
    this.kept = after(this.kept, kept);
  }
}

function after(runs: ChunkRun[], change: { added: ChunkRun[]; removed: ChunkRun[] }): ChunkRun[] {
  return normalizeRuns([...subtractRuns(runs, normalizeRuns(change.removed)), ...change.added]);
}

async function write(store: MemoryChunkStore, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const bytes = Buffer.from(`chunk ${id}`);
    await store.write({ id: id as ChunkId, digest: digestOf(bytes), bytes });
  }
}

async function told(): Promise<void> {
  const flushed = reports.flush();
  await clock.advance(50);
  await flushed;
}

describe("HoldingsReports", () => {
  it("tells in full what is served and what is kept, however many runs", async () => {
    await write(stores.placed, [1, 2, 3]);
    const scattered = Array.from({ length: 9_000 }, (_, at) => 100 + 2 * at);
    await write(stores.packs, [3, ...scattered]);
    const index = new RecordingIndex();
    await told();
    expect(index.reports[0]).toMatchObject({ number: 1, full: true });
    expect(index.reports.filter(({ full }) => full)).toHaveLength(1);
    expect(countIds(index.served)).toBe(9_003);
    expect(index.kept).toEqual(normalizeRuns([run(3, 1), ...scattered.map((id) => run(id, 1))]));
  });

  it("tells what is kept apart from what is served, as it changes", async () => {
    await write(stores.placed, [1, 2]);
    const index = new RecordingIndex();
    await told();
    expect(index.kept).toEqual([]);
    await write(stores.packs, [2, 3]);
    await told();
    expect([index.served, index.kept]).toEqual([[run(1, 3)], [run(2, 2)]]);
    await stores.packs.drop([run(2, 2)]);
    await told();
    // The file in place still serves it.
    expect([index.served, index.kept]).toEqual([[run(1, 2)], []]);
    await stores.placed.drop([run(1, 2)]);
    await told();
    expect(index.reports.at(-1)?.kept).toBeUndefined();
    expect(index.served).toEqual([]);
  });

  it("tells thousands of changes that each touch a run of their own", async () => {
    const index = new RecordingIndex();
    await told();
    const ids = Array.from({ length: 6_000 }, (_, at) => 3 * at);
    await write(stores.packs, ids);
    await told();
    expect(countIds(index.kept)).toBe(6_000);
    await stores.packs.drop(ids.filter((id) => id % 2 === 0).map((id) => run(id, 1)));
    await told();
    expect(countIds(index.kept)).toBe(3_000);
    expect(index.served).toEqual(index.kept);
  });

  it("does what the index orders, and tells of it", async () => {
    await write(stores.packs, [1, 2, 3]);
    const index = new RecordingIndex();
    await told();
    await index.holder.drop({ runs: [run(2, 2)] });
    await told();
    expect([index.served, index.kept]).toEqual([[run(1, 1)], [run(1, 1)]]);
  });

  it("refuses orders of a stream once a session was begun on a newer one", async () => {
    await write(stores.packs, [1, 2, 3]);
    const old = new RecordingIndex();
    await told();
    await old.holder.drop({ runs: [run(3, 1)] });
    const begun = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    // The orders are void from the moment the newer index hears of the session, not of its reports.
    const index = new RecordingIndex();
    index.onBegin = async () => {
      begun.resolve();
      await answered.promise;
    };
    await begun.promise;
    for (const order of [
      old.holder.drop({ runs: [run(1, 1)] }),
      old.holder.copy({ runs: [], sums: new Uint8Array(), bytes: 0, expiresInMs: 1 }),
      old.holder.announce({ runs: [], writer: INDEX, bytes: 0, expiresInMs: 1 }),
    ])
      await expect(order).rejects.toMatchObject({ code: "closed" });
    answered.resolve();
    await told();
    expect(index.kept).toEqual([run(1, 2)]);
    expect(dropped).toEqual([[run(3, 1)]]);
    await index.holder.drop({ runs: [run(1, 1)] });
    expect(dropped).toHaveLength(2);
  });

  it("beats at once when told to, and every quarter of a minute", async () => {
    const index = new RecordingIndex();
    await expect.poll(() => index.beats.length).toBe(1);
    beat = { ...beat, keeper: { usedBytes: 1, labels: ["owner=me"], draining: true } };
    await clock.whenSleeping();
    reports.beatNow();
    await expect.poll(() => index.beats.at(-1)).toEqual(beat);
    await clock.advance(15_000);
    await expect.poll(() => index.beats.length).toBe(3);
  });

  it.each([
    ["reset", 0],
    ["locked", 1],
  ] as const)(
    "tells all anew at a beat that is %s, and warns %i times of another process",
    async (code, times) => {
      await write(stores.placed, [1, 2]);
      const index = new RecordingIndex();
      await told();
      index.onBeat = () => {
        index.onBeat = () => undefined;
        throw new GoliathError(code, "begin anew");
      };
      await clock.advance(15_000);
      await clock.advance(1_000);
      expect(index.reports.filter(({ full }) => full)).toHaveLength(2);
      expect(countIds(index.served)).toBe(2);
      expect(warned).toHaveLength(times);
    },
  );

  it("vouches for what is kept with the right digests, and not for what is condemned", async () => {
    await write(stores.packs, [1, 2]);
    const index = new RecordingIndex();
    await told();
    const sums = stores.packs.digests([run(1, 2)]);
    await index.holder.prove({ runs: [run(1, 2)], sums, leases: [] });
    await index.holder.drop({ runs: [run(2, 1)] });
    const proof = index.holder.prove({ runs: [run(1, 2)], sums, leases: [] });
    await expect(proof).rejects.toMatchObject({ code: "unverified" });
  });
});
