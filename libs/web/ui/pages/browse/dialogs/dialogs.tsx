/** The dialog of an action that asks for something first. */
import { useState } from "react";
import type { EntryView } from "../../../api/methods.ts";
import { plural } from "../../../parts/byte-text.ts";
import { ConfirmDialog } from "../../../parts/confirm-dialog.tsx";
import { DriveFolderChooser } from "../../../parts/drive-folder-chooser.tsx";
import { joinPath, nameOf, parentOf } from "../../../parts/drive-path.ts";
import { NameDialog } from "../../../parts/name-dialog.tsx";
import { useSession } from "../../../shell/session.ts";
import type { FolderAction } from "../actions.ts";
import { MirrorDialog } from "./mirror-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";
import { StopMirrorDialog } from "./stop-mirror-dialog.tsx";

export interface DialogsProps {
  action: FolderAction;
  /** The folder that is shown, and what is chosen in it. */
  path: string;
  chosen: readonly EntryView[];
  onClose(): void;
}

export default function Dialogs({ action, path, chosen, onClose }: DialogsProps) {
  const [only] = chosen;
  const target = only ? joinPath(path, only.name) : path;
  switch (action) {
    case "new-folder":
      return <NewFolder path={path} onClose={onClose} />;
    case "rename":
      return <Rename path={target} onClose={onClose} />;
    case "move":
      return <Move paths={chosen.map(({ name }) => joinPath(path, name))} onClose={onClose} />;
    case "delete":
      return <Delete path={path} chosen={chosen} onClose={onClose} />;
    case "mirror":
      return <MirrorDialog path={target} onClose={onClose} />;
    case "stop-mirror":
      return <StopMirrorDialog path={target} onClose={onClose} />;
    case "share":
      return <ShareDialog path={path} onClose={onClose} />;
    default:
      return null;
  }
}

function NewFolder({ path, onClose }: { path: string; onClose(): void }) {
  const { changes } = useSession();
  return (
    <NameDialog
      title="New folder"
      label="Its name"
      action="Make it"
      onName={(name) => changes.newFolder(joinPath(path, name))}
      onClose={onClose}
    />
  );
}

function Rename({ path, onClose }: { path: string; onClose(): void }) {
  const { changes } = useSession();
  return (
    <NameDialog
      title="Rename"
      label="New name"
      action="Rename"
      name={nameOf(path)}
      onName={(name) => changes.rename(path, name)}
      onClose={onClose}
    />
  );
}

function Move({ paths, onClose }: { paths: string[]; onClose(): void }) {
  const { changes } = useSession();
  const [folder, setFolder] = useState(() => parentOf(paths[0] ?? "/"));
  return (
    <ConfirmDialog
      title={`Move ${paths.length === 1 ? `“${nameOf(paths[0] ?? "")}”` : `${paths.length} entries`}`}
      confirm={`Move to ${nameOf(folder) || "Drive"}`}
      onConfirm={() => changes.move(paths, folder)}
      onClose={onClose}
    >
      <DriveFolderChooser path={folder} onChoose={setFolder} />
    </ConfirmDialog>
  );
}

function Delete({ path, chosen, onClose }: Omit<DialogsProps, "action">) {
  const { changes } = useSession();
  const files = chosen.reduce((sum, { files: below }) => sum + (below ?? 0), 0);
  const what =
    chosen.length === 1 ? `“${chosen[0]?.name}”` : plural(chosen.length, "entry", "entries");
  return (
    <ConfirmDialog
      title={`Delete ${what}?`}
      confirm="Delete"
      danger
      onConfirm={() => changes.remove(chosen.map(({ name }) => joinPath(path, name)))}
      onClose={onClose}
    >
      {files > 0 && <p>With {plural(files, "file")} in it. </p>}
      It goes away for everybody. You can undo this, and bring it back from the history for as long
      as old versions are kept.
    </ConfirmDialog>
  );
}
