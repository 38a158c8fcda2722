/** JSON that may be shown on a terminal. */

/** DEL, C1 controls, and the marks that override the direction of text: JSON leaves them as they are. */
const UNSAFE = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * As `JSON.stringify`, in ASCII where a terminal would obey a character instead of showing it: the
 * names of others are in it. It means the same to whoever parses it.
 */
export function plainJson(
  value: unknown,
  replacer?: (key: string, value: unknown) => unknown,
): string {
  return JSON.stringify(value, replacer).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
