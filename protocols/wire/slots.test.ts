import { describe, expect, it } from "vitest";
import { Slots } from "./slots.ts";

describe("Slots", () => {
  it("lets who waits in, in order, as slots are given back", async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    await slots.take();
    const a = slots.take().then(() => order.push("a"));
    const b = slots.take().then(() => order.push("b"));
    slots.give();
    await a;
    expect(order).toEqual(["a"]);
    slots.give();
    await b;
    expect(order).toEqual(["a", "b"]);
  });

  it("take that is aborted while waiting takes nothing", async () => {
    const slots = new Slots(1);
    await slots.take();
    const control = new AbortController();
    const given = slots.take(control.signal);
    control.abort();
    await expect(given).rejects.toMatchObject({ code: "aborted" });
    slots.give();
    await slots.take();
    const late = slots.take(AbortSignal.abort());
    await expect(late).rejects.toMatchObject({ code: "aborted" });
  });

  it("take rejects with timeout where the signal was one", async () => {
    const slots = new Slots(0);
    const waiting = slots.take(AbortSignal.timeout(1));
    await expect(waiting).rejects.toMatchObject({ code: "timeout" });
  });
});
