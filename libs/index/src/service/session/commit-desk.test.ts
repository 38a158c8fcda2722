import { ManualClock } from "@goliath/kit";
import type { ChunkId, PeerId } from "@goliath/protocols/nouns";
import { HEARTBEAT_TIMEOUT_MS } from "@goliath/protocols/holdings";
import { describe, expect, it } from "vitest";
import { openSimulatedIndex } from "../testing/simulated-index.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const FULL = Buffer.alloc(4096, 7);
const TAIL = Buffer.from("the rest");
const FILE = { path: "/file", parts: [FULL, TAIL] };

describe("CommitDesk", () => {
  it("commits what an honest holder shows, and knows it as a holder at once", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    const { revision } = await peer.write(client, FILE);
    expect(revision).toBe(1);
    expect(peer.asked.proofs).toBe(1);
    expect(peer.asked.reads).toBeGreaterThan(0);
    const [first] = peer.chunks.keys();
    const { peers, runs } = await client.holders({ runs: [{ first: first as ChunkId, count: 3 }] });
    expect(peers.map((holder) => holder.peer)).toEqual([peer.peerId]);
    expect(runs).toEqual([
      { first, count: 2, holders: [0], copies: 0 },
      { first: Number(first) + 2, count: 1, holders: [], copies: 0 },
    ]);
  });

  it("refuses chunks that nobody is said to hold", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    await expect(peer.write(client, FILE, { holders: [] })).rejects.toEqual(code("unverified"));
    const locations = ({ first }: { first: ChunkId }) => [{ peer: peer.peerId, first, count: 1 }];
    await expect(peer.write(client, FILE, { locations })).rejects.toEqual(code("unverified"));
    expect((await index.engine.drive()).revision).toBe(0);
  });

  it("refuses a holder that does not vouch, is away, or is no member", async () => {
    await using index = await openSimulatedIndex();
    const writer = await index.member("writer");
    const client = await writer.connect();
    const ignorant = await index.member("reader");
    const absent = index.stranger(await index.invite("reader"));
    await absent.connect();
    const stranger = index.stranger(index.server.link());
    for (const { peerId } of [ignorant, absent, stranger]) {
      const writing = writer.write(client, FILE, { holders: [writer.peerId, peerId] });
      await expect(writing).rejects.toEqual(code("unverified"));
    }
    expect((await index.engine.drive()).revision).toBe(0);
  });

  it("refuses a holder that vouches for bytes it does not have", async () => {
    await using index = await openSimulatedIndex();
    const writer = await index.member("writer");
    const client = await writer.connect();
    const liar = await index.member("reader");
    // It knows the digests and passes every proof, and serves zeros.
    liar.vouchFor = () => undefined;
    liar.readChunk = () => Buffer.alloc(4096);
    const writing = writer.write(client, FILE, { holders: [liar.peerId] });
    await expect(writing).rejects.toEqual(code("unverified"));
    expect(liar.asked.reads).toBeGreaterThan(0);
  });

  it("refuses a holder that has been silent for too long", async () => {
    const clock = new ManualClock({ nowMs: Date.now() });
    await using index = await openSimulatedIndex({ clock });
    const writer = await index.member("writer");
    const client = await writer.connect();
    await clock.advance(HEARTBEAT_TIMEOUT_MS + 1);
    expect(index.server.peers()).toMatchObject([{ online: false }]);
    await expect(writer.write(client, FILE)).rejects.toEqual(code("unverified"));
  });

  it("does not wait for ever for a holder that does not answer", async () => {
    const clock = new ManualClock({ nowMs: Date.now() });
    await using index = await openSimulatedIndex({ clock });
    const writer = await index.member("writer");
    const client = await writer.connect();
    const asked = Promise.withResolvers<void>();
    writer.vouchFor = () => {
      asked.resolve();
      return new Promise<void>(() => undefined);
    };
    const writing = writer.write(client, FILE);
    writing.catch(() => undefined);
    await asked.promise;
    await clock.whenSleeping(1);
    await clock.advance(60_000);
    await expect(writing).rejects.toEqual(code("unverified"));
  });

  it("asks nobody again for a commit it has made before", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    await peer.write(client, FILE);
    const again = await client.commit(peer.lastCommit as NonNullable<typeof peer.lastCommit>);
    expect(again).toMatchObject({ revision: 1, again: true });
    expect(peer.asked.proofs).toBe(1);
  });

  it("lets a commit that is sent again wait for what becomes of the first", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const [client, restarted] = [await peer.connect(), await peer.connect()];
    const [asked, vouched] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    peer.vouchFor = () => {
      asked.resolve();
      return vouched.promise;
    };
    const first = peer.write(client, FILE);
    await asked.promise;
    // By now the file is another: asked again, its holder cannot vouch for it.
    peer.vouchFor = () => Promise.reject(new Error("changed"));
    const again = restarted.commit(peer.lastCommit as NonNullable<typeof peer.lastCommit>);
    again.catch(() => undefined);
    // Whatever is asked after the commit is answered after the index has looked at it.
    await restarted.drive();
    vouched.resolve();
    expect(await first).toMatchObject({ revision: 1, again: false });
    expect(await again).toMatchObject({ revision: 1, again: true });
    expect(peer.asked.proofs).toBe(1);
  });

  it("asks nobody about chunks that are in the drive already", async () => {
    await using index = await openSimulatedIndex();
    const peer = await index.member("writer");
    const client = await peer.connect();
    await peer.write(client, FILE);
    const [change] = peer.lastCommit?.changes ?? [];
    const reply = await peer.commit(client, [{ ...change, path: "/copy" } as never]);
    expect(reply.revision).toBe(2);
    expect(peer.asked.proofs).toBe(1);
  });

  it("takes several holders, each with its part", async () => {
    await using index = await openSimulatedIndex();
    const writer = await index.member("writer");
    const client = await writer.connect();
    const keeper = await index.member("reader");
    keeper.chunks = writer.chunks;
    const locations = ({ first }: { first: ChunkId }) => [
      { peer: writer.peerId, first, count: 1 },
      { peer: keeper.peerId, first: (first + 1) as ChunkId, count: 1 },
    ];
    await writer.write(client, FILE, { locations });
    const [first] = writer.chunks.keys();
    const { runs, peers } = await client.holders({ runs: [{ first: first as ChunkId, count: 2 }] });
    const holderOf = (at: number): PeerId | undefined => peers[runs[at]?.holders[0] ?? -1]?.peer;
    expect([holderOf(0), holderOf(1)]).toEqual([writer.peerId, keeper.peerId]);
  });
});
