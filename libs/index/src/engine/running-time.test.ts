/** That running time goes on over restarts, and only while the index runs. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Revision } from "@goliath/protocols/nouns";
import { openSqliteIndexEngine } from "./open-sqlite-engine.ts";
import { expectCode } from "./testing/expect-code.ts";
import { engineInit, TestClock } from "./testing/test-engine.ts";
import { collectAll, retainAll, TestCensus } from "./testing/test-keeping.ts";
import { at, put, remove, setPolicy, TestWriter } from "./testing/test-writer.ts";

const HOUR_MS = 3_600_000;

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "goliath-running-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe("openSqliteIndexEngine", () => {
  it("counts its running time on over restarts, and not the time between them", async () => {
    const clock = new TestClock();
    clock.ran = 7e9;
    const init = { ...engineInit(clock), file: join(home, "ran.db") };
    const first = await openSqliteIndexEngine(init);
    const ann = new TestWriter(first, "ann");
    await ann.commit(put("/f", await ann.file(["1"])), setPolicy("/f", { retentionMs: HOUR_MS }));
    await ann.put("/f", "2");
    clock.ran += HOUR_MS - 3;
    expect(await first.tick()).toBe(HOUR_MS - 3);
    clock.ran += 1;
    await ann.put("/g");
    await first[Symbol.asyncDispose]();
    clock.ran += 500 * HOUR_MS;
    clock.now += 500 * HOUR_MS;
    await using again = await openSqliteIndexEngine(init);
    const old = () => again.resolve({ paths: [at("/f")], at: 1 as Revision });
    expect(await again.tick()).toBe(HOUR_MS - 2);
    clock.ran += 1.9;
    await retainAll(again);
    expect((await old()).entries[0]).toMatchObject({ revision: 1 });
    clock.ran += 0.2;
    await retainAll(again);
    await expectCode(old(), "gone");
  });

  it("ends the past and gives up chunks through its threads", async () => {
    const clock = new TestClock();
    await using engine = await openSqliteIndexEngine({
      ...engineInit(clock),
      file: join(home, "threads.db"),
    });
    const ann = new TestWriter(engine, "ann");
    await ann.put("/d/f");
    await ann.put("/d/g");
    await ann.commit(remove("/d/f"), setPolicy("/d/g", { copies: 3 }));
    expect(await engine.policies({ paths: [at("/d/g")] })).toMatchObject([{ copies: 3 }]);
    const census = await new TestCensus(engine).sweep();
    expect([...census.copies]).toEqual(
      expect.arrayContaining([
        [1, 1],
        [2, 3],
      ]),
    );
    const { first } = await engine.allocate(ann.peer, 2);
    expect(await engine.leasedRuns()).toEqual([{ first, count: 2 }]);
    clock.ran += 31 * 24 * HOUR_MS;
    expect(await retainAll(engine)).toBe(1);
    expect(await collectAll(engine, 10)).toEqual([1]);
  });
});
