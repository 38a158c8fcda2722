import { describe, expect, it } from "vitest";
import { durationText, leftText } from "./duration-text.ts";

describe("durationText", () => {
  it("takes the largest unit of which there are two", () => {
    const spans = [0, 1_400, 61_000, 119_000, 120_000, 3_600_000, 47 * 3_600_000, 30 * 86_400_000];
    expect(spans.map(durationText)).toEqual([
      "1 second",
      "1 second",
      "61 seconds",
      "119 seconds",
      "2 minutes",
      "60 minutes",
      "47 hours",
      "30 days",
    ]);
  });
});

describe("leftText", () => {
  it("says what is left at a rate, and nothing while nothing moves", () => {
    expect(leftText(600_000_000, 1_000_000)).toBe("about 10 minutes left");
    expect(leftText(600, 0)).toBeUndefined();
    expect(leftText(0, 600)).toBeUndefined();
  });
});
