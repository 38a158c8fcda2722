import { describe, expect, it } from "vitest";
import { BoundedQueue } from "./bounded-queue.ts";

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe("BoundedQueue", () => {
  it("gives every item in order to its consumer, then ends", async () => {
    const queue = new BoundedQueue<number>({ max: 2 });
    const all = collect(queue);
    for (let number = 0; number < 10; number++) await queue.push(number);
    queue.close();
    expect(await all).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("push waits while it is full", async () => {
    const queue = new BoundedQueue<string>({ max: 1 });
    await queue.push("a");
    expect(queue.tryPush("b")).toBe(false);
    let pushed = false;
    const pushing = queue.push("b").then(() => (pushed = true));
    await new Promise(setImmediate);
    expect(pushed).toBe(false);
    expect(await queue.shift()).toBe("a");
    await pushing;
    expect(queue.size).toBe(1);
  });

  it("push and shift give up with the signal", async () => {
    const queue = new BoundedQueue<string>({ max: 1 });
    const ended = new AbortController();
    const shifting = queue.shift({ signal: ended.signal });
    ended.abort(new Error("gave up"));
    await expect(shifting).rejects.toThrow("gave up");
    await queue.push("a");
    await expect(queue.push("b", { signal: ended.signal })).rejects.toThrow("gave up");
    expect(queue.size).toBe(1);
  });

  it("close lets the queued be taken and refuses more", async () => {
    const queue = new BoundedQueue<string>({ max: 2 });
    await queue.push("a");
    queue.close();
    await expect(queue.push("b")).rejects.toMatchObject({ code: "closed" });
    expect(await collect(queue)).toEqual(["a"]);
  });

  it("fail reaches a waiting consumer and a waiting producer", async () => {
    const queue = new BoundedQueue<string>({ max: 1 });
    await queue.push("a");
    const pushing = queue.push("b");
    queue.fail(new Error("broken"));
    await expect(pushing).rejects.toMatchObject({ code: "closed" });
    await expect(collect(queue)).rejects.toThrow("broken");
  });

  it("leaving the loop tells the producer", async () => {
    const queue = new BoundedQueue<string>({ max: 1 });
    await queue.push("a");
    for await (const _item of queue) break;
    await expect(queue.push("b")).rejects.toMatchObject({ code: "closed" });
  });
});
