/** What somebody typed, as words to look for. */
import type { Entry } from "@goliath/protocols/nouns";
import { SEARCH_TEXT_BYTES_MAX } from "@goliath/protocols/index/service";
import { GoliathError } from "@goliath/protocols/nouns";
import { foldText, type FoldedName } from "./fold-name.ts";

/** Words of one text: each costs a look at each name. */
const WORDS_MAX = 32;
/** Shorter words match where a word begins only, in code points: three make a trigram. */
export const ANYWHERE_MIN = 3;

export interface SearchQuery {
  /** Folded; each must match the name. Without any nothing is found. */
  words: string[];
  /** The whole text, folded: the name that is it comes first. */
  whole: string;
  /** Folded texts ending in `/`, each of which must occur in the path of the directory. */
  within: string[];
  kind: Entry["kind"] | undefined;
}

/** How well a name matches: the lower the better. */
export type Tier = 0 | 1 | 2 | 3;
/** The name is the text. */
export const EXACT: Tier = 0;
/** All words begin words of the name, and one begins the name. */
export const BEGINS_NAME: Tier = 1;
/** All words begin words of the name. */
export const BEGINS_WORDS: Tier = 2;
export const ANYWHERE: Tier = 3;

/** Throws `bad-request` for a text that is too long, or of too many words. */
export function parseQuery(text: string, kind: Entry["kind"] | undefined): SearchQuery {
  if (Buffer.byteLength(text) > SEARCH_TEXT_BYTES_MAX)
    throw new GoliathError("bad-request", `a text of more than ${SEARCH_TEXT_BYTES_MAX} bytes`);
  const parts = foldText(text)
    .split(/\s+/u)
    .filter((part) => part !== "");
  if (parts.length > WORDS_MAX)
    throw new GoliathError("bad-request", `a text of more than ${WORDS_MAX} words`);
  const within: string[] = [];
  const words: string[] = [];
  for (const part of parts) {
    const slash = part.lastIndexOf("/") + 1;
    if (slash > 0) within.push(part.slice(0, slash));
    if (slash < part.length) words.push(part.slice(slash));
  }
  const query: SearchQuery = { words, whole: words.join(" "), within, kind };
  return words.length > 0 || kind === "file" ? query : namedDirectory(query);
}

/** `data/hg38/` alone: the directories that are called so. */
function namedDirectory(query: SearchQuery): SearchQuery {
  const last = query.within.pop()?.slice(0, -1);
  if (last === undefined) return query;
  const slash = last.lastIndexOf("/") + 1;
  const word = last.slice(slash);
  if (word === "") return query;
  if (slash > 0) query.within.push(last.slice(0, slash));
  return { ...query, words: [word], whole: word, kind: "dir" };
}

/** Undefined where a word does not match. Directories are not looked at. */
export function tierOf({ words, whole }: SearchQuery, name: FoldedName): Tier | undefined {
  let beginsName = false;
  let beginWords = true;
  for (const word of words) {
    if (name.text.startsWith(word)) beginsName = true;
    else if (!beginsAnyWord(word, name)) {
      if (isShort(word) || !name.text.includes(word)) return undefined;
      beginWords = false;
    }
  }
  if (name.text === whole) return EXACT;
  if (!beginWords) return ANYWHERE;
  return beginsName ? BEGINS_NAME : BEGINS_WORDS;
}

function beginsAnyWord(word: string, { text, starts }: FoldedName): boolean {
  return starts.some((start) => text.startsWith(word, start));
}

function isShort(word: string): boolean {
  return word.length < ANYWHERE_MIN || [...word].length < ANYWHERE_MIN;
}
