import { describe, expect, it } from "vitest";
import { foldName, refusalOf } from "./name-rules.ts";

const FOLDING = { case: true, form: true, tail: true };

describe("foldName", () => {
  it("joins what is one to a disk that folds, and keeps apart what is not", () => {
    const isOne = (a: string, b: string, folding = FOLDING): boolean =>
      foldName(a, folding) === foldName(b, folding);
    expect(isOne("README", "readme")).toBe(true);
    expect(isOne("ς", "Σ")).toBe(true);
    expect(isOne("\u00e9", "e\u0301")).toBe(true);
    expect(isOne("a. .", "A")).toBe(true);
    expect(isOne("a", "b")).toBe(false);
    expect(isOne("a", "A", { ...FOLDING, case: false })).toBe(false);
    expect(isOne("\u00e9", "e\u0301", { ...FOLDING, form: false })).toBe(false);
    expect(isOne("a", "a.", { ...FOLDING, tail: false })).toBe(false);
  });
});

describe("refusalOf", () => {
  it("refuses on Windows what Windows cannot hold, and there alone", () => {
    const bad = ["a:b", "..\\up", "CON", "con.txt", "LPT1", "a.", "a ", "what?", "a*", "<a>", 'a"'];
    for (const name of bad) {
      expect(refusalOf(name, { windows: true })).toContain("rename it in the drive");
      expect(refusalOf(name, { windows: false })).toBeUndefined();
    }
    for (const name of ["console", "a.b", ".goliathignore", "größe", "COM"])
      expect(refusalOf(name, { windows: true })).toBeUndefined();
  });
});
