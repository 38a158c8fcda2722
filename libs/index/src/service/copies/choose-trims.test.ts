import type { PeerId } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { chooseTrims } from "./choose-trims.ts";
import type { Taker } from "./place-copies.ts";

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
    expect(chooseTrims(holders, 1)).toEqual(["a"]);
    expect(chooseTrims(holders, 2)).toEqual(["a", "d"]);
    expect(chooseTrims(holders.toReversed(), 2)).toEqual(["a", "d"]);
  });

  it("takes no more than there are", () => {
    expect(chooseTrims([holder("a"), holder("b")], 5)).toHaveLength(2);
    expect(chooseTrims([], 1)).toEqual([]);
  });
});
