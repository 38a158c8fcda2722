import { ControlParams, type ControlCall } from "@goliath/kit";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, type PeerWorld } from "../testing/peer-world.ts";
import { daemonMethods } from "./daemon-methods.ts";

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
