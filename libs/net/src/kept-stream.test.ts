import { describe, expect, it } from "vitest";
import { ManualClock } from "@goliath/kit";
import { GoliathError } from "@goliath/protocols/nouns";
import type { ByteStream } from "@goliath/protocols/wire";
import { identityFromSeed } from "./identity.ts";
import {
  keepStream,
  RECONNECT_GOOD_AFTER_MS,
  RECONNECT_MAX_MS,
  RECONNECT_MIN_MS,
} from "./kept-stream.ts";
import { createSimulatedWorld } from "./simulated-world.ts";

const PROTOCOL = "/goliath/test/1.0.0";
const [A, B] = [1, 2].map((n) => identityFromSeed(new Uint8Array(32).fill(n)));

/** Two peers and a kept stream from one to the other, with waits that have no jitter. */
async function setUp(onOpen: (stream: ByteStream) => Promise<void> = readToEnd) {
  const clock = new ManualClock();
  const world = createSimulatedWorld();
  const [a, b] = [world.join(A!), world.join(B!)];
  const stop = new AbortController();
  const opened: number[] = [];
  await b.handle(PROTOCOL, readToEnd);
  const start = (): Promise<void> =>
    keepStream({
      network: a,
      peer: b.peerId,
      protocol: PROTOCOL,
      clock,
      signal: stop.signal,
      random: () => 1,
      onOpen: async (stream) => {
        opened.push(clock.monotonicMs());
        await onOpen(stream);
      },
    });
  return { clock, world, a, b, stop, opened, start };
}

async function readToEnd(stream: ByteStream): Promise<void> {
  for await (const bytes of stream) void bytes;
}

describe("keepStream", () => {
  it("opens again after the connection was lost, soon at first and then more rarely", async () => {
    const { clock, world, a, b, stop, opened, start } = await setUp();
    const kept = start();
    await clock.advance(1);
    expect(opened).toEqual([0]);
    world.partition(a.peerId, b.peerId);
    // Tries after 100, 200, 400, 800 and 1,600 ms fail; the one after 3,200 finds it healed.
    await clock.advance(4_000);
    expect(opened).toEqual([0]);
    world.heal(a.peerId, b.peerId);
    await clock.advance(2_500);
    expect(opened).toEqual([0, 1 + RECONNECT_MIN_MS * (1 + 2 + 4 + 8 + 16 + 32)]);
    stop.abort();
    await kept;
    expect(clock.sleeping).toBe(0);
  });

  it("waits never longer than its maximum", async () => {
    const { clock, world, a, b, stop, opened, start } = await setUp();
    world.partition(a.peerId, b.peerId);
    const kept = start();
    await clock.advance(60 * 60 * 1000);
    world.heal(a.peerId, b.peerId);
    await clock.advance(RECONNECT_MAX_MS);
    expect(opened).toHaveLength(1);
    stop.abort();
    await kept;
  });

  it("starts with short waits again after a good while", async () => {
    const { clock, a, b, stop, opened, start } = await setUp();
    const kept = start();
    // Five short connections lengthen the waits, a long one shortens them again.
    for (let i = 0; i < 5; i++) {
      await clock.advance(RECONNECT_MAX_MS);
      await a.disconnect(b.peerId);
    }
    await clock.advance(RECONNECT_GOOD_AFTER_MS + RECONNECT_MAX_MS);
    await a.disconnect(b.peerId);
    const lostMs = clock.monotonicMs();
    await clock.advance(RECONNECT_MIN_MS);
    expect(opened.at(-1)).toBe(lostMs + RECONNECT_MIN_MS);
    stop.abort();
    await kept;
  });

  it("rejects with an error that trying again will not mend", async () => {
    const { start, opened } = await setUp(async () => {
      throw new GoliathError("no-pass", "revoked");
    });
    await expect(start()).rejects.toMatchObject({ code: "no-pass" });
    expect(opened).toHaveLength(1);
  });

  it("tries again after an error that may pass", async () => {
    let tries = 0;
    const { clock, stop, start } = await setUp(async () => {
      if (++tries < 3) throw new GoliathError("busy", "full");
      stop.abort();
    });
    const kept = start();
    await clock.advance(RECONNECT_MAX_MS);
    await kept;
    expect(tries).toBe(3);
  });

  it("waits for a protocol that is not handled yet", async () => {
    const clock = new ManualClock();
    const world = createSimulatedWorld();
    const [network, b] = [world.join(A!), world.join(B!)];
    const stop = new AbortController();
    const onOpen = async (): Promise<void> => stop.abort();
    const kept = keepStream({
      network,
      peer: b.peerId,
      protocol: PROTOCOL,
      clock,
      signal: stop.signal,
      onOpen,
      random: Math.random,
    });
    await clock.whenSleeping();
    await b.handle(PROTOCOL, readToEnd);
    await clock.advance(RECONNECT_MAX_MS);
    await kept;
  });

  it("ends its stream when its signal aborts", async () => {
    const world = createSimulatedWorld();
    const [network, b] = [world.join(A!), world.join(B!)];
    const stop = new AbortController();
    const ended = Promise.withResolvers<unknown>();
    await b.handle(PROTOCOL, (stream) => readToEnd(stream).catch(ended.resolve));
    await keepStream({
      network,
      peer: b.peerId,
      protocol: PROTOCOL,
      clock: new ManualClock(),
      signal: stop.signal,
      random: Math.random,
      onOpen: async (stream) => {
        stop.abort();
        await readToEnd(stream);
      },
    });
    expect(await ended.promise).toMatchObject({ code: "closed" });
  });
});
