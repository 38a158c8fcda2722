import { ManualClock, silentLog } from "@goliath/kit";
import { GoliathError, type Revision } from "@goliath/protocols/nouns";
import { afterEach, describe, expect, it } from "vitest";
import type { UsageCursor, UsagePage, UsageRequest } from "../../engine/engine.ts";
import { mergeUses } from "../../engine/merge-uses.ts";
import { run } from "../testing/copies-world.ts";
import { Census, type UsageSource } from "./census.ts";

const sweepIntervalMs = 3_600_000;
const CURSOR: UsageCursor = { kind: "past" } as UsageCursor;

/** A drive of which a sweep has two pages; what commits bring is told once. */
class HandSource implements UsageSource {
  revision = 5 as Revision;
  readonly asked: UsageRequest[] = [];
  /** By page of a sweep, then what catching up finds. */
  used: [number, number][] = [
    [1, 2],
    [10, 1],
    [20, 3],
  ];
  /** Called before each answer. */
  onAsked: (request: UsageRequest) => void = () => undefined;
  #listener: (revision: Revision) => void = () => undefined;

  commit(): void {
    this.revision = (this.revision + 1) as Revision;
    this.#listener(this.revision);
  }

  onCommit: UsageSource["onCommit"] = (listener) => {
    this.#listener = listener;
    return () => (this.#listener = () => undefined);
  };

  usage: UsageSource["usage"] = async (request) => {
    this.asked.push(request);
    this.onAsked(request);
    const at = request.since === undefined ? (request.cursor ? 1 : 0) : 2;
    const [first, copies] = this.used[at] ?? [0, 0];
    const use = { ...run(first, 1), copies, bytes: 1, wish: { prefer: [], avoid: [] } };
    const page: UsagePage = {
      ...mergeUses([use]),
      since: request.since ?? (4 as Revision),
      revision: this.revision,
    };
    return at === 0 ? { ...page, next: CURSOR } : page;
  };
}

const stop: AbortController[] = [];
afterEach(() => stop.splice(0).map((one) => one.abort(new GoliathError("closed", "over"))));

async function open(source: HandSource) {
  const clock = new ManualClock();
  const swept: Revision[] = [];
  let changes = 0;
  const census = new Census({
    ...{ source, clock, log: silentLog, sweepIntervalMs },
    onSwept: async ({ since }) => void swept.push(since),
    onChanged: () => void changes++,
  });
  const ending = new AbortController();
  stop.push(ending);
  void census.run(ending.signal);
  await clock.advance(1000);
  const copiesOf = (id: number) => census.usage?.most([run(id, 1)]);
  return { clock, census, swept, copiesOf, changes: () => changes };
}

describe("Census", () => {
  it("sweeps page by page, and tells up to which revision it knows all uses", async () => {
    const source = new HandSource();
    // Committed while the sweep is under way: its last page has that as well.
    source.onAsked = ({ cursor }) => void (cursor && source.commit());
    const { census, swept, copiesOf } = await open(source);
    expect(source.asked.slice(0, 2)).toEqual([{}, { cursor: CURSOR }]);
    expect([census.sweeps, swept]).toEqual([1, [6]]);
    expect([copiesOf(1), copiesOf(10), copiesOf(2)]).toEqual([2, 1, undefined]);
  });

  it("adds what commits bring, from where it was, many at once", async () => {
    const source = new HandSource();
    const { clock, census, copiesOf, changes } = await open(source);
    const [version, before] = [census.version, changes()];
    for (let i = 0; i < 3; i++) source.commit();
    await clock.advance(1000);
    expect(source.asked.slice(2)).toEqual([{ since: 5 }]);
    expect([copiesOf(20), copiesOf(1)]).toEqual([3, 2]);
    expect([census.version, changes()]).toEqual([version + 1, before + 1]);
    source.commit();
    await clock.advance(1000);
    expect(source.asked.slice(3)).toEqual([{ since: 8 }]);
  });

  it("forgets what is used no longer with the next sweep, and not before", async () => {
    const source = new HandSource();
    const { clock, census, copiesOf } = await open(source);
    source.used[0] = [1, 1];
    await clock.advance(sweepIntervalMs / 2);
    expect([census.sweeps, copiesOf(1)]).toEqual([1, 2]);
    await clock.advance(sweepIntervalMs / 2);
    expect([census.sweeps, copiesOf(1)]).toEqual([2, 1]);
  });

  it("sweeps soon when it is told that less may be wanted", async () => {
    const { clock, census } = await open(new HandSource());
    census.sweepSoon();
    await clock.advance(10_000);
    expect(census.sweeps).toBe(2);
    await clock.advance(sweepIntervalMs / 2);
    expect(census.sweeps).toBe(2);
  });

  it("begins anew where the feed does not reach back, or a fault cut it short", async () => {
    const source = new HandSource();
    const { clock, census, copiesOf } = await open(source);
    let faults = 2;
    source.onAsked = ({ since, cursor }) => {
      if (faults === 0 || (since === undefined && cursor === undefined)) return;
      faults--;
      throw new GoliathError(since === undefined ? "unavailable" : "reset", "not so");
    };
    source.used[0] = [3, 1];
    source.commit();
    await clock.advance(30_000);
    expect([faults, census.sweeps, copiesOf(3), copiesOf(1)]).toEqual([0, 2, 1, undefined]);
  });
});
