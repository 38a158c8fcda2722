import type { PeerId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { chooseTrims, type TrimWish } from "./choose-trims.ts";
import type { Taker } from "./place-copies.ts";

const wish = (count: number, more: Partial<TrimWish> = {}): TrimWish => ({
  count,
  prefer: [],
  avoid: [],
  ...more,
});

const holder = (peer: string, more: Partial<Taker> = {}): Taker => ({
  peer: peer as PeerId,
  capacityBytes: 100,
  freeBytes: 50,
  load: 0,
  labels: [],
  hosts: [],
  ...more,
});

describe("chooseTrims", () => {
  it("takes those that share a machine or labels, then the fullest", () => {
    const holders = [
      holder("a", { hosts: ["1"], labels: ["region=eu"] }),
      holder("b", { hosts: ["1"], labels: ["region=us"] }),
      holder("c", { hosts: ["2"], labels: ["region=eu"] }),
      holder("d", { hosts: ["3"], labels: ["region=ap"], freeBytes: 1 }),
    ];
    expect(chooseTrims(holders, wish(1))).toEqual(["a"]);
    expect(chooseTrims(holders, wish(2))).toEqual(["a", "d"]);
    expect(chooseTrims(holders.toReversed(), wish(2))).toEqual(["a", "d"]);
  });

  it("takes those first that a policy avoids, then those that lack what it prefers", () => {
    const holders = [
      holder("a", { hosts: ["1"], labels: ["region=eu"] }),
      holder("b", { hosts: ["1"], labels: ["region=eu"] }),
      holder("c", { hosts: ["2"], labels: ["region=us"] }),
      holder("d", { hosts: ["3"], labels: ["region=ap"] }),
    ];
    const eu = { prefer: ["region=eu"] };
    expect(chooseTrims(holders, wish(2, { avoid: ["region=us"] }))).toEqual(["c", "a"]);
    expect(chooseTrims(holders.slice(1), wish(2, eu))).toEqual(["c", "d"]);
    // Two copies on one machine are worse than one where it is not preferred.
    expect(chooseTrims(holders, wish(1, eu))).toEqual(["a"]);
  });

  it("takes no more than there are", () => {
    expect(chooseTrims([holder("a"), holder("b")], wish(5))).toHaveLength(2);
    expect(chooseTrims([], wish(1))).toEqual([]);
  });
});
