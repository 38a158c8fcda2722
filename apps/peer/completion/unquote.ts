/** What a shell word means: bash hands words to completion as they are typed, quotes and all. */
export function unquote(word: string): string {
  let meaning = "";
  let quote = "";
  for (let at = 0; at < word.length; at++) {
    const letter = word[at] ?? "";
    if (letter === "\\" && quote !== "'") meaning += word[++at] ?? "";
    else if (letter === quote) quote = "";
    else if (quote === "" && (letter === "'" || letter === '"')) quote = letter;
    else meaning += letter;
  }
  return meaning;
}
