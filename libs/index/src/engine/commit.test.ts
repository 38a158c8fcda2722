import { describe, expect, it } from "vitest";
import { MemoryIndexStore } from "../store/memory-index-store.ts";
import { createIndexEngine } from "./index-engine.ts";
import { LocalRunner } from "./local-runner.ts";
import { CountingStore } from "./testing/counting-store.ts";
import { engineInit } from "./testing/test-engine.ts";
import { mkdir, move, remove, TestWriter } from "./testing/test-writer.ts";

/** Rows that a move or a removal at depth 3 reads and writes, whatever lies below. */
const ROWS_MAX = 40;

describe("commit", () => {
  it("commit moves and removes a directory without touching what lies below", async () => {
    const { clock, leaseMs, ...drive } = engineInit();
    const store = new CountingStore(new MemoryIndexStore(drive));
    await using engine = createIndexEngine(new LocalRunner({ store, clock, leaseMs }));
    const ann = new TestWriter(engine, "ann");
    const dirs = Array.from({ length: 2000 }, (_, i) => mkdir(`/a/b/big/${i % 40}/${i}`));
    await ann.commit(...dirs, mkdir("/c/d"));
    expect(store.rows).toBeGreaterThan(2000);
    for (const change of [move("/a/b/big", "/c/d/big"), remove("/c/d/big")]) {
      store.rows = 0;
      await ann.commit(change);
      expect(store.rows).toBeLessThan(ROWS_MAX);
    }
  });
});
