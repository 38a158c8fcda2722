/** Names as they are compared: without case and accents; and where words begin in them. */

export interface FoldedName {
  text: string;
  /** Where words begin in `text`, in order; the first is 0. */
  starts: number[];
}

/** What a character is to its neighbours. */
const OTHER = 0;
const SMALL = 1;
const CAPITAL = 2;
const DIGIT = 3;
/** A word by itself: scripts without spaces. */
const WORD = 4;

const ASCII_END = 0x80;
/** Combining diacritical marks: what NFD parts from Latin, Greek and Cyrillic letters. */
const MARKS_BEGIN = 0x300;
const MARKS_END = 0x370;
const ALL_ASCII = /^[\0-\u007f]*$/u;
const CAPITALS = /[\p{Lu}\p{Lt}]/u;
const LETTERS = /\p{L}/u;
const DIGITS = /\p{N}/u;
const WORDS = /[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}]/u;

const ASCII_KINDS = Uint8Array.from({ length: ASCII_END }, (_, code) =>
  kindOf(String.fromCharCode(code)),
);

export function foldName(name: string): FoldedName {
  return ALL_ASCII.test(name) ? foldAscii(name) : foldUnicode(name);
}

/** Only the text, where words do not matter. */
export function foldText(text: string): string {
  return foldName(text).text;
}

function foldAscii(name: string): FoldedName {
  const starts = name === "" ? [] : [0];
  for (let at = 1, before = ASCII_KINDS[name.charCodeAt(0)] ?? OTHER; at < name.length; at++) {
    const kind = ASCII_KINDS[name.charCodeAt(at)] ?? OTHER;
    if (beginsWord(before, kind)) starts.push(at);
    before = kind;
  }
  return { text: name.toLowerCase(), starts };
}

function foldUnicode(name: string): FoldedName {
  const starts: number[] = [];
  let text = "";
  let before = OTHER;
  for (const character of name.normalize("NFD")) {
    const code = character.codePointAt(0) as number;
    if (code >= MARKS_BEGIN && code < MARKS_END) continue;
    const kind = kindOf(character);
    if (text === "" || beginsWord(before, kind)) starts.push(text.length);
    before = kind;
    // By way of capitals, which makes one of what differs in small letters alone: ß is ss, ς is σ.
    text += character.toUpperCase().toLowerCase();
  }
  return { text, starts };
}

function beginsWord(before: number, kind: number): boolean {
  if (kind === OTHER) return false;
  if (kind === WORD || before === OTHER) return true;
  if (kind === CAPITAL && before === SMALL) return true;
  return (kind === DIGIT) !== (before === DIGIT) || before === WORD;
}

function kindOf(character: string): number {
  if (CAPITALS.test(character)) return CAPITAL;
  if (LETTERS.test(character)) return WORDS.test(character) ? WORD : SMALL;
  return DIGITS.test(character) ? DIGIT : OTHER;
}
