/** Longest name of a machine that is kept and shown, in characters. */
export const DISPLAY_NAME_CHARACTERS_MAX = 64;

/** Control, format (text direction among them), private and unassigned characters. */
const UNSHOWABLE = /\p{C}+/gu;

/** A name a peer gave itself, made safe to show: one line, bounded, nothing that hides. */
export function displayName(name: string): string {
  // Cut before matching: what comes from outside may be long.
  const shown = name
    .slice(0, 4 * DISPLAY_NAME_CHARACTERS_MAX)
    .toWellFormed()
    .replace(UNSHOWABLE, " ")
    .replace(/\s+/gu, " ")
    .trim();
  return [...shown].slice(0, DISPLAY_NAME_CHARACTERS_MAX).join("");
}
