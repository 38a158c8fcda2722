/** What a folder shows when there are no rows to show: loading, nothing there, failed. */
import type { ReactNode } from "react";
import { Button } from "@mantine/core";
import { sentenceOf } from "../../api/api-error.ts";
import { parentOf } from "../../parts/drive-path.ts";
import { State } from "../../parts/state.tsx";
import { addressOf } from "../../parts/drive-path.ts";
import { Link } from "../../shell/link.tsx";
import type { FolderAction } from "./actions.ts";
import type { Folder } from "./use-folder.ts";

export interface FolderStateProps {
  folder: Folder;
  path: string;
  canWrite: boolean;
  onAction(action: FolderAction): void;
  children: ReactNode;
}

export function FolderState({ folder, path, canWrite, onAction, children }: FolderStateProps) {
  const { listing } = folder;
  if (listing.state === "failed") return <Failed folder={folder} path={path} />;
  if (listing.complete && folder.rows === 0)
    return (
      <State
        kind="empty"
        title={path === "/" ? "The drive is empty" : "This folder is empty"}
        text={
          canWrite
            ? "Drop files or folders here to upload them, or share a folder of this machine."
            : "Nothing was put here yet."
        }
      >
        {canWrite && (
          <>
            <Button variant="default" onClick={() => onAction("new-folder")}>
              New folder
            </Button>
            <Button variant="default" onClick={() => onAction("share")}>
              Share a folder…
            </Button>
          </>
        )}
      </State>
    );
  return children;
}

function Failed({ folder: { listing }, path }: { folder: Folder; path: string }) {
  const again = (
    <Button variant="default" onClick={() => listing.refresh()}>
      Try again
    </Button>
  );
  const code = listing.error?.code;
  if (code === "not-found" || code === "not-a-directory")
    return (
      <State
        kind="nothing-found"
        title="There is no such folder"
        text="It may have been moved, renamed or deleted."
      >
        <Link href={addressOf(parentOf(path))}>Go one folder up</Link>
      </State>
    );
  if (code === "unavailable" || code === "daemon-gone" || code === "timeout")
    return (
      <State
        kind="offline"
        title="This folder cannot be shown now"
        text={sentenceOf(listing.error)}
      >
        {again}
      </State>
    );
  return (
    <State kind="error" title="This folder could not be read" text={sentenceOf(listing.error)}>
      {again}
    </State>
  );
}
