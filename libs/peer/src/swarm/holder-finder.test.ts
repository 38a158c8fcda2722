import { describe, expect, it } from "vitest";
import { ManualClock } from "@goliath/kit";
import type { Network } from "@goliath/net";
import type { HoldersReply, IndexService } from "@goliath/protocols/index";
import { parseChunkId, type PeerId } from "@goliath/protocols/nouns";
import type { IndexLink } from "../parts.ts";
import { HolderFinder } from "./holder-finder.ts";

const [SELF, ALICE] = ["self", "alice"] as PeerId[];

function openFinder({ answerMs = 0 } = {}) {
  const clock = new ManualClock({ nowMs: 0 });
  const held = new Set<number>();
  let asked = 0;
  const holders: IndexService["holders"] = async ({ runs: [run] }): Promise<HoldersReply> => {
    asked++;
    if (answerMs > 0) await clock.sleep(answerMs);
    const ids = [...held].filter((id) => run && id >= run.first && id < run.first + run.count);
    return {
      peers: [{ peer: ALICE as PeerId, addresses: [] }],
      runs: ids.map((id) => ({ first: parseChunkId(id), count: 1, holders: [0], copies: 0 })),
    };
  };
  const link = { peerId: SELF, service: { holders } } as unknown as IndexLink;
  const network = { learn: async () => undefined } as unknown as Network;
  const finder = new HolderFinder({ link, network, clock });
  return { clock, held, find: (id: number) => finder.find(parseChunkId(id)), asked: () => asked };
}

describe("HolderFinder", () => {
  it("asks for a block once for many chunks", async () => {
    const { held, find, asked } = openFinder();
    for (let id = 0; id < 100; id++) held.add(id);
    const found = await Promise.all(Array.from({ length: 100 }, (_, id) => find(id)));
    expect(found.every(([peer]) => peer === ALICE)).toBe(true);
    expect(asked()).toBe(1);
  });

  it("finds the holder of a chunk that came a moment after its block was asked for", async () => {
    const { clock, held, find } = openFinder();
    held.add(1);
    expect(await find(1)).toEqual([ALICE]);
    held.add(2);
    await clock.advance(25);
    expect(await find(2)).toEqual([ALICE]);
  });

  it("asks no more often than a few times in a moment for chunks that nobody holds", async () => {
    const { clock, find, asked } = openFinder();
    for (let ms = 0; ms < 100; ms += 10) {
      await Promise.all(Array.from({ length: 50 }, (_, id) => find(id)));
      await clock.advance(10);
    }
    expect(asked()).toBeLessThanOrEqual(6);
  });

  it("asks once for a chunk that nobody holds, though the index is far away", async () => {
    const { clock, find, asked } = openFinder({ answerMs: 100 });
    const found = find(1);
    await clock.advance(100);
    expect(await found).toEqual([]);
    expect(asked()).toBe(1);
  });
});
