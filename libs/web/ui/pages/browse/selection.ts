/** Which entries are chosen, and where the keyboard is: by name, so that new rows move nothing. */

/** Each chosen entry is a call and a revision of its own when something is done with it. */
export const SELECTED_MAX = 1_000;

export interface Selection {
  names: ReadonlySet<string>;
  /** The row the keyboard is at; -1 before it was used. */
  focus: number;
  /** Where a range begins. */
  anchor: number;
}

export const NOTHING_SELECTED: Selection = { names: new Set(), focus: -1, anchor: -1 };

/** The names of rows `from` to `to`, both included, as far as they are known. */
export type NamesOf = (from: number, to: number) => string[];

/** One entry alone. */
export function selectOne(row: number, name: string): Selection {
  return { names: new Set([name]), focus: row, anchor: row };
}

/** One more, or one less. */
export function toggle({ names }: Selection, row: number, name: string): Selection {
  const others = new Set(names);
  if (!others.delete(name) && others.size < SELECTED_MAX) others.add(name);
  return { names: others, focus: row, anchor: row };
}

/** From the anchor to this row; what lies beyond the bound stays out. */
export function extendTo({ anchor, focus }: Selection, row: number, namesOf: NamesOf): Selection {
  const start = anchor >= 0 ? anchor : Math.max(0, focus);
  const [from, to] = row < start ? [row, start] : [start, row];
  const reach = SELECTED_MAX - 1;
  const names =
    row < start
      ? namesOf(Math.max(from, to - reach), to)
      : namesOf(from, Math.min(to, from + reach));
  return { names: new Set(names), focus: row, anchor: start };
}

export function selectAll(selection: Selection, rows: number, namesOf: NamesOf): Selection {
  const names = new Set(namesOf(0, Math.min(rows, SELECTED_MAX) - 1));
  return { ...selection, names, anchor: 0 };
}

/** Without what is no longer there. */
export function retain(selection: Selection, isThere: (name: string) => boolean): Selection {
  const left = [...selection.names].filter(isThere);
  return left.length === selection.names.size ? selection : { ...selection, names: new Set(left) };
}
