/** The file that is shown large, and its neighbours in the folder. */
import { useMemo } from "react";
import type { EntryView } from "../../api/methods.ts";
import { addressOf, joinPath } from "../../parts/drive-path.ts";
import { useCall } from "../../parts/use-call.ts";
import { goTo } from "../../shell/location.ts";
import { selectOne, type Selection } from "./selection.ts";
import type { Folder, FolderPlace } from "./use-folder.ts";

export interface ShownFile {
  path: string;
  at: number | undefined;
  size: number;
  version: number;
  onPrevious: (() => void) | undefined;
  onNext: (() => void) | undefined;
}

export interface UseShownFileInit {
  folder: Folder;
  place: FolderPlace;
  /** Its name. */
  open: string | undefined;
  onShow(selection: Selection): void;
}

export function useShownFile({
  folder,
  place,
  open,
  onShow,
}: UseShownFileInit): ShownFile | undefined {
  const { path, at } = place;
  const row = open === undefined ? undefined : folder.rowOf(open);
  const held = row === undefined ? undefined : folder.entryAt(row);
  // In a folder of any size it may be a row that was never read.
  const asked = useCall(
    "resolve",
    { path: joinPath(path, open ?? ""), ...(at !== undefined && { at }) },
    { skip: open === undefined || held !== undefined },
  );
  return useMemo(() => {
    const entry = held ?? (asked.state === "done" ? asked.result.entry : undefined);
    if (open === undefined || entry?.kind !== "file") return undefined;
    const show = (to: number, { name }: EntryView): void => {
      onShow(selectOne(to, name));
      goTo(addressOf(path, { at, open: name }), { replace: true });
    };
    const step = (by: 1 | -1): (() => void) | undefined => {
      const found = row === undefined ? undefined : neighbour(folder, row, by);
      return found && (() => show(found.row, found.entry));
    };
    const { size = 0, revision: version } = entry;
    const file = { path: joinPath(path, open), at, size, version };
    return { ...file, onPrevious: step(-1), onNext: step(1) };
  }, [held, asked, open, row, folder, path, at, onShow]);
}

/** The next file that is held, over folders that lie between. */
function neighbour(
  folder: Folder,
  row: number,
  by: 1 | -1,
): { row: number; entry: EntryView } | undefined {
  for (let at = row + by; at >= 0 && at < folder.rows; at += by) {
    const entry = folder.entryAt(at);
    if (!entry) return undefined;
    if (entry.kind === "file") return { row: at, entry };
  }
  return undefined;
}
