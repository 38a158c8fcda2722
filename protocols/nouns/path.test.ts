import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GoliathError } from "./error.ts";
import {
  isWithin,
  joinPath,
  nameOf,
  nameProblem,
  namesOf,
  parentOf,
  parsePath,
  PATH_DEPTH_MAX,
  ROOT_PATH,
} from "./path.ts";

const invalid = expect.objectContaining({ code: "invalid-path" });

describe("parsePath", () => {
  it.each([
    ["the root", "/"],
    ["one name", "/a"],
    ["spaces and dots that are no dots", "/ a/.hidden/..."],
    ["composed and decomposed letters", "/é/e\u0301"],
    ["a pair of surrogates", "/😀"],
    ["a backslash", "/a\\b"],
    ["a name of 255 bytes", `/${"é".repeat(127)}a`],
    ["as deep as may be", "/d".repeat(PATH_DEPTH_MAX)],
    ["4096 bytes", `/${"n".repeat(239)}`.repeat(17) + `/${"n".repeat(15)}`],
  ])("takes %s as it is", (_, text) => {
    expect(parsePath(text)).toBe(text);
  });

  it.each([
    ["nothing", ""],
    ["a relative path", "a/b"],
    ["a trailing slash", "/a/"],
    ["an empty name", "/a//b"],
    ["two slashes", "//"],
    ["a dot", "/a/./b"],
    ["two dots", "/a/.."],
    ["a line feed", "/a\nb"],
    ["a null byte", "/a\0"],
    ["delete", "/\u007f"],
    ["half a pair of surrogates", "/\ud83d"],
    ["a name of 256 bytes", `/${"é".repeat(128)}`],
    ["deeper than may be", "/d".repeat(PATH_DEPTH_MAX + 1)],
    ["4097 bytes", `/${"n".repeat(239)}`.repeat(17) + `/${"n".repeat(16)}`],
  ])("refuses %s", (_, text) => {
    expect(() => parsePath(text)).toThrow(invalid);
  });

  it("takes or refuses any text, and what it takes is made of its names again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        try {
          const path = parsePath(`/${text}`);
          expect(joinPath(ROOT_PATH, ...namesOf(path))).toBe(path);
          expect(namesOf(path).map(nameProblem)).toEqual(namesOf(path).map(() => undefined));
        } catch (error) {
          expect(error).toBeInstanceOf(GoliathError);
        }
      }),
    );
  });
});

describe("joinPath", () => {
  it("adds names below a path", () => {
    expect(joinPath(parsePath("/a"), "b", "c")).toBe("/a/b/c");
    expect(joinPath(ROOT_PATH, "b")).toBe("/b");
    expect(joinPath(ROOT_PATH)).toBe(ROOT_PATH);
  });

  it.each([[""], ["b/c"], [".."], ["/"], ["a\nb"]])("refuses %j as a name", (name) => {
    expect(() => joinPath(ROOT_PATH, name)).toThrow(invalid);
    expect(() => joinPath(parsePath("/a"), "b", name)).toThrow(invalid);
  });
});

describe("parts of a path", () => {
  it.each([
    ["/", "/", "", []],
    ["/a", "/", "a", ["a"]],
    ["/a/b", "/a", "b", ["a", "b"]],
  ])("of %s are its parent, name and names", (text, parent, name, names) => {
    const path = parsePath(text);
    expect([parentOf(path), nameOf(path), namesOf(path)]).toEqual([parent, name, names]);
  });

  it.each([
    ["/a/b", "/a", true],
    ["/a", "/a", true],
    ["/ab", "/a", false],
    ["/a", "/a/b", false],
    ["/a", "/", true],
    ["/", "/", true],
    ["/", "/a", false],
  ])("isWithin tells whether %s is %s or below: %s", (path, base, within) => {
    expect(isWithin(parsePath(path), parsePath(base))).toBe(within);
  });
});
