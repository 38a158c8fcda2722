/** The methods that a page needs besides the command's. */
import { ControlParams, ManualClock, type ControlCall, type ControlMethod } from "@goliath/kit";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, until, type PeerWorld } from "../testing/peer-world.ts";
import { copiesMethods } from "./copies-methods.ts";
import { daemonMethods } from "./daemon-methods.ts";
import { MirrorRates } from "./mirror-rates.ts";
import { readMethods } from "./read-methods.ts";
import type { ChildHealth, PeerControl } from "./peer-control.ts";

const LARGE = 3 * TEST_CHUNK_BYTES + 5;

let world: PeerWorld;
let alice: Peer;
let bob: Peer;
beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  bob = await world.peer("bob");
  const source = await world.path("source");
  await mkdir(join(source, "sub"));
  await writeFile(join(source, "small"), "bytes");
  await writeFile(join(source, "empty"), "");
  await writeFile(join(source, "sub", "large"), Buffer.alloc(LARGE, "x"));
  await alice.shares.share({ local: source, path: parsePath("/data") });
  await alice.flush();
});
afterEach(() => world[Symbol.asyncDispose]());

type Asked = keyof PeerControl;

/** Calls a method of a peer as the socket does. */
async function ask<Name extends Asked>(
  { peer, progress = async () => undefined }: { peer: Peer; progress?: ControlCall["progress"] },
  name: Name,
  params: PeerControl[Name]["params"],
): Promise<PeerControl[Name]["result"]> {
  const methods: Record<string, ControlMethod> = {
    ...readMethods(peer),
    ...copiesMethods(peer),
    ...daemonMethods({ peer, onStop: () => undefined }),
  };
  const { signal } = new AbortController();
  const body = (async function* () {})();
  const given = new ControlParams({ ...params });
  return (await methods[name]?.(given, { signal, progress, body })) as PeerControl[Name]["result"];
}

const PATHS = ["/data", "/data/small", "/data/empty", "/data/sub/large", "/nothing", "/"];

describe("standing", () => {
  it("tells of a sharer that all is here, of others that nothing is", async () => {
    const here = await ask({ peer: alice }, "standing", { paths: PATHS });
    const alone = { holders: 1, reachable: true, copies: { fewest: 0, wanted: 1 }, atRisk: true };
    // Nothing can be missing of no bytes.
    const empty = { ...alone, holders: 0, atRisk: false };
    expect(here.entries).toEqual([
      { here: "all", mirrored: false, shared: true },
      { here: "all", hereBytes: 5, mirrored: false, shared: true, ...alone },
      { here: "all", hereBytes: 0, mirrored: false, shared: true, ...empty },
      { here: "all", hereBytes: LARGE, mirrored: false, shared: true, ...alone },
      null,
      { here: "part", mirrored: false, shared: false },
    ]);
    const { entries } = await ask({ peer: bob }, "standing", { paths: PATHS });
    expect(entries.map((entry) => entry?.here)).toEqual([
      ...["none", "none", "all", "none"],
      undefined,
      "none",
    ]);
    expect(entries[3]).toMatchObject({ hereBytes: 0, holders: 1, reachable: true });
  });

  it("tells of what is mirrored, in part and whole", async () => {
    const local = await world.path("target");
    await bob.mirrors.mirror({ path: parsePath("/data/sub"), local });
    await bob.flush();
    const { entries } = await ask({ peer: bob }, "standing", { paths: [...PATHS, "/data/sub"] });
    expect(entries[0]).toEqual({ here: "part", mirrored: false, shared: false });
    expect(entries[3]).toMatchObject({ here: "all", hereBytes: LARGE, mirrored: true, holders: 2 });
    expect(entries[6]).toEqual({ here: "all", mirrored: true, shared: false });
  });

  it("tells that a file is at risk and out of reach", async () => {
    await ask({ peer: alice }, "setCopies", { path: "/data/sub", copies: 2, clear: false });
    const paths = ["/data/sub/large"];
    const before = await ask({ peer: bob }, "standing", { paths });
    const risky = { copies: { fewest: 0, wanted: 2 }, atRisk: true };
    expect(before.entries).toMatchObject([{ reachable: true, ...risky }]);
    await world.close("alice");
    await until(async () => {
      const { entries } = await ask({ peer: bob }, "standing", { paths });
      return entries[0]?.reachable === false && entries[0].holders === 0;
    });
  });

  it("refuses more paths than a window shows", async () => {
    const paths = Array.from({ length: 201 }, (_, at) => `/${at}`);
    const refused = ask({ peer: bob }, "standing", { paths });
    await expect(refused).rejects.toMatchObject({ code: "bad-request" });
  });
});

describe("health", () => {
  it("counts each child, the largest first, and all together", async () => {
    await ask({ peer: alice }, "setCopies", { path: "/data/small", copies: 0, clear: false });
    const children: ChildHealth[] = [];
    const progress = async (told: unknown) => {
      children.push((told as { child: ChildHealth }).child);
    };
    const total = await ask({ peer: bob, progress }, "health", { path: "/data" });
    expect(children.map(({ name, chunks, under }) => [name, chunks, under])).toEqual([
      ["sub", 4, 4],
      ["small", 1, 0],
      ["empty", 0, 0],
    ]);
    const left = { leftOut: { children: 0, bytes: 0 }, more: false };
    const sums = { bytes: LARGE + 5, chunks: 5, under: 4, bare: 4, unreachable: 0 };
    expect(total).toMatchObject({ ...sums, ...left });
  });
});

describe("at", () => {
  it("tells the revision that the drive had at a time", async () => {
    for (let i = 0; i < 5; i++) {
      await alice.writer.mkdir(parsePath(`/dir-${i}`), AbortSignal.timeout(10_000));
      await alice.clock.sleep(2);
    }
    const log = await ask({ peer: bob }, "log", {});
    for (const { revision, at } of log) {
      const same = Math.max(...log.filter((one) => one.at <= at).map((one) => one.revision));
      expect(await ask({ peer: bob }, "at", { timeMs: at })).toEqual({
        revision: same,
        madeMs: at,
      });
      expect(same).toBeGreaterThanOrEqual(revision);
    }
    expect(await ask({ peer: bob }, "at", { timeMs: 1 })).toEqual({ revision: 0, madeMs: null });
  });
});

describe("transfers", () => {
  it("tells from whom bytes came, by name, and of mirrors that lack something", async () => {
    world.network.partition(alice.peerId, bob.peerId);
    const local = await world.path("target");
    const mirrored = bob.mirrors.mirror({ path: parsePath("/data"), local });
    await until(async () => {
      const { mirrors } = await ask({ peer: bob }, "transfers", {});
      return mirrors[0]?.missingBytes === LARGE + 5;
    });
    world.network.heal(alice.peerId, bob.peerId);
    await mirrored;
    const { mirrors, sources } = await ask({ peer: bob }, "transfers", {});
    expect(mirrors).toEqual([]);
    expect(sources).toMatchObject([{ peer: alice.peerId, name: "alice" }]);
    const { receivers } = await ask({ peer: alice }, "transfers", {});
    // The index as well, which reads some back to see that a writer has what it says.
    expect(receivers.map(({ name }) => name)).toContain("bob");
  });

  it("measures a mirror by what it lacks", async () => {
    const clock = new ManualClock();
    const rates = new MirrorRates(clock);
    expect(rates.rateOf("/a", 10_000_000)).toBe(0);
    let rate = 0;
    for (let left = 9_000_000; left > 0; left -= 1_000_000) {
      await clock.advance(1_000);
      rate = rates.rateOf("/a", left);
    }
    expect(rate).toBeGreaterThan(800_000);
    expect(rate).toBeLessThanOrEqual(1_000_000);
    expect(rates.rateOf("/a", 0)).toBe(0);
  });
});

describe("pause", () => {
  it("holds a mirror still, over a restart too, until it is resumed", async () => {
    const local = await world.path("target");
    await bob.mirrors.mirror({ path: parsePath("/data"), local });
    expect(await ask({ peer: bob }, "pause", { local })).toEqual({ folders: [local] });
    expect(bob.mirrors.list()).toMatchObject([{ local, paused: true }]);
    await world.close("bob");
    bob = await world.peer("bob");
    await writeFile(join(world.folder, "source", "late"), "late");
    await until(async () => {
      const { entry } = await ask({ peer: bob }, "resolve", { path: "/data/late" });
      return entry !== null;
    });
    expect(await readdir(local)).not.toContain("late");
    expect(bob.mirrors.list()).toMatchObject([{ local, paused: true }]);
    expect(await ask({ peer: bob }, "resume", {})).toEqual({ folders: [local] });
    await until(async () => (await readdir(local)).includes("late"));
    expect(bob.mirrors.list()[0]).not.toHaveProperty("paused");
  });

  it("holds a share still until it is resumed", async () => {
    const source = join(world.folder, "source");
    expect(await ask({ peer: alice }, "pause", {})).toEqual({ folders: [source] });
    await writeFile(join(source, "late"), "late");
    await world.close("alice");
    alice = await world.peer("alice");
    await alice.session.whenConnected();
    expect(alice.shares.list()).toMatchObject([{ local: source, paused: true }]);
    // What others commit goes on, and comes after whatever the share would have done.
    await bob.writer.mkdir(parsePath("/marker"), AbortSignal.timeout(9_000));
    const { entry } = await ask({ peer: bob }, "resolve", { path: "/data/late" });
    expect(entry).toBeNull();
    await ask({ peer: alice }, "resume", { local: source });
    await until(async () => {
      const found = await ask({ peer: bob }, "resolve", { path: "/data/late" });
      return found.entry !== null;
    });
  });

  it("says where nothing is mirrored nor shared", async () => {
    const refused = ask({ peer: bob }, "pause", { local: "/nowhere" });
    await expect(refused).rejects.toMatchObject({ code: "not-found" });
  });
});
