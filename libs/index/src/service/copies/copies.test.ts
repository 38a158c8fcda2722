import { systemClock } from "@goliath/kit";
import { parsePath, type ChunkId, type DriveId, type PolicyChange } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { openMemoryIndexEngine } from "../../engine/open-memory-engine.ts";
import { openSimulatedIndex, type SimulatedIndex } from "../testing/simulated-index.ts";
import type { SimulatedKeeper } from "../testing/simulated-keeper.ts";
import { testIdentity, type SimulatedPeer } from "../testing/simulated-peer.ts";
import type { CopiesSettings } from "./copies-settings.ts";

/** Everything at once: the real engine, the simulated network, and time as it is, but short. */
const QUICK: Partial<CopiesSettings> = {
  graceMs: 300,
  settleMs: 20,
  lookIntervalMs: 20,
  sweepIntervalMs: 50,
  collectDelayMs: 100,
  auditIntervalMs: 20,
};
const LEASE_MS = 500;
const PARTS = [Buffer.alloc(4096, 1), Buffer.alloc(4096, 2), Buffer.from("the rest")];
const SOON = { timeout: 20_000, interval: 20 };

interface World extends AsyncDisposable {
  index: SimulatedIndex;
  keepers: { peer: SimulatedPeer; keeper: SimulatedKeeper }[];
  writer: SimulatedPeer;
  client: Awaited<ReturnType<SimulatedPeer["connect"]>>;
  setPolicy(policy: PolicyChange): Promise<unknown>;
  /** How many keepers' disks have each of these chunks. */
  spread(ids: Iterable<ChunkId>): number[];
}

async function openWorld(count: number): Promise<World> {
  const drive = testIdentity(2).peerId as string as DriveId;
  const engine = await openMemoryIndexEngine({
    drive,
    clock: systemClock,
    chunkBytes: 4096,
    leaseMs: LEASE_MS,
  });
  const index = await openSimulatedIndex({ engine, copies: QUICK });
  const writer = await index.member("writer");
  const keepers: World["keepers"] = [];
  const fetch = (id: ChunkId): Uint8Array | undefined =>
    [writer, ...keepers.map(({ peer }) => peer)]
      .find(({ chunks }) => chunks.has(id))
      ?.chunks.get(id);
  for (let n = 0; n < count; n++) keepers.push(await index.keeper({ fetch }));
  const client = await writer.connect();
  // What a share says of itself: it serves them, and keeps nothing in a store of its own.
  return {
    index,
    keepers,
    writer,
    client,
    setPolicy: (policy) => writer.commit(client, [{ op: "policy", path: parsePath("/"), policy }]),
    spread: (ids) =>
      [...ids].map((id) => keepers.filter(({ keeper }) => keeper.chunks.has(id)).length),
    [Symbol.asyncDispose]: () => index[Symbol.asyncDispose](),
  };
}

describe("Copies", () => {
  it("makes as many copies as the policy says, now and when it says otherwise", async () => {
    await using world = await openWorld(4);
    const { writer, client, keepers, spread } = world;
    await writer.write(client, { path: "/file", parts: PARTS });
    const ids = [...writer.chunks.keys()];
    await expect.poll(() => spread(ids), SOON).toEqual([1, 1, 1]);
    await world.setPolicy({ copies: 3 });
    await expect.poll(() => spread(ids), SOON).toEqual([3, 3, 3]);
    await expect
      .poll(() => client.copies(), SOON)
      .toMatchObject({
        counted: true,
        used: 3,
        under: 0,
        bare: 0,
        unreachable: 0,
        unused: 0,
        ordered: 0,
      });
    const metrics = await world.index.server.metrics();
    expect(metrics.find(({ name }) => name === "goliath_index_copies_chunks")).toMatchObject({
      samples: [{ value: 3 }, { value: 0 }, { value: 0 }, { value: 0 }, { value: 0 }, { value: 0 }],
    });
    expect(world.index.server.copies()).toMatchObject({ keepers: 4, copyFailed: 0 });
    const [policy] = await client.policies({ paths: [parsePath("/file")] });
    expect(policy).toMatchObject({ copies: 3, from: { copies: "/" } });
    await world.setPolicy({ copies: 1 });
    await expect.poll(() => spread(ids), SOON).toEqual([1, 1, 1]);
    // Nothing that was dropped is asked for again.
    const copied = keepers.flatMap(({ keeper }) => keeper.copied).length;
    await expect.poll(() => client.copies(), SOON).toMatchObject({ under: 0, ordered: 0 });
    expect(keepers.flatMap(({ keeper }) => keeper.copied).length).toBe(copied);
  });

  it("replaces the copies of a keeper whose machine is gone", async () => {
    await using world = await openWorld(3);
    const { writer, client, keepers, index } = world;
    await world.setPolicy({ copies: 2 });
    await writer.write(client, { path: "/file", parts: PARTS });
    const ids = [...writer.chunks.keys()];
    await expect.poll(() => world.spread(ids), SOON).toEqual([2, 2, 2]);
    const lost = keepers.find(({ keeper }) => keeper.chunks.size > 0)!;
    index.world.crash(lost.peer.peerId);
    const copies = async () =>
      (await client.holders({ runs: [{ first: ids[0]!, count: 3 }] })).runs;
    const others = keepers.filter((one) => one !== lost);
    await expect.poll(() => others.map(({ keeper }) => keeper.chunks.size), SOON).toEqual([3, 3]);
    await expect.poll(copies, SOON).toMatchObject([{ copies: 2 }]);
  });

  it("has dropped what a writer pushed that died before its commit", async () => {
    await using world = await openWorld(2);
    const { client, writer, keepers } = world;
    const [{ keeper }] = keepers as [World["keepers"][number]];
    const lease = await client.allocate({ count: 3 });
    await keeper.keep(PARTS.map((part, at) => [(lease.first + at) as ChunkId, part]));
    await writer.write(client, { path: "/other", parts: PARTS });
    await expect
      .poll(
        () => [lease.first, lease.first + 1].map((id) => keeper.chunks.has(id as ChunkId)),
        SOON,
      )
      .toEqual([false, false]);
    expect(world.index.server.peers().map(({ keeper: info }) => info?.kept)).toContain(3);
  });

  it("reads chunks back from keepers and catches one that has other bytes", async () => {
    await using world = await openWorld(2);
    const { writer, client, keepers } = world;
    await world.setPolicy({ copies: 2 });
    await writer.write(client, { path: "/file", parts: PARTS });
    const ids = [...writer.chunks.keys()];
    await expect.poll(() => world.spread(ids), SOON).toEqual([2, 2, 2]);
    const [{ peer: liar }] = keepers as [World["keepers"][number]];
    liar.readChunk = () => Buffer.from("other bytes");
    const copies = async () =>
      (await client.holders({ runs: [{ first: ids[0]!, count: 3 }] })).runs.map(
        (run) => run.copies,
      );
    await expect.poll(copies, SOON).toEqual([1]);
  });
});
