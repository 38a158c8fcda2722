import { describe, expect, it } from "vitest";
import { plainJson } from "./plain-json.ts";

/** A terminal's control sequence introducer in one character, and text turned round. */
const NAME = "evil\u009b2J \u202etxt.exe\u2066\u007f\u001b[2J";

describe("plainJson", () => {
  it("has no character that a terminal obeys, and means the same", () => {
    const text = plainJson({ [NAME]: [NAME] });
    expect(text).toMatch(/^[\u0020-\u007e]*$/u);
    expect(JSON.parse(text)).toEqual({ [NAME]: [NAME] });
  });

  it("leaves letters of any script as they are", () => {
    expect(plainJson("größe 数据 🧬")).toBe('"größe 数据 🧬"');
  });
});
