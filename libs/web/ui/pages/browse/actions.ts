/** What can be done with what is chosen, and why it cannot where it cannot. */
import type { EntryView } from "../../api/methods.ts";

export type FolderAction =
  | "open"
  | "download"
  | "rename"
  | "move"
  | "delete"
  | "mirror"
  | "stop-mirror"
  | "share"
  | "new-folder"
  | "upload"
  | "details";

export interface ActionsInit {
  chosen: readonly EntryView[];
  /** The past can be read, not changed. */
  at: number | undefined;
  canWrite: boolean;
  connected: boolean;
  /** Whether the chosen folder, or this one, is mirrored by itself. */
  mirrored: boolean;
}

export function actionsFor({
  chosen,
  at,
  canWrite,
  connected,
  mirrored,
}: ActionsInit): ReadonlySet<FolderAction> {
  const [only] = chosen;
  const one = chosen.length === 1 ? only : undefined;
  const changes = canWrite && connected && at === undefined;
  const mirrors = at === undefined && chosen.length <= 1 && (one?.kind ?? "dir") === "dir";
  const possible: Record<FolderAction, boolean> = {
    open: one !== undefined,
    download: chosen.length > 0 && chosen.every(({ kind }) => kind === "file"),
    rename: changes && one !== undefined,
    move: changes && chosen.length > 0,
    delete: changes && chosen.length > 0,
    mirror: mirrors && connected && !mirrored,
    "stop-mirror": mirrors && mirrored,
    share: changes && chosen.length === 0,
    "new-folder": changes,
    upload: changes,
    details: true,
  };
  return new Set((Object.keys(possible) as FolderAction[]).filter((action) => possible[action]));
}
