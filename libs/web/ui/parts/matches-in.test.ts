import fc from "fast-check";
import { expect, it } from "vitest";
import { matchesIn } from "./matches-in.ts";

it("matchesIn marks every word, whatever its case and wherever it stands", () => {
  const marked = (name: string, text: string) =>
    matchesIn(name, text)
      .map(({ part, matches }) => (matches ? `[${part}]` : part))
      .join("");
  expect(marked("Train-017.PNG", "png train")).toBe("[Train]-017.[PNG]");
  expect(marked("aaa", "aa")).toBe("[aaa]");
  expect(marked("İstanbul", "st")).toBe("İstanbul");
});

it("matchesIn loses no letter of a name", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (name, text) => {
      expect(
        matchesIn(name, text)
          .map(({ part }) => part)
          .join(""),
      ).toBe(name);
    }),
  );
});
