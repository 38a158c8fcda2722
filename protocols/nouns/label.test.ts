import { describe, expect, it } from "vitest";
import { LABELS_MAX, parseLabels } from "./label.ts";

describe("labels", () => {
  it("are a name and a value", () => {
    expect(parseLabels(["region=eu", "owner=a=b"])).toEqual(["region=eu", "owner=a=b"]);
  });

  it.each(["region", "=eu", "region=", "re gion=eu", "region=\u00e9", "a=" + "b".repeat(63)])(
    "of another form are refused: %s",
    (label) => {
      expect(() => parseLabels([label])).toThrow(expect.objectContaining({ code: "bad-request" }));
    },
  );

  it("are bounded in number", () => {
    const many = Array.from({ length: LABELS_MAX + 1 }, (_, at) => `n=${at}`);
    expect(() => parseLabels(many)).toThrow(expect.objectContaining({ code: "bad-request" }));
  });
});
