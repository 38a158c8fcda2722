import { describe, expect, it } from "vitest";
import {
  extendTo,
  NOTHING_SELECTED,
  retain,
  selectAll,
  selectOne,
  SELECTED_MAX,
  toggle,
} from "./selection.ts";

const nameOf = (row: number): string => `n${row}`;
const namesOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => nameOf(from + index));
const names = (selection: { names: ReadonlySet<string> }): string[] =>
  [...selection.names].toSorted();

describe("selection", () => {
  it("extendTo takes the rows between the anchor and a row, whichever comes first", () => {
    const anchored = selectOne(5, "n5");
    expect(names(extendTo(anchored, 7, namesOf))).toEqual(["n5", "n6", "n7"]);
    expect(names(extendTo(extendTo(anchored, 7, namesOf), 3, namesOf))).toEqual(["n3", "n4", "n5"]);
  });

  it("extendTo and selectAll take no more than the bound, nearest to the anchor first", () => {
    const far = extendTo(selectOne(5000, "n5000"), 0, namesOf);
    expect(far.names.size).toBe(SELECTED_MAX);
    expect(far.names.has("n5000")).toBe(true);
    expect(selectAll(NOTHING_SELECTED, 1_000_000, namesOf).names.size).toBe(SELECTED_MAX);
  });

  it("toggle adds, takes away, and adds nothing beyond the bound", () => {
    const one = toggle(NOTHING_SELECTED, 1, "n1");
    expect(names(toggle(one, 2, "n2"))).toEqual(["n1", "n2"]);
    expect(names(toggle(toggle(one, 2, "n2"), 1, "n1"))).toEqual(["n2"]);
    const full = selectAll(NOTHING_SELECTED, SELECTED_MAX, namesOf);
    expect(toggle(full, 5000, "n5000").names.has("n5000")).toBe(false);
  });

  it("retain drops what is gone, and is the same where nothing is", () => {
    const two = toggle(selectOne(1, "n1"), 2, "n2");
    expect(names(retain(two, (name) => name !== "n1"))).toEqual(["n2"]);
    expect(retain(two, () => true)).toBe(two);
  });
});
