import { ManualClock } from "@goliath/kit";
import { expect, it } from "vitest";
import { Turn } from "./turn.ts";

it("Turn is over after so many steps, or so long", async () => {
  const clock = new ManualClock();
  const turn = new Turn({ clock, ms: 5, steps: 3 });
  const next = async (): Promise<void> => {
    const others = turn.next(new AbortController().signal);
    await clock.advance(0);
    await others;
  };
  expect([turn.isOver(), turn.isOver(), turn.isOver()]).toEqual([false, false, true]);
  await next();
  expect(turn.isOver()).toBe(false);
  await clock.advance(4);
  expect(turn.isOver()).toBe(false);
  await next();
  await clock.advance(5);
  expect(turn.isOver()).toBe(true);
});
