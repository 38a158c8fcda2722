import { describe, expect, it } from "vitest";
import { gradeOf, shareText } from "./grade.ts";

const counts = (under: number, bare: number, unreachable: number) => ({
  chunks: 10,
  under,
  bare,
  unreachable,
});

describe("gradeOf", () => {
  it("tells the worst of what is in it", () => {
    expect(gradeOf(counts(0, 0, 0))).toBe("safe");
    expect(gradeOf(counts(3, 0, 0))).toBe("under");
    expect(gradeOf(counts(3, 1, 0))).toBe("bare");
    expect(gradeOf(counts(0, 0, 1))).toBe("unreachable");
  });
});

describe("shareText", () => {
  it("says how much of it that is, where it is a part", () => {
    expect(shareText(counts(3, 1, 0))).toBe("1 of 10 pieces");
    expect(shareText(counts(10, 10, 0))).toBeUndefined();
    expect(shareText(counts(0, 0, 0))).toBeUndefined();
  });
});
