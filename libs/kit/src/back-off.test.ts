import { describe, expect, it } from "vitest";
import { backOff } from "./back-off.ts";

describe("backOff", () => {
  it("doubles up to its bound and starts over after reset", () => {
    const waits = backOff({ minMs: 100, maxMs: 500, random: () => 1 });
    expect([1, 2, 3, 4, 5].map(() => waits.next())).toEqual([100, 200, 400, 500, 500]);
    waits.reset();
    expect(waits.next()).toBe(100);
  });

  it("spreads over the upper half of each wait", () => {
    const waits = backOff({ minMs: 100, maxMs: 500, random: () => 0 });
    expect([waits.next(), waits.next()]).toEqual([50, 100]);
  });
});
