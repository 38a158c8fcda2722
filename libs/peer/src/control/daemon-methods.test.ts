import { ControlParams, type ControlCall } from "@goliath/kit";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";
import { daemonMethods } from "./daemon-methods.ts";
import type { WatchedStatus } from "./peer-control.ts";

const DATA = parsePath("/data");

let world: PeerWorld;
let alice: Peer;
let bob: Peer;
let local: string;
beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  bob = await world.peer("bob");
  const source = await world.path("source");
  local = await world.path("target");
  await writeFile(join(source, "file"), "bytes");
  await alice.shares.share({ local: source, path: DATA });
});
afterEach(() => world[Symbol.asyncDispose]());

/** Calls a method as the socket does. */
function call(name: string, params: Record<string, unknown>, init: Partial<ControlCall> = {}) {
  const method = daemonMethods({ peer: bob, onStop: () => undefined })[name];
  const { signal } = new AbortController();
  const body = (async function* () {})();
  const progress = async () => undefined;
  return method?.(new ControlParams(params), { signal, progress, body, ...init });
}

describe("mirror with `once`", () => {
  it("does not follow what it fetched", async () => {
    await call("mirror", { path: DATA, local, once: true });
    expect(bob.mirrors.list()).toEqual([]);
  });

  it("does not follow what it was stopped at", async () => {
    const stop = new AbortController();
    const progress = async () => stop.abort();
    const params = { path: DATA, local, once: true };
    await expect(call("mirror", params, { signal: stop.signal, progress })).rejects.toThrow();
    expect(bob.mirrors.list()).toEqual([]);
  });

  it("leaves a mirror that was there followed when it is stopped", async () => {
    world.network.partition(alice.peerId, bob.peerId);
    const signal = AbortSignal.timeout(300);
    await expect(call("mirror", { path: DATA, local }, { signal })).rejects.toThrow();
    const stopped = call("mirror", { path: DATA, local, once: true }, { signal });
    await expect(stopped).rejects.toThrow();
    expect(bob.mirrors.list()).toMatchObject([{ local, path: DATA, state: "syncing" }]);
  });
});

describe("limits", () => {
  it("shows, sets and resets what may be sent and received", async () => {
    expect(await call("limits", {})).toEqual({ up: null, down: null, set: false });
    expect(await call("limits", { up: 50_000 })).toEqual({ up: 50_000, down: null, set: true });
    expect(await call("limits", { up: 0, down: 60_000 })).toMatchObject({ up: null, down: 60_000 });
    expect(bob.bandwidth.download.rate).toBe(60_000);
    await expect(call("limits", { up: 1 })).rejects.toMatchObject({ code: "bad-request" });
    expect(await call("limits", { reset: true })).toEqual({ up: null, down: null, set: false });
  });
});

describe("watch", () => {
  it("tells at once and again when the drive changed, until it is ended", async () => {
    const end = new AbortController();
    const revisions: number[] = [];
    const progress = async (value: unknown) => {
      const { status, peersOnline } = value as WatchedStatus;
      revisions.push(status.index.revision);
      if (revisions.length === 1) {
        expect(peersOnline).toBe(1);
        await alice.writer.mkdir(parsePath("/new"), end.signal);
      } else if (status.index.revision > (revisions[0] ?? 0)) end.abort();
    };
    await expect(call("watch", {}, { signal: end.signal, progress })).rejects.toThrow();
    expect(revisions.at(-1)).toBeGreaterThan(revisions[0] ?? Infinity);
  });

  it("shares one look among all who watch", async () => {
    const asked = vi.spyOn(bob, "keeperStatus");
    const watching = daemonMethods({ peer: bob, onStop: () => undefined })["watch"];
    const end = new AbortController();
    let told = 0;
    const progress = async () => {
      if (++told === 20) end.abort();
    };
    const body = (async function* () {})();
    const watch = () => watching?.(new ControlParams({}), { signal: end.signal, progress, body });
    await Promise.allSettled(Array.from({ length: 20 }, watch));
    expect(told).toBeGreaterThanOrEqual(20);
    expect(asked.mock.calls.length).toBeLessThan(5);
  });
});
