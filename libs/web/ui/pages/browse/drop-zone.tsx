/** Takes files and folders that are dropped on the folder. */
import { useRef, useState, type DragEvent, type ReactNode } from "react";
import { UploadIcon } from "@primer/octicons-react";
import { nameOf } from "../../parts/drive-path.ts";
import { useSession } from "../../shell/session.ts";
import { droppedFiles } from "../../uploads/dropped-files.ts";
import classes from "./browse.module.css";

export interface DropZoneProps {
  path: string;
  enabled: boolean;
  children: ReactNode;
}

export function DropZone({ path, enabled, children }: DropZoneProps) {
  const { uploads, notices } = useSession();
  // Entering a child leaves the parent: only the count tells when the pointer is really out.
  const depth = useRef(0);
  const [over, setOver] = useState(false);
  const enter = (event: DragEvent, step: number): void => {
    if (!event.dataTransfer.types.includes("Files")) return;
    depth.current += step;
    setOver(enabled && depth.current > 0);
  };
  const drop = async (event: DragEvent): Promise<void> => {
    event.preventDefault();
    depth.current = 0;
    setOver(false);
    if (!enabled) return;
    try {
      uploads.add(path, await droppedFiles(event.dataTransfer));
    } catch (thrown) {
      notices.failed("That could not be read.", thrown);
    }
  };
  return (
    <div
      className={classes["drop"]}
      onDragEnter={(event) => enter(event, 1)}
      onDragLeave={(event) => enter(event, -1)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => void drop(event)}
    >
      {children}
      {over && (
        <div className={classes["dropHint"]}>
          <UploadIcon size={24} />
          <span>
            Drop to upload to <b>{nameOf(path) || "the drive"}</b>
          </span>
        </div>
      )}
    </div>
  );
}
