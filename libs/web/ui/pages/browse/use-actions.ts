/** What can be done now, and doing it. */
import { useCallback, useState } from "react";
import type { EntryView } from "../../api/methods.ts";
import { download } from "../../parts/download.ts";
import { addressOf, joinPath, parentOf } from "../../parts/drive-path.ts";
import { goTo } from "../../shell/location.ts";
import { useSession, useWatchedPart } from "../../shell/session.ts";
import { actionsFor, type FolderAction } from "./actions.ts";
import type { FolderPlace } from "./use-folder.ts";

export interface UseActionsInit {
  place: FolderPlace;
  chosen: readonly EntryView[];
  onDetails(): void;
}

export interface ActionsView {
  actions: ReadonlySet<FolderAction>;
  /** The action that asks for something first. */
  dialog: FolderAction | undefined;
  closeDialog(): void;
  run(action: FolderAction): void;
  key(key: string): void;
  openEntry(entry: EntryView): void;
}

export function useActions({ place, chosen, onDetails }: UseActionsInit): ActionsView {
  const { path, at } = place;
  const session = useSession();
  const [dialog, setDialog] = useState<FolderAction>();
  const actions = usePossible({ place, chosen });
  const openEntry = useCallback(
    ({ name, kind }: EntryView) =>
      goTo(
        kind === "dir"
          ? addressOf(joinPath(path, name), { at })
          : addressOf(path, { at, open: name }),
      ),
    [path, at],
  );
  const run = (action: FolderAction): void => {
    const [entry] = chosen;
    if (action === "details") onDetails();
    else if (action === "open" && entry) openEntry(entry);
    else if (action === "download")
      void download(
        session,
        chosen.map(({ name }) => ({ path: joinPath(path, name), at })),
      );
    else setDialog(action);
  };
  const key = (pressed: string): void => {
    if (pressed === "Backspace" && path !== "/") goTo(addressOf(parentOf(path), { at }));
    else if (pressed === "F2" && actions.has("rename")) run("rename");
    else if (pressed === "Delete" && actions.has("delete")) run("delete");
    else if (pressed === "Undo") void undo(session);
  };
  return { actions, dialog, closeDialog: () => setDialog(undefined), run, key, openEntry };
}

function usePossible({
  place,
  chosen,
}: Omit<UseActionsInit, "onDetails">): ReadonlySet<FolderAction> {
  const [only] = chosen;
  const target = only ? joinPath(place.path, only.name) : place.path;
  const role = useWatchedPart(({ status }) => status?.role);
  const connected = useWatchedPart(
    ({ phase, status }) => phase === "live" && status?.index.connected,
  );
  const mirrored = useWatchedPart(({ status }) =>
    status?.mirrors.some(({ path }) => path === target),
  );
  return actionsFor({
    chosen,
    at: place.at,
    canWrite: role !== undefined && role !== "reader",
    connected: connected === true,
    mirrored: mirrored === true,
  });
}

async function undo({ changes, notices }: ReturnType<typeof useSession>): Promise<void> {
  try {
    if (await changes.undoLast()) notices.done("Undone.");
  } catch (thrown) {
    notices.failed("It could not be undone.", thrown);
  }
}
