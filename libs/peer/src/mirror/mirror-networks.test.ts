/** Mirrors while the network between some peers is cut, slow or silent. */
import { existsSync } from "node:fs";
import { rm, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parsePath } from "@goliath/protocols/nouns";
import type { Peer } from "../peer.ts";
import { openPeerWorld, TEST_CHUNK_BYTES, type PeerWorld } from "../testing/peer-world.ts";

const DATA = parsePath("/data");
const SMALL = parsePath("/data/small");

let world: PeerWorld;
let alice: Peer;
let bob: Peer;
let source: string;
let target: string;

beforeEach(async () => {
  world = await openPeerWorld();
  alice = await world.peer("alice");
  bob = await world.peer("bob");
  source = await world.path("source");
  target = await world.path("target");
});
afterEach(() => world[Symbol.asyncDispose]());

/** Looks at bob's mirrors at each of their changes until they are as wanted. */
async function mirrors(isSo: () => boolean, timeoutMs = 20_000): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  while (!isSo()) await bob.mirrors.nextChange(signal);
}

describe("a mirror", () => {
  it("lets go of a version whose holder is cut off once a newer revision overtakes it", async () => {
    const [a, b] = [world.idOf("alice"), world.idOf("bob")];
    world.network.shape(
      { from: a, to: b },
      { latencyMs: 5, jitterMs: 0, bytesPerMs: TEST_CHUNK_BYTES / 50 },
    );
    // Beside it, so that its removal is no emptying of the folder, which would wait for a yes.
    for (const name of ["a", "b", "c"]) await writeFile(join(source, name), "");
    await writeFile(join(source, "big"), Buffer.alloc(60 * TEST_CHUNK_BYTES, "slow "));
    await alice.shares.share({ local: source, path: DATA });
    const mirrored = bob.mirrors.mirror({ path: DATA, local: target });
    const signal = AbortSignal.timeout(20_000);
    while (bob.traffic.status().downBytes < 4 * TEST_CHUNK_BYTES)
      await new Promise((resolve) => void setImmediate(resolve)).then(() =>
        signal.throwIfAborted(),
      );
    world.network.partition(a, b);
    await unlink(join(source, "big"));
    const startMs = performance.now();
    await mirrored;
    // Its patience with a holder that may come back is 30 s: that must not be what ended it.
    expect(performance.now() - startMs).toBeLessThan(15_000);
    expect(existsSync(join(target, "big"))).toBe(false);
  });

  it("is not held up by files that nobody who is here has", async () => {
    const carol = await world.peer("carol");
    const lost = await world.path("lost");
    for (let i = 0; i < 60; i++) await writeFile(join(lost, `lost ${i}`), `nobody has this ${i}`);
    await carol.shares.share({ local: lost, path: parsePath("/a-lost") });
    await writeFile(join(source, "one"), "here");
    await alice.shares.share({ local: source, path: DATA });
    await world.close("carol");
    const mirrored = bob.mirrors.mirror({ path: parsePath("/"), local: target });
    mirrored.catch(() => undefined);
    await mirrors(() => bob.mirrors.list()[0]?.missingFiles === 60);
    expect(existsSync(join(target, "data/one"))).toBe(true);
    expect(bob.mirrors.list()[0]?.problems.join()).toMatch(/no reachable peer holds this now/u);
    await world.peer("carol");
    expect(await mirrored).toMatchObject({ state: "complete", missingFiles: 0, problems: [] });
  });

  it("takes away what was removed from the drive while it was being put in place", async () => {
    const [a, b] = [world.idOf("alice"), world.idOf("bob")];
    const slow = { latencyMs: 5, jitterMs: 0, bytesPerMs: TEST_CHUNK_BYTES / 50 };
    world.network.shape({ from: a, to: b }, slow);
    // Both are recorded at the end of the sweep, which the large one takes long for.
    await writeFile(join(source, "small"), "put in place at once");
    await writeFile(join(source, "big"), Buffer.alloc(60 * TEST_CHUNK_BYTES, "slow "));
    await alice.shares.share({ local: source, path: DATA });
    const mirrored = bob.mirrors.mirror({ path: DATA, local: target });
    await expect.poll(() => existsSync(join(target, "small")), { timeout: 20_000 }).toBe(true);
    const { signal } = new AbortController();
    await rm(join(source, "small"));
    await expect
      .poll(async () => (await bob.reader.resolve({ path: SMALL, signal })).entry, {
        timeout: 20_000,
      })
      .toBe(undefined);
    await mirrored;
    await mirrors(() => bob.mirrors.list()[0]?.state === "complete");
    expect(existsSync(join(target, "small"))).toBe(false);
    expect(existsSync(join(target, "big"))).toBe(true);
  });
});
