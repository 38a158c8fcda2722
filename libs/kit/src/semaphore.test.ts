import { describe, expect, it } from "vitest";
import { Semaphore } from "./semaphore.ts";

describe("Semaphore", () => {
  it("lets in at most max, then the others in order", async () => {
    const semaphore = new Semaphore({ max: 2 });
    const order: number[] = [];
    let inside = 0;
    let most = 0;
    const work = (number: number) => async () => {
      most = Math.max(most, ++inside);
      order.push(number);
      await new Promise(setImmediate);
      inside--;
    };
    await Promise.all([1, 2, 3, 4, 5].map((number) => semaphore.run(work(number))));
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it("gives the place back once, also when the work throws", async () => {
    const semaphore = new Semaphore({ max: 1 });
    await expect(semaphore.run(() => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
    const place = await semaphore.acquire();
    place[Symbol.dispose]();
    place[Symbol.dispose]();
    await semaphore.acquire();
    void semaphore.acquire();
    expect(semaphore.waiting).toBe(1);
  });

  it("forgets whoever gave up waiting", async () => {
    const semaphore = new Semaphore({ max: 1 });
    const place = await semaphore.acquire();
    const ended = new AbortController();
    const waiting = semaphore.acquire({ signal: ended.signal });
    ended.abort(new Error("gave up"));
    await expect(waiting).rejects.toThrow("gave up");
    expect(semaphore.waiting).toBe(0);
    place[Symbol.dispose]();
    await semaphore.acquire();
  });

  it("refuses more waiters than its bound", async () => {
    const semaphore = new Semaphore({ max: 1, waitingMax: 1 });
    await semaphore.acquire();
    void semaphore.acquire();
    await expect(semaphore.acquire()).rejects.toMatchObject({ code: "busy" });
  });
});
