/** What a clock that is set a day or a month off does to an index: nothing is lost, nothing twice. */
import { describe, expect, it } from "vitest";
import { COMMIT_RECORD_MS } from "./bounds.ts";
import { openMemoryIndexEngine } from "./open-memory-engine.ts";
import { expectCode } from "./testing/expect-code.ts";
import { readTree } from "./testing/read-tree.ts";
import { engineInit, LEASE_MS, TestClock } from "./testing/test-engine.ts";
import { mkdir, put, TestWriter } from "./testing/test-writer.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

async function world() {
  const clock = new TestClock();
  clock.now = 100 * DAY_MS;
  const engine = await openMemoryIndexEngine(engineInit(clock));
  return { clock, engine, ann: new TestWriter(engine, "ann") };
}

describe("an index whose clock jumps", () => {
  it("forward refuses a commit whose leases ended with it, and takes the same bytes anew", async () => {
    const { clock, engine, ann } = await world();
    await using _ = engine;
    const file = await ann.file(["x"]);
    const request = ann.request(put("/f", file));
    clock.now += DAY_MS;
    await expectCode(engine.commit(ann.who, request), "lease-lost");
    expect((await readTree(engine)).size).toBe(0);
    await ann.put("/f", "x");
    expect([...(await readTree(engine)).keys()]).toEqual(["/f"]);
  });

  it("back keeps leases, and gives no id again", async () => {
    const { clock, engine, ann } = await world();
    await using _ = engine;
    const before = await engine.allocate(ann.peer, 3);
    clock.now -= DAY_MS;
    await engine.renew(ann.peer, [before.lease]);
    const after = await engine.allocate(ann.peer, 3);
    expect(after.first).toBeGreaterThanOrEqual(before.first + 3);
    clock.now += LEASE_MS / 2;
    await engine.renew(ann.peer, [before.lease, after.lease]);
  });

  it("does no commit twice, whatever it forgot of the first", async () => {
    const { clock, engine, ann } = await world();
    await using _ = engine;
    const sent = [ann.request(mkdir("/a")), ann.request(mkdir("/b"))];
    for (const request of sent) await engine.commit(ann.who, request);
    clock.now += COMMIT_RECORD_MS + DAY_MS;
    await ann.commit(mkdir("/c"));
    clock.now -= COMMIT_RECORD_MS + 2 * DAY_MS;
    await ann.commit(mkdir("/d"));
    const { revision } = await engine.drive();
    for (const request of sent) {
      const again = await engine.commit(ann.who, request).catch((error: unknown) => error);
      expect(again).toMatchObject(
        again instanceof Error ? { code: "number-used" } : { again: true },
      );
    }
    expect((await engine.drive()).revision).toBe(revision);
    expect((await readTree(engine)).size).toBe(4);
  });

  it("tells the log by revision, whatever the times say", async () => {
    const { clock, engine, ann } = await world();
    await using _ = engine;
    await ann.commit(mkdir("/a"));
    clock.now -= DAY_MS;
    await ann.commit(mkdir("/b"));
    const log = await engine.log({});
    expect(log.map(({ revision }) => revision)).toEqual([2, 1]);
  });
});
