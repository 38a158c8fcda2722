import { LABELS_MAX } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { NO_WISH, WishTable, WISHES_MAX } from "./wish-table.ts";

const EU = { prefer: ["region=eu", "owner=ann"], avoid: [] };
const NOT_US = { prefer: ["owner=ann"], avoid: ["region=us"] };

describe("WishTable", () => {
  it("numbers what asks for the same once, in whatever order it stands", () => {
    const table = new WishTable();
    const number = table.number(EU);
    expect(table.number({ ...EU, prefer: EU.prefer.toReversed() })).toBe(number);
    expect(table.number({ prefer: [], avoid: [] })).toBe(NO_WISH);
    expect(table.at(number)).toEqual(EU);
    expect(table.number({ prefer: [], avoid: EU.prefer })).not.toBe(number);
  });

  it("joins: what any prefers is preferred, what any avoids is avoided", () => {
    const table = new WishTable();
    const [eu, notUs] = [table.number(EU), table.number(NOT_US)];
    const both = table.join(eu, notUs);
    expect(table.at(both)).toEqual({ prefer: EU.prefer, avoid: NOT_US.avoid });
    expect(table.join(notUs, eu)).toBe(both);
    expect(table.join(both, eu)).toBe(both);
    expect([table.join(eu, NO_WISH), table.join(NO_WISH, eu)]).toEqual([eu, eu]);
  });

  it("has a bound, in wishes and in labels that are preferred", () => {
    const table = new WishTable();
    for (let n = 1; n < WISHES_MAX - 1; n++) table.number({ prefer: [], avoid: [`n=${n}`] });
    const many = (name: string) => Array.from({ length: LABELS_MAX }, (_, n) => `${name}=${n}`);
    expect(table.number({ prefer: many("a"), avoid: [] })).toBe(WISHES_MAX - 1);
    expect(table.number({ prefer: many("b"), avoid: [] })).toBe(NO_WISH);
    expect(table.join(1, 2)).toBe(1);
    const small = new WishTable();
    const wishes = ["a", "b"].map((name) => small.number({ prefer: many(name), avoid: [] }));
    const [a, b] = wishes as [number, number];
    expect(small.at(small.join(a, b)).prefer).toHaveLength(LABELS_MAX);
  });
});
