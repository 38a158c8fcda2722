/** What an index that came back from a backup gives up: nothing that its lost time may have used. */
import { describe, expect, it } from "vitest";
import { firstChunkId } from "@goliath/protocols/nouns";
import type { ChunkId, Revision } from "@goliath/protocols/nouns";
import { MemoryIndexStore } from "../store/memory-index-store.ts";
import { openStoreIndexEngine } from "./open-memory-engine.ts";
import { engineInit, LEASE_MS, TestClock } from "./testing/test-engine.ts";
import { collectUnused, retainAll, TestCensus } from "./testing/test-keeping.ts";
import { put, remove, setPolicy, TestWriter } from "./testing/test-writer.ts";

const HOUR_MS = 3_600_000;
const run = (first: number, count: number) => ({ first: first as ChunkId, count });

/** An index with a backup taken at some time, and what was done after it. */
async function world() {
  const clock = new TestClock();
  const { drive, chunkBytes, leaseMs } = engineInit(clock);
  const store = new MemoryIndexStore({ drive, chunkBytes });
  const engine = await openStoreIndexEngine({ store, clock, leaseMs });
  const ann = new TestWriter(engine, "ann");
  const restore = async (backup: MemoryIndexStore) => {
    const back = new MemoryIndexStore({ copyOf: backup });
    return openStoreIndexEngine({ store: back, clock, leaseMs, restored: true });
  };
  const backUp = () => new MemoryIndexStore({ copyOf: store });
  return { clock, engine, ann, restore, backUp };
}

describe("an index restored from a backup", () => {
  it("gives up none of what was given away after the backup, or under a lease then", async () => {
    const { engine, ann, clock, restore, backUp } = await world();
    await using _ = engine;
    await ann.put("/old");
    // Under a lease when the backup is made, committed after it; and written after it altogether.
    const leased = await ann.file(["leased"]);
    const backup = backUp();
    await ann.commit(put("/leased", leased));
    await ann.put("/lost");
    await using restored = await restore(backup);
    clock.now += 2 * LEASE_MS;
    clock.ran += 100 * 24 * HOUR_MS;
    await retainAll(restored);
    const { ids, revision } = await new TestCensus(restored).sweep();
    expect(ids).toEqual([1]);
    const asked = { runs: [run(2, 1000), run(2 ** 39, 5)], since: revision };
    expect(await collectUnused(restored, asked)).toEqual([]);
  });

  it("still gives up what it knows all about, of all its generations", async () => {
    const { engine, ann, clock, restore, backUp } = await world();
    await using _ = engine;
    await ann.commit(setPolicy("/", { retentionMs: HOUR_MS }));
    await ann.put("/used");
    await ann.put("/unused");
    await ann.commit(remove("/unused"));
    // Given up already when the backup is made, but somebody holds it still.
    await ann.put("/before");
    await ann.commit(remove("/before"));
    clock.ran += HOUR_MS;
    await retainAll(engine);
    const { revision: then } = await engine.drive();
    expect(await collectUnused(engine, { runs: [run(3, 1)], since: then })).toEqual([3]);
    // A writer that died long before the backup.
    await engine.allocate(ann.peer, 1);
    clock.now += LEASE_MS;
    await engine.allocate(ann.peer, 1);
    const backup = backUp();
    await using first = await restore(backup);
    await using again = await restore(backup);
    for (const restored of [first, again]) {
      const bob = new TestWriter(restored, "bob");
      await bob.put("/new");
      await bob.commit(remove("/new"));
      clock.ran += HOUR_MS;
      await retainAll(restored);
      const { ids, revision } = await new TestCensus(restored).sweep();
      expect(ids).toEqual([1]);
      const generation = firstChunkId(1);
      const runs = [run(2, 100), run(generation, 100)];
      // 2 has a digest, 3 was given up, 4 is of a lease that had ended; 5 was leased then.
      expect(await collectUnused(restored, { runs, since: revision })).toEqual([
        2,
        3,
        4,
        generation,
      ]);
    }
  });

  it("keeps its quarantine through further restores", async () => {
    const { engine, ann, restore, backUp } = await world();
    await using _ = engine;
    await ann.put("/a");
    await using first = await restore(backUp());
    const second = new MemoryIndexStore({
      drive: engineInit().drive,
      chunkBytes: engineInit().chunkBytes,
    });
    await using empty = await restore(second);
    await using twice = await restore(second);
    for (const restored of [first, empty, twice]) {
      const { revision } = await restored.drive();
      const runs = [run(2, 5000), run(firstChunkId(1), 10), run(firstChunkId(2), 10)];
      expect(await collectUnused(restored, { runs, since: revision as Revision })).toEqual([]);
    }
  });
});
