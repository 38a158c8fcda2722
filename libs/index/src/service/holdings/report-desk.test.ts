import { ManualClock } from "@goliath/kit";
import { HEARTBEAT_TIMEOUT_MS, type Holder } from "@goliath/protocols/holdings";
import { HOLDER_RUNS_MAX, HOLDERS_PER_RUN_MAX } from "@goliath/protocols/index";
import type { ChunkId, ChunkRun, PeerId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { openSimulatedIndex } from "../testing/simulated-index.ts";
import { lookUpHolders } from "./holder-lookup.ts";
import { HoldingsMap } from "./holdings-map.ts";
import { Presence } from "./presence.ts";
import { ReportDesk } from "./report-desk.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const run = (first: number, count: number): ChunkRun => ({ first: first as ChunkId, count });
const nothing = async (): Promise<void> => undefined;
const HOLDER: Holder = { prove: nothing, announce: nothing, copy: nothing, drop: nothing };
const BEAT = { addresses: [], name: "ann", capacityBytes: 9, freeBytes: 5, load: 1 };

describe("ReportDesk", () => {
  it("takes numbered reports and asks for all where one is missing", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("reader");
    const client = await peer.connect();
    const holdings = await peer.hold();
    const report = (
      number: number,
      change: { full?: boolean; added?: ChunkRun[]; removed?: ChunkRun[] },
    ) => holdings.report({ number, full: false, added: [], removed: [], ...change });
    expect(await holdings.begin({ session: "one" })).toEqual({ number: 0 });
    await expect(report(1, { added: [run(0, 5)] })).rejects.toEqual(code("reset"));
    await report(1, { full: true, added: [run(0, 10)] });
    await report(2, { added: [run(20, 5)], removed: [run(2, 3)] });
    await expect(report(4, { added: [run(50, 1)] })).rejects.toEqual(code("reset"));
    const { runs } = await client.holders({ runs: [run(0, 30)] });
    expect(runs.filter(({ holders }) => holders.length > 0)).toEqual([
      { ...run(0, 2), holders: [0], copies: 0 },
      { ...run(5, 5), holders: [0], copies: 0 },
      { ...run(20, 5), holders: [0], copies: 0 },
    ]);
    await report(9, { full: true, added: [run(1, 1)] });
    expect(index.server.peers()).toMatchObject([{ chunks: 1 }]);
  });

  it("goes on from the last number when the same session comes back", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("reader");
    const first = await peer.hold();
    await first.begin({ session: "one" });
    await first.report({ number: 1, full: true, added: [run(0, 4)], removed: [] });
    first.abort(new Error("cut"));
    await first.closed;
    const second = await peer.hold();
    expect(await second.begin({ session: "one" })).toEqual({ number: 1 });
    expect(index.server.peers()).toMatchObject([{ chunks: 4 }]);
    expect(await second.begin({ session: "two" })).toEqual({ number: 0 });
  });

  it("takes no report of one process for one of another that runs with the same identity", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("reader");
    const [first, second] = [await peer.hold(), await peer.hold()];
    await first.begin({ session: "one" });
    await first.report({ number: 1, full: true, added: [run(0, 4)], removed: [] });
    await second.begin({ session: "two" });
    await second.report({ number: 1, full: true, added: [run(50, 1)], removed: [] });
    // The number is the one that would come next in the other's session.
    const delta = { number: 2, full: false, added: [run(4, 1)], removed: [] };
    await expect(first.report(delta)).rejects.toEqual(code("locked"));
    await expect(first.heartbeat(BEAT)).rejects.toEqual(code("locked"));
    await second.heartbeat(BEAT);
    expect(index.server.peers()).toMatchObject([{ chunks: 1 }]);
  });

  it("asks for all at the next beat where what it knows may be wrong, as of no other process", async () => {
    const keeping = { reported: () => undefined, heard: nothing };
    const presence = new Presence(new ManualClock());
    const desk = new ReportDesk({ map: new HoldingsMap(), presence, keeping, learn: nothing });
    const peer = "ann" as PeerId;
    const holdings = desk.serviceFor(peer);
    await holdings.begin({ session: "one" });
    await holdings.report({ number: 1, full: true, added: [run(0, 4)], removed: [] });
    desk.demandFull(peer);
    await expect(holdings.heartbeat(BEAT)).rejects.toEqual(code("reset"));
    expect(await holdings.begin({ session: "one" })).toEqual({ number: 0 });
    await holdings.heartbeat(BEAT);
  });

  it("keeps what a peer says of itself, cleaned", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("reader");
    const holdings = await peer.hold();
    await holdings.heartbeat({ ...BEAT, addresses: ["/ip4/127.0.0.1/tcp/1"] });
    expect(index.server.peers()).toMatchObject([
      { online: true, addresses: ["/ip4/127.0.0.1/tcp/1"], capacityBytes: 9, freeBytes: 5 },
    ]);
  });

  it("leaves out holders whose connection is gone", async () => {
    await using index = await openSimulatedIndex();
    const [peer, asker] = [await index.member("reader"), await index.member("reader")];
    const holdings = await peer.hold();
    await holdings.begin({ session: "one" });
    await holdings.report({ number: 1, full: true, added: [run(0, 4)], removed: [] });
    const client = await asker.connect();
    expect((await client.holders({ runs: [run(0, 4)] })).peers).toHaveLength(1);
    index.world.crash(peer.peerId);
    const { peers, runs } = await client.holders({ runs: [run(0, 4)] });
    expect({ peers, runs }).toEqual({
      peers: [],
      runs: [{ ...run(0, 4), holders: [], copies: 0 }],
    });
    expect(index.server.peers().find((info) => info.peer === peer.peerId)).toMatchObject({
      online: false,
      chunks: 4,
    });
  });
});

describe("lookUpHolders", () => {
  const none = (piece: ChunkRun) => [{ ...piece, copies: 0 }];

  it("names at most so many holders of a run, other ones from time to time", () => {
    const presence = new Presence(new ManualClock());
    const map = new HoldingsMap();
    for (let n = 0; n < 2 * HOLDERS_PER_RUN_MAX; n++) {
      const peer = `peer ${n}` as PeerId;
      presence.arrive(peer, HOLDER);
      map.add(peer, [run(0, 10)]);
    }
    const init = { map, presence, copiesAt: none };
    const first = lookUpHolders([run(0, 10)], { ...init, random: () => 0 });
    const second = lookUpHolders([run(0, 10)], { ...init, random: () => 0.5 });
    expect(first.peers).toHaveLength(HOLDERS_PER_RUN_MAX);
    expect(first.peers).not.toEqual(second.peers);
  });

  it("answers a part of what would take too long, and the rest when asked again", () => {
    const clock = new ManualClock();
    const presence = new Presence(clock);
    const map = new HoldingsMap();
    const ann = "ann" as PeerId;
    presence.arrive(ann, HOLDER);
    const every = Array.from({ length: HOLDER_RUNS_MAX }, (_, n) => run(2 * n, 1));
    map.add(ann, every);
    const init = { map, presence, copiesAt: none, random: () => 0 };
    expect(lookUpHolders([run(0, 4 * HOLDER_RUNS_MAX)], init).runs).toHaveLength(HOLDER_RUNS_MAX);
    const far = lookUpHolders([run(0, 2 ** 50)], init);
    expect(far.runs.length).toBeGreaterThan(0);
  });
});

describe("Presence", () => {
  it("asks an older stream of a peer again when the newer one has ended", () => {
    const presence = new Presence(new ManualClock());
    const ann = "ann" as PeerId;
    const [older, newer] = [{ ...HOLDER }, { ...HOLDER }];
    presence.arrive(ann, older);
    presence.arrive(ann, newer);
    expect(presence.holder(ann)).toBe(newer);
    presence.leave(ann, newer);
    expect(presence.holder(ann)).toBe(older);
    presence.disconnected(ann);
    expect(presence.isOnline(ann)).toBe(false);
  });

  it("counts a silent peer as away until it speaks again", async () => {
    const clock = new ManualClock();
    const presence = new Presence(clock);
    const ann = "ann" as PeerId;
    presence.arrive(ann, HOLDER);
    await clock.advance(HEARTBEAT_TIMEOUT_MS);
    expect(presence.isOnline(ann)).toBe(true);
    await clock.advance(1);
    expect(presence.isOnline(ann)).toBe(false);
    presence.heard(ann, BEAT);
    expect(presence.isOnline(ann)).toBe(true);
    // The end of a stream that was replaced says nothing of the newer one.
    presence.leave(ann, { ...HOLDER });
    expect(presence.isOnline(ann)).toBe(true);
    presence.leave(ann, HOLDER);
    expect(presence.isOnline(ann)).toBe(false);
  });
});
