/** Where the words of a search stand in a name. */

export interface NamePart {
  /** Where it begins. */
  from: number;
  part: string;
  matches: boolean;
}

/** The name cut where a word begins or ends, upper and lower case alike. */
export function matchesIn(name: string, text: string): NamePart[] {
  const lower = name.toLowerCase();
  // Some capitals have more letters when they are small: then nothing can be pointed at.
  if (lower.length !== name.length) return [{ from: 0, part: name, matches: false }];
  const marked = new Uint8Array(name.length);
  for (const word of text.toLowerCase().split(/\s+/u).filter(Boolean)) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1))
      marked.fill(1, at, at + word.length);
  }
  const parts: NamePart[] = [];
  for (let from = 0; from < name.length;) {
    let to = from;
    while (to < name.length && marked[to] === marked[from]) to++;
    parts.push({ from, part: name.slice(from, to), matches: marked[from] === 1 });
    from = to;
  }
  return parts;
}
