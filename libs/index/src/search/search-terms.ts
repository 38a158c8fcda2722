/**
 * The terms under which a name is found, and the questions that find them. All characters of a
 * term are beyond ASCII: the tokenizer parts terms at spaces and changes nothing else, and nothing
 * that anybody types can be syntax.
 */
import type { Entry } from "@goliath/protocols/nouns";
import type { FoldedName } from "./fold-name.ts";
import {
  ANYWHERE_MIN,
  BEGINS_NAME,
  BEGINS_WORDS,
  EXACT,
  type SearchQuery,
  type Tier,
} from "./search-query.ts";

/** Code points of ASCII stand this much higher in terms: where no name has any. */
const ABOVE_ASCII = 0xe000;
const ASCII_END = 0x80;
/** Before the first one or two characters of a name, and of a word in it. */
const NAME = "\u{f8f0}";
const WORD = "\u{f8f1}";
/** The term of all directories. */
const DIRECTORY = "\u{f8f2}";
/** Trigrams in one question: each costs a step for each name that is looked at. */
const TRIGRAMS_MAX = 16;

/** In the order of the terms a space apart: what the index of terms is given for a name. */
export function termsOf({ text, starts }: FoldedName, kind: Entry["kind"]): string {
  const { characters, begins } = raised(text);
  const terms = new Set<string>();
  for (let at = 0; at + ANYWHERE_MIN <= characters.length; at++)
    terms.add(trigramAt(characters, at));
  addBeginnings(terms, NAME, characters);
  for (const start of starts) {
    const at = begins ? begins.indexOf(start) : start;
    addBeginnings(terms, WORD, characters.slice(at, at + 2));
  }
  if (kind === "dir") terms.add(DIRECTORY);
  return [...terms].join(" ");
}

/** All names that match are among those that have these terms; undefined: none match. */
export function anyTier({ words, kind }: SearchQuery): string | undefined {
  if (words.length === 0) return undefined;
  const share = Math.max(1, Math.floor(TRIGRAMS_MAX / words.length));
  return ofKind(
    words.flatMap((word) => anywhere(word, share)),
    kind,
  );
}

/** The same for the names of one tier, few others among them. */
export function ofTier(query: SearchQuery, tier: Tier): string | undefined {
  const { words, whole, kind } = query;
  if (words.length === 0) return undefined;
  const share = Math.max(1, Math.floor(TRIGRAMS_MAX / words.length));
  if (tier === EXACT)
    return ofKind([beginning(NAME, whole), ...anywhere(whole, TRIGRAMS_MAX)], kind);
  if (tier !== BEGINS_NAME && tier !== BEGINS_WORDS) return anyTier(query);
  const terms = words.flatMap((word) => [beginning(WORD, word), ...anywhere(word, share)]);
  if (tier === BEGINS_NAME) {
    terms.push(`(${words.map((word) => beginning(NAME, word)).join(" OR ")})`);
  }
  return ofKind(terms, kind);
}

function ofKind(terms: string[], kind: Entry["kind"] | undefined): string {
  const all = [...new Set(terms)].join(" AND ");
  if (kind === "dir") return `${all} AND "${DIRECTORY}"`;
  return kind === "file" ? `(${all}) NOT "${DIRECTORY}"` : all;
}

/** The terms of a word that may stand anywhere, or where a word begins where it is short. */
function anywhere(word: string, termsMax: number): string[] {
  const { characters } = raised(word);
  const count = characters.length - ANYWHERE_MIN + 1;
  if (count < 1) return [beginning(WORD, word)];
  const step = Math.max(1, count / termsMax);
  const terms: string[] = [];
  for (let at = 0; at < count; at += step) terms.push(`"${trigramAt(characters, Math.floor(at))}"`);
  return terms;
}

function beginning(mark: string, word: string): string {
  return `"${mark}${raised(word).characters.slice(0, 2).join("")}"`;
}

function addBeginnings(terms: Set<string>, mark: string, characters: string[]): void {
  const [first, second] = characters;
  if (first === undefined) return;
  terms.add(mark + first);
  if (second !== undefined) terms.add(mark + first + second);
}

function trigramAt(characters: string[], at: number): string {
  return `${characters[at]}${characters[at + 1]}${characters[at + 2]}`;
}

/** The code points, raised; and where each began, where that is not its number. */
function raised(text: string): { characters: string[]; begins: number[] | undefined } {
  const characters: string[] = [];
  const begins: number[] = [];
  let at = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    characters.push(code < ASCII_END ? (ASCII[code] as string) : character);
    begins.push(at);
    at += character.length;
  }
  return { characters, begins: at === characters.length ? undefined : begins };
}

const ASCII = Array.from({ length: ASCII_END }, (_, code) =>
  String.fromCharCode(ABOVE_ASCII + code),
);
