/** What is chosen in a folder, kept in step with what is there. */
import { useMemo, useState } from "react";
import type { EntryView } from "../../api/methods.ts";
import { NOTHING_SELECTED, retain, type Selection } from "./selection.ts";
import type { Folder } from "./use-folder.ts";

export interface SelectionView {
  selection: Selection;
  setSelection(selection: Selection): void;
  /** The chosen entries, as far as they are held. */
  chosen: readonly EntryView[];
}

export function useSelection(folder: Folder): SelectionView {
  const [selection, setSelection] = useState(NOTHING_SELECTED);
  const kept = useMemo(() => {
    // What is gone cannot stay chosen; what is merely not held now is taken to be there.
    if (!folder.listing.whole()) return selection;
    const there = retain(selection, (name) => folder.rowOf(name) !== undefined);
    return there.focus < folder.rows ? there : { ...there, focus: folder.rows - 1 };
  }, [selection, folder]);
  const chosen = useMemo(
    () =>
      [...kept.names]
        .map((name) => folder.rowOf(name))
        .filter((row) => row !== undefined)
        .toSorted((a, b) => a - b)
        .map((row) => folder.entryAt(row))
        .filter((entry) => entry !== undefined),
    [kept, folder],
  );
  return { selection: kept, setSelection, chosen };
}
