import type { Clock } from "@goliath/kit";
import { describe, expect, it } from "vitest";
import { RateHistory } from "./rate-history.ts";

function historyAt(): { history: RateHistory; pass: (ms: number) => void } {
  let nowMs = 0;
  const clock = { monotonicMs: () => nowMs } as Clock;
  return { history: new RateHistory(clock), pass: (ms) => (nowMs += ms) };
}

describe("RateHistory", () => {
  it("notes when a rate changed, and nothing while it stays", () => {
    const { history, pass } = historyAt();
    for (const down of [5, 5, 7]) {
      history.add({ down, up: 0 });
      pass(1_000);
    }
    expect(history.store.get()).toEqual([
      { atMs: 0, down: 5, up: 0 },
      { atMs: 2_000, down: 7, up: 0 },
    ]);
  });

  it("keeps no more than it shows", () => {
    const { history, pass } = historyAt();
    for (let down = 0; down < 1_000; down++) {
      history.add({ down, up: 0 });
      pass(1_000);
    }
    expect(history.store.get()).toHaveLength(301);
    expect(history.store.get().at(-1)?.down).toBe(999);
  });
});
