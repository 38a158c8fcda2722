import { describe, expect, it } from "vitest";
import {
  addressOf,
  freeName,
  joinPath,
  nameProblem,
  parentOf,
  pathOfAddress,
} from "./drive-path.ts";

describe("addresses of the drive", () => {
  it.each(["/", "/a", "/a b/ä", "/100%", "/q?#x", "/v1.2/..x", "/%2F/c", "/日本/🗂"])(
    "%s is the same there and back",
    (path) => expect(pathOfAddress(new URL(addressOf(path), "http://h").pathname)).toBe(path),
  );

  it("are not taken for what they are not", () => {
    expect(pathOfAddress("/drives/a")).toBeUndefined();
    expect(pathOfAddress("/drive/%ff")).toBeUndefined();
  });

  it("carry a revision and an open file", () => {
    expect(addressOf("/a", { at: 7, open: "b&c.txt" })).toBe("/drive/a?at=7&open=b%26c.txt");
  });
});

describe("names", () => {
  it("nameProblem refuses what the drive would", () => {
    expect(nameProblem("report.pdf")).toBeUndefined();
    for (const name of ["", "  ", ".", "..", "a/b", "a\u0000", "ä".repeat(128)])
      expect(nameProblem(name), JSON.stringify(name)).toBeTypeOf("string");
  });

  it("freeName counts before the ending", () => {
    const taken = new Set(["a (2).tar.gz"]);
    expect(freeName("a.tar.gz", (name) => taken.has(name))).toBe("a.tar (2).gz");
    expect(freeName(".profile", () => false)).toBe(".profile (2)");
    expect(freeName("b", (name) => name === "b (2)")).toBe("b (3)");
  });

  it("parentOf and joinPath meet at the root", () => {
    expect([parentOf("/a"), joinPath("/", "a"), joinPath("/")]).toEqual(["/", "/a", "/"]);
  });
});
