import { describe, expect, it } from "vitest";
import { linkAmong } from "./link-argument.ts";

describe("linkAmong", () => {
  it("finds the link among the words of a start", () => {
    expect(linkAmong(["--hidden", "goliath:abc", "goliath:def"])).toBe("goliath:abc");
  });

  it.each([[["--x", "https://goliath:80"]], [[`goliath:${"a".repeat(5000)}`]], [[]]])(
    "finds none in %j",
    (words) => expect(linkAmong(words)).toBeUndefined(),
  );
});
