import { GoliathError, type PeerId } from "@goliath/protocols/nouns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HoldingsMap } from "../holdings/holdings-map.ts";
import { run } from "../testing/copies-world.ts";
import { idsOf } from "../testing/simulated-keeper.ts";
import { excessOf, lackOf, planRuns } from "./plan-runs.ts";
import { Survey } from "./survey.ts";
import { UsageMap } from "./usage-map.ts";

const PEERS = ["a", "b", "c", "d"] as PeerId[];
const anyRun = fc.record({ first: fc.nat(1000), count: fc.integer({ min: 1, max: 600 }) });
const anyHeld = fc.array(fc.record({ run: anyRun, peer: fc.constantFrom(...PEERS) }), {
  maxLength: 6,
});
const anyState = fc.record({
  used: fc.array(fc.record({ run: anyRun, copies: fc.nat(4) }), { maxLength: 4 }),
  kept: anyHeld,
  coming: anyHeld,
  counting: fc.subarray(PEERS),
});

function viewOf({
  used,
  kept,
  coming,
  counting,
}: typeof anyState extends fc.Arbitrary<infer T> ? T : never) {
  const usage = new UsageMap();
  const maps = { kept: new HoldingsMap(), coming: new HoldingsMap() };
  for (const { run: one, copies } of used)
    usage.add(run(one.first, one.count), { copies, bytes: 100 * one.count });
  for (const { run: one, peer } of kept) maps.kept.add(peer, [run(one.first, one.count)]);
  for (const { run: one, peer } of coming) maps.coming.add(peer, [run(one.first, one.count)]);
  const counts = (peer: PeerId): boolean => counting.includes(peer);
  return { usage, ...maps, served: maps.kept, counts, isOnline: counts };
}

const NOTHING = { kept: [], coming: [], counting: [] };

const countAt = (map: HoldingsMap, id: number): PeerId[] =>
  [...map.pieces(run(id, 1))].flatMap(({ peers }) => peers);

describe("planRuns", () => {
  it("says of every chunk what one by one says, each once", () => {
    fc.assert(
      fc.property(anyState, (state) => {
        const view = viewOf(state);
        const groups = planRuns([run(0, 1024), run(1024, 1024)], view);
        const seen = new Map<number, (typeof groups)[number]>();
        for (const group of groups) {
          const ids = [...idsOf(group.runs)];
          expect(ids).toHaveLength(group.chunks);
          for (const id of ids) {
            if (seen.has(id)) throw new GoliathError("internal", `${id} twice`);
            seen.set(id, group);
          }
        }
        for (let id = 0; id < 2048; id += 7) {
          const target = view.usage.most([run(id, 1)]);
          const kept = countAt(view.kept, id);
          const coming = countAt(view.coming, id);
          const group = seen.get(id);
          if (target === undefined && kept.length === 0) {
            expect(group).toBeUndefined();
            continue;
          }
          const have = kept.filter((peer) => view.counts(peer)).length;
          const soon = coming.filter((peer) => !(view.counts(peer) && kept.includes(peer))).length;
          expect(group?.target).toBe(target);
          if (target !== undefined) expect(group?.bytes).toBeCloseTo(100 * (group?.chunks ?? 0));
          expect(group && lackOf(group)).toBe(Math.max(0, (target ?? 0) - have - soon));
          const over = target === undefined || coming.length > 0 ? 0 : have - target;
          expect(group && excessOf(group)).toBe(Math.max(0, over));
        }
      }),
      { numRuns: 40 },
    );
  });
});

it("planRuns keeps apart what is wanted at different keepers", () => {
  const usage = new UsageMap();
  const eu = { prefer: ["region=eu"], avoid: [] };
  usage.add(run(0, 10), { copies: 2, bytes: 0 });
  usage.add(run(5, 5), { copies: 1, bytes: 0, wish: eu });
  const groups = planRuns([run(0, 20)], { ...viewOf({ ...NOTHING, used: [] }), usage });
  expect(groups.map(({ runs, wish }) => [runs, wish])).toEqual([
    [[run(0, 5)], { prefer: [], avoid: [] }],
    [[run(5, 5)], eu],
  ]);
});

describe("Survey", () => {
  it("counts chunks, and gives what has fewest copies first", () => {
    const used = [
      { run: { first: 0, count: 30 }, copies: 2 },
      { run: { first: 30, count: 10 }, copies: 1 },
    ];
    const kept = [
      { run: { first: 0, count: 10 }, peer: "a" as PeerId },
      { run: { first: 10, count: 10 }, peer: "b" as PeerId },
      { run: { first: 10, count: 10 }, peer: "d" as PeerId },
      { run: { first: 30, count: 10 }, peer: "a" as PeerId },
      { run: { first: 30, count: 10 }, peer: "c" as PeerId },
      { run: { first: 40, count: 5 }, peer: "c" as PeerId },
    ];
    const counting = ["a", "b", "c"] as PeerId[];
    const survey = new Survey();
    survey.look(0, viewOf({ used, kept, coming: [], counting }));
    expect(survey.counts).toEqual({ used: 40, under: 30, bare: 10, unreachable: 10, unused: 5 });
    expect([...survey.short()].map(({ runs }) => runs)).toEqual([[run(0, 10)], [run(10, 10)]]);
    expect(survey.over().map(({ runs }) => runs)).toEqual([[run(30, 10)]]);
    expect(survey.needed.get("d" as PeerId)).toBe(10);
  });
});
