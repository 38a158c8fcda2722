import { NAME_BYTES_MAX, nameProblem } from "@goliath/protocols/nouns";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { conflictName } from "./conflict-name.ts";

const nowMs = Date.UTC(2026, 10, 23, 10, 15, 0);

describe("conflictName", () => {
  it("keeps the beginning and the extension", () => {
    const name = (attempt: number) => conflictName("report.pdf", { nowMs, attempt });
    expect(name(0)).toBe("report.conflict-20261123-101500.pdf");
    expect(name(2)).toBe("report.conflict-20261123-101500-2.pdf");
    expect(conflictName(".profile", { nowMs, attempt: 0 })).toBe(
      ".profile.conflict-20261123-101500",
    );
  });

  it("is a name the drive can hold, however long and whatever the name was", () => {
    const long = ["x".repeat(255), `.${"x".repeat(254)}`, `a.${"x".repeat(253)}`, "é".repeat(127)];
    for (const name of [...long, "🎈".repeat(63), `${"字".repeat(80)}.tar.gz`]) {
      const made = conflictName(name, { nowMs, attempt: 999 });
      expect(nameProblem(made)).toBeUndefined();
    }
    const names = fc.string({ unit: "grapheme", minLength: 1, maxLength: NAME_BYTES_MAX });
    fc.assert(
      fc.property(names, fc.nat(10_000), (name, attempt) => {
        fc.pre(nameProblem(name) === undefined);
        expect(nameProblem(conflictName(name, { nowMs, attempt }))).toBeUndefined();
      }),
    );
  });
});
