import { describe, expect, it } from "vitest";
import { mapBounded } from "./map-bounded.ts";

const turn = () => new Promise(setImmediate);

describe("mapBounded", () => {
  it("gives results in the order of the items, so many at a time", async () => {
    let inside = 0;
    let most = 0;
    const results = await mapBounded([3, 1, 2, 0], 2, async (turns) => {
      most = Math.max(most, ++inside);
      for (let i = 0; i < turns; i++) await turn();
      inside--;
      return turns * 10;
    });
    expect(results).toEqual([30, 10, 20, 0]);
    expect(most).toBe(2);
  });

  it("rejects with the first failure after the others have ended, beginning no more", async () => {
    const begun: number[] = [];
    const aborted: number[] = [];
    const work = async (item: number, { signal }: { signal: AbortSignal }) => {
      begun.push(item);
      if (item === 1) throw new Error("one");
      await turn();
      await turn();
      if (signal.aborted) aborted.push(item);
    };
    await expect(mapBounded([0, 1, 2, 3], 2, work)).rejects.toThrow("one");
    expect(begun).toEqual([0, 1]);
    expect(aborted).toEqual([0]);
  });

  it("rejects with the failure of the source", async () => {
    async function* items() {
      yield 1;
      throw new Error("no more");
    }
    await expect(mapBounded(items(), 2, async (item) => item)).rejects.toThrow("no more");
  });

  it("stops with the caller's signal", async () => {
    const ended = new AbortController();
    const mapping = mapBounded([1, 2, 3], 1, async () => ended.abort(new Error("gave up")), {
      signal: ended.signal,
    });
    await expect(mapping).rejects.toThrow("gave up");
  });

  it("gives nothing for nothing", async () => {
    expect(await mapBounded([], 4, async () => 1)).toEqual([]);
  });
});
