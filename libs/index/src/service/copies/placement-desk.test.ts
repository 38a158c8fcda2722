import type { ChunkId, PeerId } from "@goliath/protocols/nouns";
import { digestOf, parsePath, rootOf } from "@goliath/protocols/nouns";
import { GoliathError } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { openSimulatedIndex, type SimulatedIndex } from "../testing/simulated-index.ts";

const code = (name: string) => expect.objectContaining({ code: name });
const PART = Buffer.alloc(4096, 7);
const PATH = parsePath("/file");

/** A writer with ids of its own, their digests told. */
async function openWriter(index: SimulatedIndex) {
  const writer = await index.member("writer");
  const client = await writer.connect();
  const lease = await client.allocate({ count: 2 });
  const sums = Buffer.concat([digestOf(PART), digestOf(PART)]);
  await client.stageDigests({ lease: lease.lease, first: lease.first, sums });
  const runs = [{ first: lease.first, count: lease.count }];
  const ids = [lease.first, lease.first + 1] as ChunkId[];
  const place = (copies: number, avoid: PeerId[] = []) =>
    client.place({ runs, bytes: 2 * PART.length, copies, path: PATH, avoid });
  const commit = (holders: readonly PeerId[], minCopies?: number) => {
    const extents = [{ ...lease, bytes: 2 * PART.length }].map(({ first, count, bytes }) => ({
      first,
      count,
      bytes,
    }));
    const file = {
      root: rootOf(sums),
      extents,
      size: 2 * PART.length,
      mtimeMs: 0,
      executable: false,
    };
    return writer.commit(client, [{ op: "put", path: PATH, file }], {
      leases: [lease.lease],
      locations: holders.flatMap((peer) => runs.map((run) => ({ ...run, peer }))),
      ...(minCopies !== undefined && { minCopies }),
    });
  };
  return { writer, client, runs, ids, place, commit };
}

describe("PlacementDesk", () => {
  it("chooses keepers, and tells them what to expect of whom", async () => {
    await using index = await openSimulatedIndex();
    const keepers = [await index.keeper(), await index.keeper(), await index.keeper()];
    const { writer, place, runs } = await openWriter(index);
    const reply = await place(2);
    expect(reply.peers).toHaveLength(2);
    expect(reply.runs).toEqual([{ ...runs[0], holders: [0, 1], copies: 0 }]);
    const told = keepers.filter(({ keeper }) => keeper.announced.length > 0);
    expect(new Set(told.map(({ peer }) => peer.peerId))).toEqual(
      new Set(reply.peers.map(({ peer }) => peer)),
    );
    expect(told[0]?.keeper.announced).toMatchObject([
      { runs, writer: writer.peerId, bytes: 2 * PART.length },
    ]);
    expect((await place(3)).peers).toHaveLength(3);
  });

  it("takes others in place of those that refuse, are full, or failed the caller", async () => {
    await using index = await openSimulatedIndex();
    const [refusing, full, failed, good] = [
      await index.keeper(),
      await index.keeper({ capacityBytes: PART.length }),
      await index.keeper(),
      await index.keeper(),
    ];
    refusing.keeper.onOrder = () => {
      throw new GoliathError("busy", "not now");
    };
    const { place } = await openWriter(index);
    const reply = await place(3, [failed.peer.peerId]);
    expect(reply.peers.map(({ peer }) => peer)).toEqual([good.peer.peerId]);
    expect(full.keeper.announced).toEqual([]);
  });

  it("answers with nobody where there is no keeper", async () => {
    await using index = await openSimulatedIndex();
    const { place, runs } = await openWriter(index);
    expect(await place(1)).toEqual({ peers: [], runs: [{ ...runs[0], holders: [], copies: 0 }] });
  });

  it("places ids of the caller's leases only, for writers only", async () => {
    await using index = await openSimulatedIndex();
    const { runs, client } = await openWriter(index);
    const other = await (await index.member("writer")).connect();
    const request = { runs, bytes: 1, copies: 1, path: PATH };
    await expect(other.place(request)).rejects.toEqual(code("lease-lost"));
    const beyond = [{ first: runs[0]!.first, count: 3 }];
    await expect(client.place({ ...request, runs: beyond })).rejects.toEqual(code("lease-lost"));
    const reader = await (await index.member("reader")).connect();
    await expect(reader.place(request)).rejects.toEqual(code("forbidden"));
  });
});

describe("CommitDesk", () => {
  it("commits with as many copies as asked for, and counts them at once", async () => {
    await using index = await openSimulatedIndex();
    const keepers = [await index.keeper(), await index.keeper()];
    const { client, place, commit, ids, runs } = await openWriter(index);
    const { peers } = await place(2);
    // Pushed, and not yet reported.
    for (const { keeper } of keepers) for (const id of ids) keeper.chunks.set(id, PART);
    const holders = peers.map(({ peer }) => peer);
    expect(await commit(holders, 2)).toMatchObject({ revision: 1 });
    const told = await client.holders({ runs });
    expect(told.runs).toMatchObject([{ copies: 2, holders: [0, 1] }]);
    const infos = (await client.peers()).filter(({ keeper }) => keeper);
    expect(infos.map(({ keeper }) => keeper?.kept)).toEqual([2, 2]);
  });

  it("refuses a commit with fewer copies than asked for, and one holder named twice", async () => {
    await using index = await openSimulatedIndex();
    const { keeper, peer } = await index.keeper();
    const { place, commit, ids } = await openWriter(index);
    await place(2);
    for (const id of ids) keeper.chunks.set(id, PART);
    const short = expect.objectContaining({ code: "unverified", about: { id: ids[0] } });
    await expect(commit([peer.peerId, peer.peerId], 2)).rejects.toEqual(short);
    expect((await index.engine.drive()).revision).toBe(0);
    expect(await commit([peer.peerId], 1)).toMatchObject({ revision: 1 });
  });

  it("counts no share, no mirror and no draining keeper as a copy", async () => {
    await using index = await openSimulatedIndex();
    const [draining, keeper] = [await index.keeper(), await index.keeper()];
    const { writer, client, place, commit, ids, runs } = await openWriter(index);
    await place(2);
    for (const id of ids) {
      for (const chunks of [draining.keeper.chunks, keeper.keeper.chunks, writer.chunks]) {
        chunks.set(id, PART);
      }
    }
    draining.keeper.draining = true;
    await draining.keeper.beat();
    const all = [draining, keeper].map(({ peer }) => peer.peerId);
    await expect(commit([...all, writer.peerId], 2)).rejects.toEqual(code("unverified"));
    await commit([...all, writer.peerId], 1);
    const { runs: told } = await client.holders({ runs });
    expect(told).toMatchObject([{ copies: 1, holders: [0, 1, 2] }]);
  });

  it("counts what a keeper serves from its own files as no copy", async () => {
    await using index = await openSimulatedIndex();
    const { keeper, peer } = await index.keeper();
    const { commit, ids } = await openWriter(index);
    // It has them and proves it; nobody pushed them into its store.
    for (const id of ids) keeper.chunks.set(id, PART);
    await expect(commit([peer.peerId], 1)).rejects.toEqual(code("unverified"));
    expect(await commit([peer.peerId])).toMatchObject({ revision: 1 });
  });

  it("knows a keeper's copy by its report where the announcement is forgotten", async () => {
    await using index = await openSimulatedIndex();
    const { keeper, peer } = await index.keeper();
    const { commit, ids } = await openWriter(index);
    // Nothing was announced since this index started; the keeper says that it keeps them.
    await keeper.keep(ids.map((id) => [id, PART]));
    expect(await commit([peer.peerId], 1)).toMatchObject({ revision: 1 });
  });
});
