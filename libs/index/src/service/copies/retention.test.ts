import { ManualClock, silentLog } from "@goliath/kit";
import { GoliathError, type Revision } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import type { RetainCursor, RetainReply } from "../../engine/engine.ts";
import { runRetention, type RetentionSource } from "./retention.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const oldest = 0 as Revision;

class HandSource implements RetentionSource {
  ticks = 0;
  readonly asked: (RetainCursor | undefined)[] = [];
  /** What passes find, page by page; nothing once they are all told. */
  pages: RetainReply[] = [];
  fails = 0;

  tick: RetentionSource["tick"] = async () => {
    if (this.fails-- > 0) throw new GoliathError("unavailable", "not now");
    return ++this.ticks;
  };

  retain: RetentionSource["retain"] = async ({ cursor }) => {
    this.asked.push(cursor);
    return this.pages.shift() ?? { pruned: 0, oldest };
  };
}

async function run(source: HandSource, ms: number): Promise<number> {
  const clock = new ManualClock();
  const stop = new AbortController();
  let pruned = 0;
  const onPruned = (): void => void pruned++;
  const running = runRetention({ source, clock, log: silentLog, onPruned }, stop.signal);
  await clock.advance(ms);
  stop.abort(new GoliathError("closed", "over"));
  await running;
  return pruned;
}

describe("runRetention", () => {
  it("writes the running time down every ten minutes, and passes over all once an hour", async () => {
    const source = new HandSource();
    expect(await run(source, 2 * HOUR_MS + MINUTE_MS)).toBe(0);
    expect([source.ticks, source.asked.length]).toEqual([13, 3]);
  });

  it("goes through all pages of a pass, and tells once that something went", async () => {
    const source = new HandSource();
    const next = { dir: 7 } as RetainCursor;
    source.pages = [
      { pruned: 2, oldest, next },
      { pruned: 0, oldest, next },
      { pruned: 0, oldest },
    ];
    expect(await run(source, MINUTE_MS)).toBe(1);
    expect(source.asked).toEqual([undefined, next, next]);
  });

  it("goes on after a fault", async () => {
    const source = new HandSource();
    source.fails = 2;
    await run(source, 25 * MINUTE_MS);
    expect(source.ticks).toBe(1);
  });
});
