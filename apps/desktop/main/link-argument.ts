/** `goliath:` links among the words that the system starts the app with. */
const SCHEME = "goliath:";
/** Far beyond what an invite takes: whoever wrote it may be anybody. */
const LINK_CHARACTERS_MAX = 4096;

/** The first link; undefined when there is none that could be one. */
export function linkAmong(words: readonly string[]): string | undefined {
  return words.find((word) => word.startsWith(SCHEME) && word.length <= LINK_CHARACTERS_MAX);
}

export { SCHEME };
