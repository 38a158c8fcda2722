/**
 * Text of others (names, messages) made safe to print: a file name may carry codes that repaint a
 * terminal or turn the direction of its letters.
 */

/** C0 and C1 controls, DEL, and the marks that override the direction of text. */
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu;

export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, "0")}`;
  });
}
