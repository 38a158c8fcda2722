import { describe, expect, it } from "vitest";
import { ManualClock } from "@goliath/kit";
import type { PeerId } from "@goliath/protocols/nouns";
import { describeNetwork } from "./compliance.ts";
import { identityFromSeed } from "./identity.ts";
import { createSimulatedWorld, SILENCE_MS } from "./simulated-world.ts";

const PROTOCOL = "/goliath/test/1.0.0";
const peer = (seed: number): PeerId => identityFromSeed(new Uint8Array(32).fill(seed)).peerId;
const [A, B, C] = [peer(1), peer(2), peer(3)];

describeNetwork("createSimulatedWorld", async () => {
  const world = createSimulatedWorld();
  const a = world.join(A);
  const b = world.join(B);
  return {
    a,
    b,
    [Symbol.asyncDispose]: async () => {
      await a[Symbol.asyncDispose]();
      await b[Symbol.asyncDispose]();
    },
  };
});

describe("createSimulatedWorld", () => {
  it("partition cuts two peers off and leaves the third", async () => {
    const world = createSimulatedWorld();
    const [a, b, c] = [world.join(A), world.join(B), world.join(C)];
    for (const network of [b, c]) {
      await network.handle(PROTOCOL, async (stream) => {
        for await (const bytes of stream) await stream.send(bytes);
      });
    }
    const cut = await a.open(B, PROTOCOL);
    const kept = await a.open(C, PROTOCOL);
    world.partition(A, B);
    await expect(cut[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "closed" });
    await expect(a.open(B, PROTOCOL)).rejects.toMatchObject({ code: "unavailable" });
    await expect(b.open(A, PROTOCOL)).rejects.toMatchObject({ code: "unavailable" });
    await kept.send(Buffer.from("still"));
    expect((await kept[Symbol.asyncIterator]().next()).value).toHaveLength("still".length);
    world.heal(A, B);
    expect((await a.open(B, PROTOCOL)).peer).toBe(B);
  });

  it("crash ends a peer's streams and its network for good, and it may come back", async () => {
    const world = createSimulatedWorld();
    const [a, old] = [world.join(A), world.join(B)];
    const lost: string[] = [];
    a.onDisconnect((peer) => lost.push(peer));
    await old.handle(PROTOCOL, (stream) => stream.close());
    const stream = await a.open(B, PROTOCOL);
    world.crash(B);
    expect(lost).toEqual([B]);
    await expect(stream.send(Buffer.from("?"))).rejects.toMatchObject({ code: "closed" });
    const back = world.join(B);
    await expect(old.open(A, PROTOCOL)).rejects.toMatchObject({ code: "unavailable" });
    await expect(a.open(B, PROTOCOL)).rejects.toMatchObject({ code: "unsupported" });
    await back.handle(PROTOCOL, (opened) => opened.close());
    expect((await a.open(B, PROTOCOL)).peer).toBe(B);
    expect(() => world.join(B)).toThrow(expect.objectContaining({ code: "exists" }));
  });

  it("latencyMs delays bytes by the given clock and keeps their order", async () => {
    const clock = new ManualClock();
    const world = createSimulatedWorld({ clock, latencyMs: 50 });
    const [a, b] = [world.join(A), world.join(B)];
    const arrivals: [number, string][] = [];
    await b.handle(PROTOCOL, async (stream) => {
      for await (const bytes of stream) {
        arrivals.push([clock.monotonicMs(), Buffer.from(bytes.slice()).toString()]);
      }
    });
    const opening = a.open(B, PROTOCOL);
    await clock.advance(100);
    const stream = await opening;
    await stream.send(Buffer.from("first"));
    await clock.advance(20);
    await stream.send(Buffer.from("second"));
    const closing = stream.close();
    await clock.advance(50);
    await closing;
    expect(arrivals).toEqual([
      [150, "first"],
      [170, "second"],
    ]);
  });

  it("stall holds one direction back, and heal lets what waited arrive late", async () => {
    const { clock, world, stream, arrivals } = await openTelling();
    world.stall({ from: A, to: B });
    await stream.send(Buffer.from("held"));
    await clock.advance(SILENCE_MS - 1);
    expect(arrivals).toEqual([]);
    world.heal(A, B);
    await clock.advance(0);
    expect(arrivals).toEqual([[SILENCE_MS - 1, "held"]]);
    await clock.advance(SILENCE_MS);
    await stream.send(Buffer.from("flows"));
    await clock.advance(0);
    expect(arrivals.at(-1)?.[1]).toBe("flows");
  });

  it("stall ends the connection at both ends after the silence, and opens nothing new", async () => {
    const { clock, world, stream, arrivals, b } = await openTelling();
    const lost: string[] = [];
    b.onDisconnect((peer) => lost.push(peer));
    world.stall({ from: A, to: B });
    await stream.send(Buffer.from("never heard of"));
    const reading = stream[Symbol.asyncIterator]().next();
    const opening = b.open(A, PROTOCOL);
    const ends = Promise.allSettled([reading, opening]);
    await clock.advance(SILENCE_MS);
    expect(await ends).toMatchObject([
      { status: "rejected", reason: { code: "closed" } },
      { status: "rejected", reason: { code: "unavailable" } },
    ]);
    expect([lost, arrivals]).toEqual([[A], []]);
    expect(world.streams()).toEqual([]);
  });

  it("shape lets bytes through at a rate that all streams share, with jitter, in order", async () => {
    const { clock, world, a, stream, arrivals } = await openTelling(() => 0.5);
    world.shape({ from: A, to: B }, { latencyMs: 10, jitterMs: 4, bytesPerMs: 1 });
    const opening = a.open(B, PROTOCOL);
    await clock.advance(10);
    const second = await opening;
    await Promise.all([stream.send(Buffer.from("12345")), second.send(Buffer.from("678"))]);
    await clock.advance(100);
    expect(arrivals).toEqual([
      [10 + 5 + 10 + 2, "12345"],
      [10 + 5 + 3 + 10 + 2, "678"],
    ]);
  });
});

/** A stream from A to B whose arrivals are written down with their time. */
async function openTelling(random?: () => number) {
  const clock = new ManualClock();
  const world = createSimulatedWorld({ clock, ...(random ? { random } : {}) });
  const [a, b] = [world.join(A), world.join(B)];
  const arrivals: [number, string][] = [];
  await b.handle(PROTOCOL, async (stream) => {
    for await (const bytes of stream) {
      arrivals.push([clock.monotonicMs(), Buffer.from(bytes.slice()).toString()]);
    }
  });
  return { clock, world, a, b, arrivals, stream: await a.open(B, PROTOCOL) };
}
