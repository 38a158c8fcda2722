import type { PeerId } from "@goliath/protocols/nouns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../testing/seeded-random.ts";
import { hostsOf, placeCopies, type PlacementRequest, type Taker } from "./place-copies.ts";

const taker = (peer: string, more: Partial<Taker> = {}): Taker => ({
  peer: peer as PeerId,
  capacityBytes: 1000,
  freeBytes: 1000,
  load: 0,
  labels: [],
  hosts: [],
  ...more,
});
const request = (more: Partial<PlacementRequest> = {}): PlacementRequest => ({
  count: 2,
  bytes: 10,
  prefer: [],
  avoid: [],
  holding: [],
  without: new Set(),
  near: new Set(),
  random: seededRandom(1),
  ...more,
});
const names = (takers: readonly Taker[]): string[] => takers.map(({ peer }) => peer);

const someLabels = fc.subarray(["region=eu", "region=us", "owner=ann", "owner=bob", "disk=ssd"]);
const someTakers = fc
  .array(
    fc.record({
      capacityBytes: fc.constant(1000),
      freeBytes: fc.integer({ min: 0, max: 1000 }),
      load: fc.nat(20),
      labels: someLabels,
      hosts: fc.subarray(["10.0.0.1", "10.0.0.2", "10.0.0.3"], { maxLength: 1 }),
    }),
    { maxLength: 12 },
  )
  .map((rows) => rows.map((row, at) => ({ ...row, peer: `keeper ${at}` as PeerId })));

describe("placeCopies", () => {
  it("never takes one twice, without room, avoided, or that has it already", () => {
    fc.assert(
      fc.property(
        someTakers,
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 0, max: 500 }),
        someLabels,
        fc.nat(),
        (takers, count, bytes, avoid, seed) => {
          const holding = takers.slice(0, 2);
          const without = new Set(takers.slice(2, 3).map(({ peer }) => peer));
          const wish = { count, bytes, avoid, holding, without };
          const chosen = placeCopies(takers, request({ ...wish, random: seededRandom(seed) }));
          expect(new Set(names(chosen)).size).toBe(chosen.length);
          expect(chosen.length).toBeLessThanOrEqual(count);
          for (const one of chosen) {
            expect(one.freeBytes).toBeGreaterThanOrEqual(bytes);
            expect(one.labels.filter((label) => avoid.includes(label))).toEqual([]);
            expect(without.has(one.peer)).toBe(false);
            expect(holding).not.toContain(one);
          }
          const fitting = takers
            .slice(3)
            .filter((one) => one.freeBytes >= bytes)
            .filter((one) => !one.labels.some((label) => avoid.includes(label)));
          // As many as there can be.
          expect(chosen.length).toBe(Math.min(count, fitting.length));
        },
      ),
    );
  });

  it("places the same for the same seed, whatever it is", () => {
    fc.assert(
      fc.property(someTakers, fc.nat(), (takers, seed) => {
        const once = placeCopies(takers, request({ random: seededRandom(seed) }));
        const again = placeCopies(takers, request({ random: seededRandom(seed) }));
        expect(names(again)).toEqual(names(once));
      }),
    );
  });

  it("takes other machines, then what is preferred, then other labels, wherever there are any", () => {
    const takers = [
      taker("a", { hosts: ["1"], labels: ["region=eu", "owner=ann"] }),
      taker("b", { hosts: ["1"], labels: ["region=eu", "owner=bob"] }),
      taker("c", { hosts: ["2"], labels: ["region=us", "owner=ann"] }),
      taker("d", { hosts: ["3"], labels: ["region=us", "owner=bob"] }),
    ];
    for (let seed = 0; seed < 20; seed++) {
      const holding = takers.slice(0, 1);
      const random = seededRandom(seed);
      const one = { count: 1, holding, random };
      expect(names(placeCopies(takers, request(one)))).toEqual(["d"]);
      const prefer = ["owner=ann"];
      expect(names(placeCopies(takers, request({ ...one, prefer })))).toEqual(["c"]);
      // All of a drive that prefers one region may be in it, on machines of their own.
      const eu = { count: 2, holding: [], prefer: ["region=eu"], random };
      expect(names(placeCopies(takers, request(eu)))[0]).toMatch(/^[ab]$/u);
    }
  });

  it("stays with those that have other chunks of the block, unless others are better", () => {
    const takers = Array.from({ length: 50 }, (_, at) => taker(`keeper ${at}`));
    const near = new Set([takers[7], takers[31]].map((one) => (one as Taker).peer));
    const chosen = placeCopies(takers, request({ near, random: seededRandom(3) }));
    expect(new Set(names(chosen))).toEqual(near);
  });

  it("spreads what it places: the fullest is near the mean", () => {
    const count = 100;
    for (let seed = 0; seed < 5; seed++) {
      const random = seededRandom(seed);
      const placed = Array.from({ length: count }, () => 0);
      const state = () =>
        placed.map((units, at) => taker(String(at), { freeBytes: 10_000 - units * 10 }));
      for (let round = 0; round < 2000; round++) {
        const takers = state().map((one) => ({ ...one, capacityBytes: 10_000 }));
        for (const { peer } of placeCopies(takers, request({ random }))) placed[Number(peer)]!++;
      }
      // 40 on average; with one choice in place of two the fullest of a hundred has about 60.
      expect(Math.max(...placed), `seed ${seed}`).toBeLessThanOrEqual(46);
    }
  });

  it("leaves a loaded keeper alone while another has nothing to do", () => {
    const takers = [taker("busy", { load: 50 }), taker("idle", { freeBytes: 500 })];
    let busy = 0;
    for (let seed = 0; seed < 100; seed++) {
      const [one] = placeCopies(takers, request({ count: 1, random: seededRandom(seed) }));
      if (one?.peer === "busy") busy++;
    }
    // Both draws fell on it: a quarter of the time.
    expect(busy).toBeLessThan(40);
  });
});

describe("hostsOf", () => {
  it("names machines, not loopback", () => {
    const addresses = [
      "/ip4/10.1.2.3/tcp/4600",
      "/ip4/10.1.2.3/udp/4600",
      "/dns4/box.example/tcp/1",
      "/ip4/127.0.0.1/tcp/1",
      "/ip6/::1/tcp/1",
      "/p2p/12D3",
      "junk",
    ];
    expect(hostsOf(addresses)).toEqual(["10.1.2.3", "box.example"]);
  });
});
