import { describe, expect, it } from "vitest";
import { changeText } from "./change-text.ts";

describe("changeText", () => {
  it("says what the first change was and how many came with it", () => {
    expect(changeText({ summary: "put /a/b c.txt", changes: 12 })).toEqual({
      verb: "Wrote",
      path: "/a/b c.txt",
      stands: true,
      rest: "and 11 more changes",
    });
  });

  it("knows that nothing stands where something was deleted, or where the log cut a path", () => {
    expect(changeText({ summary: "remove /a", changes: 1 })).toMatchObject({ stands: false });
    expect(changeText({ summary: "put /aaaa…", changes: 1 })).toMatchObject({ stands: false });
  });

  it("shows what it does not know as it is", () => {
    expect(changeText({ summary: "dance /a", changes: 1 })).toMatchObject({ verb: "dance /a" });
  });
});
