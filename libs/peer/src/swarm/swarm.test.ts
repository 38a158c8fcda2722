import { ManualClock, RateLimiter, silentLog } from "@goliath/kit";
import { digestOf, parseChunkId, type PeerId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import type { HolderFinder } from "./holder-finder.ts";
import type { PeerLinks } from "./peer-links.ts";
import { SourceBook } from "./source-book.ts";
import { Swarm } from "./swarm.ts";

const BYTES = Buffer.from("a chunk");
const NEED = { id: parseChunkId(1), digest: digestOf(BYTES), length: BYTES.length };
const [SLOW, OTHER] = ["slow", "other"] as PeerId[] as [PeerId, PeerId];
const TEN_SECONDS = 10_000;

/** Holders that answer when the test says so, over links that it is heard from as the test says. */
function openSwarm(holders: PeerId[]) {
  const clock = new ManualClock();
  const answer = Promise.withResolvers<Uint8Array>();
  const world = { clock, answer, heardMs: 0, asked: [] as PeerId[], dropped: [] as PeerId[] };
  const links = {
    open: async (peer: PeerId) => ({
      read: (_want: object, { signal }: { signal: AbortSignal }): Promise<Uint8Array> => {
        world.asked.push(peer);
        if (peer === OTHER) return Promise.resolve(BYTES);
        const late = new Promise<never>((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(signal.reason as Error));
        });
        return Promise.race([answer.promise, late]);
      },
    }),
    heardMs: () => world.heardMs,
    drop: (peer: PeerId) => void world.dropped.push(peer),
  } as unknown as PeerLinks;
  const finder = { find: async () => holders } as unknown as HolderFinder;
  const swarm = new Swarm({
    finder,
    links,
    sources: new SourceBook(clock),
    clock,
    random: () => 0,
    log: silentLog,
    download: new RateLimiter({ clock }),
    onBytes: () => undefined,
  });
  return { ...world, world, swarm };
}

/** Time passes ten seconds at a time, and something is heard before each. */
async function passTens({
  world,
  times,
}: {
  world: { clock: ManualClock; heardMs: number };
  times: number;
}) {
  for (let i = 0; i < times; i++) {
    world.heardMs = world.clock.monotonicMs();
    await world.clock.whenSleeping();
    await world.clock.advance(TEN_SECONDS);
  }
}

describe("Swarm", () => {
  it("waits for the only holder for as long as it is heard of, however slow its line", async () => {
    const { swarm, world, answer } = openSwarm([SLOW]);
    const fetched = swarm.fetch(NEED);
    await passTens({ world, times: 12 });
    expect(world.dropped).toEqual([]);
    answer.resolve(BYTES);
    expect(BYTES.equals(await fetched)).toBe(true);
    expect(world.asked).toEqual([SLOW]);
  });

  it("gives the only holder up after half a minute of silence", async () => {
    const { swarm, world, clock } = openSwarm([SLOW]);
    const fetched = swarm.fetch(NEED);
    fetched.catch(() => undefined);
    await passTens({ world, times: 2 });
    await clock.advance(31_000);
    await expect.poll(() => world.dropped).toEqual([SLOW]);
  });

  it("asks another holder after half a minute, though the first is still heard of", async () => {
    const { swarm, world } = openSwarm([SLOW, OTHER]);
    const fetched = swarm.fetch(NEED);
    await passTens({ world, times: 3 });
    expect(BYTES.equals(await fetched)).toBe(true);
    expect(world.asked).toEqual([SLOW, OTHER]);
    expect(world.dropped).toEqual([SLOW]);
  });
});
