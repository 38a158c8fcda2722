import { describe, expect, it } from "vitest";
import { foldName, foldText } from "./fold-name.ts";
import { parseQuery, tierOf } from "./search-query.ts";

/** The words of a name, as a search sees them. */
function wordsOf(name: string): string[] {
  const { text, starts } = foldName(name);
  return starts.map((start, index) => text.slice(start, starts[index + 1]));
}

describe("foldName", () => {
  it.each([
    ["README.TXT", "readme.txt"],
    ["Größe", "grosse"],
    ["GRÖSSE", "grosse"],
    ["e\u0301te\u0301", "ete"],
    ["ΛΌΓΟΣ λόγος", "λογοσ λογοσ"],
    ["İstanbul ıspanak", "istanbul ispanak"],
    ["Ёлка", "елка"],
    ["\u{1f600}.png", "\u{1f600}.png"],
    ["हिन्दी", "हिन्दी"],
  ])("makes of %s %s", (name, folded) => expect(foldText(name)).toBe(folded));

  it.each([
    ["annual_report-2024.pdf", ["annual_", "report-", "2024.", "pdf"]],
    ["myFileName", ["my", "file", "name"]],
    ["HTTPServer", ["httpserver"]],
    ["IMG2024a", ["img", "2024", "a"]],
    [".gitignore", [".", "gitignore"]],
    ["Été à Nice", ["ete ", "a ", "nice"]],
    ["東京タワーtower", ["東", "京", "タ", "ワ", "ー", "tower"]],
    ["\u{1f600}a\u{20000}b", ["\u{1f600}", "a", "\u{20000}", "b"]],
    ["", []],
  ])("parts %s into words", (name, words) => expect(wordsOf(name)).toEqual(words));
});

describe("tierOf", () => {
  it.each([
    ["readme", "README", 0],
    ["a b", "A b", 0],
    ["read", "readme", 1],
    ["me read", "read me", 1],
    ["me", "read me", 2],
    ["東京", "新東京", 2],
    ["eadm", "readme", 3],
    ["ea", "readme", undefined],
    ["x", "readme", undefined],
    ["read x", "readme", undefined],
  ])("of %s in %s is %s", (text, name, tier) =>
    expect(tierOf(parseQuery(text, undefined), foldName(name))).toBe(tier),
  );
});
