/** Labels of keepers, as their operators give them and policies ask for them: `region=eu`. */
import { GoliathError } from "./error.ts";

/** Labels of one keeper, and of one list of a policy. */
export const LABELS_MAX = 16;
/** Characters of one label. */
export const LABEL_CHARACTERS_MAX = 64;

/** Throws `bad-request` unless each is `name=value` in printable ASCII without spaces. */
export function parseLabels(labels: readonly string[]): string[] {
  if (labels.length > LABELS_MAX) {
    throw new GoliathError("bad-request", `more than ${LABELS_MAX} labels`);
  }
  return labels.map(parseLabel);
}

function parseLabel(label: string): string {
  const fits = label.length <= LABEL_CHARACTERS_MAX;
  if (fits && /^[\x21-\x3c\x3e-\x7e]+=[\x21-\x7e]+$/.test(label)) return label;
  throw new GoliathError("bad-request", "a label is name=value, of at most 64 characters");
}
