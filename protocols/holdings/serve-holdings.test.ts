import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  digestOf,
  GoliathError,
  hasCode,
  type ChunkId,
  type ChunkRun,
  type LeaseId,
  type PeerId,
} from "../nouns/exports.ts";
import { openFramePair, openStreamPair } from "../testing/frame-pair.ts";
import { encodeFrame, FrameStream } from "../wire/exports.ts";
import { ADDRESSES_MAX, HOLDINGS_BOUNDS } from "./bounds.ts";
import { connectHoldings } from "./holdings-client.ts";
import { encodeRequest } from "./holdings-wire.ts";
import { serveHoldings } from "./serve-holdings.ts";
import {
  PROVE_DIGESTS_MAX,
  REPORT_RUNS_MAX,
  type Heartbeat,
  type Holder,
  type HolderService,
  type HoldingsReport,
  type HoldingsService,
  type OrderService,
} from "./service.ts";

const BEAT: Heartbeat = {
  addresses: ["/ip4/127.0.0.1/tcp/1"],
  name: "m",
  capacityBytes: 2 ** 40,
  freeBytes: 2 ** 39,
  load: 3,
};

function run(first: number, count: number): ChunkRun {
  return { first: first as ChunkId, count };
}

function separateRuns(count: number): ChunkRun[] {
  return Array.from({ length: count }, (_, index) => run(2 ** 40 + 3 * index, 1));
}

/** An index that remembers what it was told. */
class RecordingIndex implements HoldingsService {
  readonly reports: HoldingsReport[] = [];
  readonly beats: Heartbeat[] = [];

  async begin({ session }: { session: string }): Promise<{ number: number }> {
    return { number: session === "known" ? 41 : 0 };
  }

  async report(report: HoldingsReport): Promise<void> {
    const last = this.reports.at(-1)?.number ?? 0;
    if (report.number !== last + 1) throw new GoliathError("reset", "a report is missing");
    this.reports.push(report);
  }

  async heartbeat(heartbeat: Heartbeat): Promise<void> {
    this.beats.push(heartbeat);
  }
}

/** Vouches for the chunks 0 to 9999, whose digests are of their numbers. */
const HOLDER: HolderService = {
  prove: async ({ runs, sums }) => {
    let at = 0;
    for (const { first, count } of runs) {
      for (let id = first as number; id < first + count; id++, at += 32) {
        const known = id < 10_000 && Buffer.compare(sumOf(id), sums.subarray(at, at + 32)) === 0;
        if (!known) throw new GoliathError("unverified", "no", { about: { id } });
      }
    }
  },
};

function sumOf(id: number): Uint8Array {
  return digestOf(Buffer.from(`${id}`));
}

function sumsOf(runs: ChunkRun[]): Uint8Array {
  const sums = runs.flatMap(({ first, count }) =>
    Array.from({ length: count }, (_, index) => sumOf(first + index)),
  );
  return Buffer.concat(sums);
}

async function open(holder: HolderService = HOLDER, orders?: OrderService) {
  const [opener, answerer] = openFramePair(HOLDINGS_BOUNDS);
  const service = new RecordingIndex();
  const asked = Promise.withResolvers<Holder>();
  const served = serveHoldings(answerer, { service, onHolder: asked.resolve });
  served.catch(() => undefined);
  const client = connectHoldings(opener, { holder, ...(orders && { orders }) });
  return { client, served, service, remote: await asked.promise };
}

describe("connectHoldings and serveHoldings", () => {
  it("begin tells the number of the last report of the session", async () => {
    const { client } = await open();
    expect(await client.begin({ session: "known" })).toEqual({ number: 41 });
    expect(await client.begin({ session: "new" })).toEqual({ number: 0 });
  });

  it("report carries as many runs as it may, and tells of a gap", async () => {
    const { client, service } = await open();
    const added = separateRuns(REPORT_RUNS_MAX - 1);
    const report = { number: 1, full: true, added, removed: [run(5, 1)] };
    await client.report(report);
    expect(service.reports).toEqual([report]);
    const gap = client.report({ number: 3, full: false, added: [], removed: [] });
    await expect(gap).rejects.toMatchObject({ code: "reset" });
  });

  it("report refuses more runs before they are sent", async () => {
    const { client } = await open();
    const added = separateRuns(REPORT_RUNS_MAX);
    const report = client.report({ number: 1, full: true, added, removed: [run(5, 1)] });
    await expect(report).rejects.toMatchObject({ code: "too-large" });
    await client.heartbeat(BEAT);
  });

  it("heartbeat leaves out addresses beyond its bound", async () => {
    const { client, service } = await open();
    const addresses = Array.from({ length: 40 }, (_, index) => `/ip4/127.0.0.1/tcp/${index}`);
    await client.heartbeat({ ...BEAT, addresses: ["/dns4/" + "a".repeat(300), ...addresses] });
    await client.heartbeat(BEAT);
    expect(service.beats.map((beat) => beat.addresses)).toEqual([
      addresses.slice(0, ADDRESSES_MAX),
      BEAT.addresses,
    ]);
  });

  it("prove asks the peer, also while the peer asks the index", async () => {
    const { client, remote } = await open();
    const runs = [run(0, 1000), run(5000, PROVE_DIGESTS_MAX - 1000)];
    const proof = remote.prove({ runs, sums: sumsOf(runs), leases: [7 as LeaseId] });
    await Promise.all([proof, client.heartbeat(BEAT), client.begin({ session: "known" })]);
  });

  it("prove tells the first id the holder cannot vouch for", async () => {
    const { remote } = await open();
    const runs = [run(9998, 4)];
    const proof = remote.prove({ runs, sums: sumsOf(runs), leases: [] });
    await expect(proof).rejects.toMatchObject({ code: "unverified", about: { id: 10_000 } });
  });

  it("prove refuses too many chunks, and digests that are not one for each", async () => {
    const { remote } = await open();
    const many = remote.prove({
      runs: [run(0, PROVE_DIGESTS_MAX + 1)],
      sums: new Uint8Array(),
      leases: [],
    });
    await expect(many).rejects.toMatchObject({ code: "too-large" });
    const few = remote.prove({ runs: [run(0, 2)], sums: new Uint8Array(32), leases: [] });
    await expect(few).rejects.toMatchObject({ code: "bad-request" });
  });

  it("prove that is given up stops at the holder", async () => {
    const stopped = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const { remote } = await open({
      prove: (_request, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener("abort", () => {
            stopped.resolve();
            reject(signal.reason);
          });
          begun.resolve();
        }),
    });
    const control = new AbortController();
    const runs = [run(0, 1)];
    const proof = remote.prove(
      { runs, sums: sumsOf(runs), leases: [] },
      { signal: control.signal },
    );
    await begun.promise;
    control.abort();
    await expect(proof).rejects.toMatchObject({ code: "aborted" });
    await stopped.promise;
  });

  it("close ends both ends; what the index asks later is closed", async () => {
    const { client, served, remote } = await open();
    await client.close();
    await served;
    expect(await client.closed).toBeUndefined();
    const proof = remote.prove({ runs: [], sums: new Uint8Array(), leases: [] });
    await expect(proof).rejects.toMatchObject({ code: "closed" });
  });

  it("abort of the index ends the client, which tells why", async () => {
    const { client, served } = await open();
    client.abort(new Error("gone"));
    await expect(served).rejects.toMatchObject({ code: "closed" });
    expect(await client.closed).toMatchObject({ code: "closed" });
    await expect(client.heartbeat(BEAT)).rejects.toMatchObject({ code: "closed" });
  });
});

describe("serveHoldings", () => {
  it("refuses a request that is the other side's to answer, and goes on", async () => {
    const [opener, answerer] = openFramePair(HOLDINGS_BOUNDS);
    const served = serveHoldings(answerer, { service: new RecordingIndex(), onHolder: () => {} });
    await opener.send(encodeRequest({ call: 1, ask: "prove", runs: [], leases: [] }));
    const refused = await opener.next();
    expect(Buffer.from(refused?.header ?? []).toString("hex")).toBe("08013a020801");
    await opener.send(encodeRequest({ call: 2, ask: "begin", session: "known" }));
    const answered = await opener.next();
    expect(Buffer.from(answered?.header ?? []).toString("hex")).toBe("08023a021829");
    await opener.close();
    await served;
  });

  it("ends with one of ours, whatever comes", async () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const framed = fc
      .tuple(bytes, bytes)
      .map(([header, payload]) => Buffer.concat(encodeFrame(header, payload)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(bytes, framed), { maxLength: 5 }), async (pieces) => {
        const [opener, answerer] = openStreamPair();
        const frames = new FrameStream(answerer, HOLDINGS_BOUNDS);
        const end = serveHoldings(frames, { service: new RecordingIndex(), onHolder: () => {} })
          .then(() => "served")
          .catch((error: unknown) => error);
        for (const piece of pieces) await opener.send(piece).catch(() => undefined);
        await opener.close();
        const ended = await end;
        expect(ended === "served" || hasCode(ended, "bad-request", "too-large")).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("orders reach the peer whole", async () => {
    const taken: unknown[] = [];
    const take = async (order: unknown): Promise<void> => {
      taken.push(order);
    };
    const { remote } = await open(HOLDER, { announce: take, copy: take, drop: take });
    const runs = [run(5, 2)];
    const writer = "12D3KooWHHzSeKaY8xuZVzkLbKFfvNgPPeKhFBGrMbNzbm5akpqu" as PeerId;
    await remote.announce({ runs, writer, bytes: 9, expiresInMs: 1000 });
    await remote.copy({ runs, sums: sumsOf(runs), bytes: 9, expiresInMs: 1000 });
    await remote.drop({ runs });
    expect(taken).toEqual([
      { runs, writer, bytes: 9, expiresInMs: 1000 },
      { runs, sums: new Uint8Array(sumsOf(runs)), bytes: 9, expiresInMs: 1000 },
      { runs },
    ]);
  });

  it("orders are refused by a peer that takes none", async () => {
    const { remote } = await open();
    await expect(remote.drop({ runs: [run(5, 2)] })).rejects.toMatchObject({ code: "unsupported" });
  });

  it("an order of more than it may hold is not sent", async () => {
    const { remote } = await open();
    const runs = [run(0, 1025)];
    const copying = remote.copy({ runs, sums: sumsOf(runs), bytes: 9, expiresInMs: 1000 });
    await expect(copying).rejects.toMatchObject({ code: "too-large" });
  });

  it("report tells what is kept", async () => {
    const { client, service } = await open();
    const kept = { added: [run(5, 2)], removed: [run(9, 1)] };
    const report = { number: 1, full: true, added: [run(5, 2)], removed: [], kept };
    await client.report(report);
    expect(service.reports).toEqual([report]);
  });
});
